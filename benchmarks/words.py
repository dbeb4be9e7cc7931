"""Evidence as an inspector might write it: made word by word by seeded chance, so that no two texts are alike."""

import tomllib
from pathlib import Path
from random import Random

USUAL_LENGTH = 210
WORDS = {kind: text.split() for kind, text in tomllib.loads(Path(__file__).with_suffix(".toml").read_text()).items()}


def evidence(chance: Random) -> str:
    """One to four sentences, of about the usual length."""
    wanted = USUAL_LENGTH + chance.randint(-120, 90)
    text = sentence(chance)
    for _ in range(3):
        if len(text) < wanted:
            text = f"{text} {sentence(chance)}"
    return text


def sentence(chance: Random) -> str:
    said = clause(chance)
    return f"{said[0].upper()}{said[1:]}."


def clause(chance: Random) -> str:
    said = f"{phrase(chance, 'people')} {word(chance, 'deeds')} {phrase(chance, 'things')}"
    if chance.random() < 0.6:
        said = f"{said} {word(chance, 'links')} {phrase(chance, 'things')}"
    if chance.random() < 0.35:
        said = f"{said} {word(chance, 'ways')}"
    if chance.random() < 0.4:
        said = f"{said} {source(chance)}"
    if chance.random() < 0.3:
        said = f"{said}, and {word(chance, 'deeds')} {phrase(chance, 'things')}"
    if chance.random() < 0.35:
        said = f"{chance.choice(['by', 'since', 'before', 'after'])} {word(chance, 'whens')}, {said}"
    return said


def source(chance: Random) -> str:
    """Inspectors say where in the record they found it."""
    number, month = chance.randint(2, 980), word(chance, "months")
    return chance.choice([f"on {number % 28 + 1} {month}", f"(entry {number})", f"(page {number % 89 + 1}, {month})"])


def phrase(chance: Random, nouns: str) -> str:
    kind = f"{word(chance, 'kinds')} " if chance.random() < 0.5 else ""
    return f"{word(chance, 'whose')} {kind}{word(chance, nouns)}"


def word(chance: Random, kind: str) -> str:
    return chance.choice(WORDS[kind])
