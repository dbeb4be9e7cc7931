"""What each of two texts added, word by word: on the server, in the browser, and for texts of any length."""

import json
import subprocess
from random import Random
from time import process_time

import pytest

from cases.rules.answers import EVIDENCE_LIMIT
from cases.rules.marks import LONG, MOST_STEPS, added, sides
from config.local.frontend import node_and_npm
from config.local.places import ROOT

WORDS = ["a", "b", "c", "d", "e", "Ŵy", "👶", "no\u00a0break", "\u202eback", "<b>"]


def marked(base: str, text: str) -> str:
    return "".join(f"[{run.text}]" if run.added else run.text for run in added(base, text))


@pytest.mark.parametrize(
    ("base", "text", "expected"),
    [
        ("Seen on Monday.", "Seen on Monday.", "Seen on Monday."),
        ("Seen on Monday.", "Not seen on Monday.", "[Not seen] on Monday."),
        ("Seen on Monday.", "Seen again on Monday. Well.", "Seen[ again] on Monday.[ Well.]"),
        ("Seen on Monday.", "on Monday.", "on Monday."),
        ("one two three four", "one 2 three 4", "one[ 2] three[ 4]"),
        ("one two", "one\n\n two", "one\n\n two"),
        ("one", "one \n", "one \n"),
        ("", "one two", "[one two]"),
        ("one two", "", ""),
        ("", "", ""),
        (" ", "\n", "\n"),
    ],
)
def test_what_was_added_is_marked_and_nothing_else(base, text, expected):
    assert marked(base, text) == expected


def random_text(random: Random, words: int) -> str:
    return "".join(random.choice([" ", "\n", "  \t", ""]) + random.choice(WORDS) for _ in range(words))


def long_text(random: Random) -> list[str]:
    return [f"{random.choice(WORDS)}{random.randrange(1000)}" for _ in range(15_000)]


def pairs() -> list[tuple[str, str]]:
    random = Random(7)
    found = [(random_text(random, random.randrange(30)), random_text(random, random.randrange(30))) for _ in range(300)]
    one, other = long_text(random), long_text(random)
    edited = [word if number % 200 else "changed here" for number, word in enumerate(one)]
    return [*found, ("", ""), (" ", "\n "), (" ".join(one), " ".join(other)), (" ".join(one), " ".join(edited))]


def test_the_browser_marks_the_same():
    script = (
        "import { added } from './static/js/case_read/marks.js'; import { readFileSync } from 'node:fs';"
        "const pairs = JSON.parse(readFileSync(0));"
        "console.log(JSON.stringify(pairs.map(([a, b]) => added(a, b).map((run) => [run.added, run.text]))));"
    )
    run = subprocess.run(
        [node_and_npm()[0], "--input-type=module", "-e", script],
        input=json.dumps(pairs()),
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    assert json.loads(run.stdout) == [[list(run) for run in added(base, text)] for base, text in pairs()]


def test_no_character_is_lost():
    assert ["".join(run.text for run in added(base, text)) for base, text in pairs()] == [text for _, text in pairs()]


def test_what_differs_too_much_is_marked_between_where_both_begin_and_end_alike():
    base = " ".join(["start", *(f"x{number}" for number in range(MOST_STEPS)), "end"])
    text = " ".join(["start", *(f"y{number}" for number in range(MOST_STEPS)), "end"])
    assert [run.added for run in added(base, text)] == [False, True, False]


def test_the_longest_evidence_is_compared_at_once():
    random = Random(3)
    base, text = ("".join(random.choice("ab cd") for _ in range(EVIDENCE_LIMIT)) for _ in range(2))
    begun = process_time()
    added(base, text)
    assert process_time() - begun < 2


def test_short_texts_bear_no_marks():
    assert sides("Base", "Mine", "Theirs") == ([(False, "Mine")], [(False, "Theirs")])


def marks(runs) -> list[str]:
    return [run.text for run in runs if run.added]


def test_long_texts_are_compared_with_what_both_began_from():
    base = "word " * LONG
    mine, theirs = sides(base, f"{base}mine", f"{base}theirs")
    assert (marks(mine), marks(theirs)) == ([" mine"], [" theirs"])


def test_without_it_with_each_other():
    mine, theirs = sides("", "word " * LONG + "mine", "word " * LONG)
    assert (marks(mine), marks(theirs)) == ([" mine"], [])
