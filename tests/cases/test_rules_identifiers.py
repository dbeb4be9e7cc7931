"""What is found in texts: how much of what is there, how little of what is not, and in no time."""

import time
from random import Random

import pytest

from cases.rules.identifiers import SENTENCES, Found, Warned, identifiers, warnings
from cases.rules.names import Names, names_of
from tests.cases import narratives

NAMES = names_of(
    ["Siân Mair ap Rhys-Jones", "Grace Okafor", "Mark Young", "May Church", "O'Brien, Declan", "Paris White", ""]
)


def kinds(text: str, names: Names = NAMES) -> list[str]:
    return [found.kind for found in identifiers(text, names)]


def named(text: str) -> list[str]:
    return [text[found.start : found.end] for found in identifiers(text, NAMES) if found.kind == "name"]


def test_figures_on_synthetic_narratives(capsys):
    """At least 98% of patterned identifiers and 80% of names are found; at most 5% of clean texts are warned about."""
    chance = Random(27)
    listed = narratives.people(chance)
    names = names_of(listed)
    recall = {}
    for kind in narratives.MADE:
        texts = list(narratives.seeded(chance, kind, listed, 200))
        recall[kind] = sum(kind in kinds(made.text, names) for made in texts) / len(texts)
    false = sum(bool(kinds(text, names)) for text in narratives.clean(chance, 1000)) / 1000
    with capsys.disabled():
        print("\nfound:", ", ".join(f"{kind} {share:.1%}" for kind, share in recall.items()), f"; false {false:.1%}")
    assert {kind: share for kind, share in recall.items() if share < (0.8 if kind == "name" else 0.98)} == {}
    assert false <= 0.05


def test_each_kind_says_one_sentence_however_often_it_is_there():
    text = "SW1A 1AA, M1 1AE and Grace Okafor; Okafor again"
    assert warnings(text, NAMES) == (
        Warned("name", "This text seems to include a name. Use the case reference instead."),
        Warned("postcode", "This text seems to include a postcode. Leave it out, or say the area in words."),
    )
    assert list(identifiers("at SW1A 1AA", Names())) == [Found("postcode", 3, 11)]
    assert warnings("", NAMES) == ()


def test_there_is_a_sentence_for_every_kind():
    assert set(narratives.MADE) == set(SENTENCES)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("NHS 943 476 5919", ["nhs"]),
        ("NHS 943 476 5918", []),
        ("a case number 9434765919123", []),
        ("PNC 2012/0052494Q", ["pnc"]),
        ("PNC 2012/0052494R", []),
        ("12/52494q", ["pnc"]),
        ("QQ 12 34 56 C", []),
        ("AB123456C", ["ni"]),
        ("e10 2nd floor", []),
        ("mp3 4gb", []),
        ("on 01-02-2027 09:30", []),
        ("between 10 and 20 000 000 000", []),
        ("seen on 3 May 2010", []),
        ("born on the 3rd of May 2010", ["birth"]),
        ("03/05/2010 (dob)", ["birth"]),
        ("03/05/2010 dob", ["birth"]),
        ("born in 2010", []),
        ("a@b", []),
        ("look @ a.b@c.org", ["email"]),
    ],
)
def test_numbers_and_addresses_are_told_from_what_looks_like_them(text, found):
    assert kinds(text, Names()) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I saw Siân today", ["Siân"]),
        ("I saw sian rhys-jones today", ["sian rhys-jones"]),
        ("RHYS-JONES, SIAN", ["RHYS-JONES, SIAN"]),
        ("Miss Jones and Rhys\u2019s mother", ["Jones", "Rhys"]),
        ("Then Grace said no", ["Grace"]),
        ("Grace periods. Mark this. Young people.", []),
        ("Grace's view", ["Grace"]),
        ("In May, at the Crown Court and the Church Lane club", []),
        ("Mr White is white; White British", ["White"]),
        ("declan was there, and O'Brien too", ["O'Brien"]),
        ("Mair is her middle name", ["Mair"]),
        ("grace and mark are words; may young people hope", []),
        ("Nobody who is on the list", []),
        ("", []),
    ],
)
def test_names_are_found_where_they_are_used_as_names(text, found):
    assert named(text) == found


@pytest.mark.parametrize("text", ["a" * 100_000, "A" * 100_000])
def test_a_long_word_takes_no_time(text):
    assert seconds(text) < 0.1


@pytest.mark.parametrize("text", ["1" * 100_000, "a.b-" * 25_000, "0 " * 50_000, "Aé'" * 33_000, "1/" * 50_000])
def test_time_grows_with_the_text_and_no_faster(text):
    assert seconds(text) < 1


def seconds(text: str) -> float:
    started = time.process_time()
    list(identifiers(text, NAMES))
    return time.process_time() - started


def test_names_are_not_in_what_is_printed_of_them():
    assert repr(NAMES) == "Names()"
