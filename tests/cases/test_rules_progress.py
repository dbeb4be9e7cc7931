"""How far a case, a reader, and an inspection have come."""

import pytest

from cases.rules.progress import Progress, by_reader, summary


def row(answered=0, sent=False, reader="Lead", asked=42) -> Progress:
    return Progress("C-01", "child", reader, answered, asked, sent)


@pytest.mark.parametrize(
    ("progress", "state", "percent"),
    [
        (row(), "Not yet started", 0),
        (row(1), "In progress", 2),
        (row(41), "In progress", 97),
        (row(42), "In progress", 100),
        (row(42, sent=True), "Sent", 100),
        (row(0, asked=0), "Not yet started", 0),
    ],
)
def test_state_and_share_of_one_case(progress, state, percent):
    assert (progress.state, progress.percent) == (state, percent)


def test_a_summary_adds_up():
    found = summary("All", [row(), row(7), row(42, sent=True), row(42)])
    assert (found.cases, found.not_started, found.in_progress, found.sent) == (4, 1, 2, 1)
    assert (found.answered, found.asked, found.percent) == (91, 168, 54)
    assert (found.sent_words, found.answered_words) == ("1 of 4 cases sent", "91 of 168 questions answered")


def test_a_summary_of_nothing_is_nothing():
    assert (summary("All", []).cases, summary("All", []).percent) == (0, 0)


def test_readers_come_by_name_and_cases_without_one_first():
    found = by_reader([row(reader="Zoe"), row(7, reader="Ann"), row(reader=""), row(reader="Ann")])
    assert [(each.name, each.cases, each.answered) for each in found] == [("", 1, 0), ("Ann", 2, 7), ("Zoe", 1, 0)]
