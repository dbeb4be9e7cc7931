"""Standards for the run alone: those of the product, with one section that asks sixty questions on one page."""

import re
from collections.abc import Iterator
from pathlib import Path
from random import Random
from string import ascii_lowercase

from benchmarks import words
from standards import loader

KEY = "bench-60"
SECTION = "2.1"
KEY_QUESTIONS, PROMPTS = 6, 9
QUESTIONS = KEY_QUESTIONS * (PROMPTS + 1)
OF = "yj-2024"
REPLACED = re.compile(
    r'(\[\[standards\]\]\ncode = "2\.1".*?)\n\[\[standards\.key_questions\]\].*?(?=\n\[\[standards\]\])', re.S
)


def offer(folder: Path) -> None:
    """From now on the loader of this process reads this folder: the product's standards and these."""
    for path in loader.DATA.glob("*.toml"):
        (folder / path.name).write_bytes(path.read_bytes())
    text = (folder / f"{OF}.toml").read_text().replace(f'\nkey = "{OF}"', f'\nkey = "{KEY}"', 1)
    with_sixty, replaced = REPLACED.subn(lambda found: found[1] + asked(), text)
    if replaced != 1:
        raise AssertionError(f"{OF}.toml has no section {SECTION} to put the questions in.")
    (folder / f"{KEY}.toml").write_text(with_sixty)
    loader.DATA = folder


def asked() -> str:
    """The product's own wording first; it has fewer prompts than these, so the rest is made up."""
    known = [
        (prompt.text, prompt.guidance)
        for standard in loader.load(OF).standards
        for question in standard.key_questions
        for prompt in question.prompts
    ]
    chance = Random(60)  # noqa: S311  nothing secret hangs on it
    wordings = iter(known + [made_up(chance) for _ in range(KEY_QUESTIONS * PROMPTS)])
    return "".join(key_question(number, wordings) for number in range(1, KEY_QUESTIONS + 1))


def made_up(chance: Random) -> tuple[str, str]:
    return f"Was it so that {words.clause(chance)}?", f"Look for {words.phrase(chance, 'things')}."


def key_question(number: int, wordings: Iterator[tuple[str, str]]) -> str:
    prompts = "".join(prompt(number, letter, *next(wordings)) for letter in ascii_lowercase[:PROMPTS])
    return f"""
[[standards.key_questions]]
code = "{SECTION}.{number}"
label = "Part {number} of sixty questions"
text = "Is what part {number} asks about done well enough for this child?"
illustrative = true
case_kind = "child"
answers = ["yes", "no", "na"]
prompts = [
{prompts}]
"""


def prompt(number: int, letter: str, text: str, guidance: str) -> str:
    code = f"{SECTION}.{number}{letter}"
    return f'  {{ code = "{code}", illustrative = true, text = "{text}", guidance = "{guidance}" }},\n'
