"""What a trial is, and what would follow from it."""

from ratings.rules.evidence import CountedAnswer, Evidence, SampledCase
from ratings.rules.what_if import LIMIT, Trial, levels, read_trial, tried_trace
from standards.loader import load

STANDARDS = load("yj-2024")


def evidence(children: int, *answers: tuple[str, str, str]) -> Evidence:
    return Evidence(
        standards=STANDARDS.key,
        standards_hash=STANDARDS.content_hash,
        inspection_type="iyjwcv",
        cases=(
            *(SampledCase(f"C-{n:02d}", "child", True) for n in range(1, children + 1)),
            SampledCase("V-01", "victim", True),
        ),
        answers=tuple(CountedAnswer(case, question, value, 1) for case, question, value in answers),
    )


def test_the_last_word_on_a_place_counts_and_what_is_so_anyway_is_left_out():
    found = read_trial(
        STANDARDS,
        evidence(3, ("C-01", "2.1.1", "yes"), ("C-02", "2.1.1", "no")),
        {"V1.2": "yes"},
        ["2.1.1~C-01~no", "2.1.1~C-01~na", "2.1.1~C-02~no", "2.1.1~C-03~yes", "V1.2~yes", "V1.2~no", "V1~good"],
    )
    assert found == Trial({("2.1.1", "C-01"): "na", ("2.1.1", "C-03"): "yes"}, {"V1.2": "no"})
    assert found.words == ["2.1.1~C-01~na", "2.1.1~C-03~yes", "V1.2~no"]


def test_so_many_answers_are_tried_and_no_more():
    words = [f"2.1.1~C-{n:02d}~yes" for n in range(1, 91)] + [f"2.1.2~C-{n:02d}~yes" for n in range(1, 91)]
    assert read_trial(STANDARDS, evidence(90), {}, words).words == words[:LIMIT]


def test_a_case_that_was_not_answered_becomes_rated():
    found = evidence(1)
    now = tried_trace(STANDARDS, found, {}, Trial())
    tried = tried_trace(STANDARDS, found, {}, Trial({("2.1.1", "C-01"): "yes"}))
    moved = {level.now.code: level for level in levels(STANDARDS, now, tried) if level.changed}
    assert {code: (level.now_words, level.tried_words, level.moved) for code, level in moved.items()} == {
        "2.1.1": ("0 of 0: Not rated", "1 of 1 (100%): Outstanding", "Changed")
    }
