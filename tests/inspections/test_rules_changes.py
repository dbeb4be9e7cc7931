"""What a change of one date brings with it, by the 2024 standards."""

from datetime import date

import pytest

from inspections.holidays import bank_holidays
from inspections.rules import StepDate, Timeline, day_problem, knock_on, may_be_changed, order_problem, timeline
from standards import loader

STANDARDS = loader.load("yj-2024")
TODAY = date(2025, 4, 1)


def steps(start: date, happened: tuple[str, ...] = (), nation: str = "england") -> Timeline:
    holidays = bank_holidays()
    planned = timeline(STANDARDS, inspection_type="iyjwcv", nation=nation, fieldwork_start=start, holidays=holidays)
    found = [StepDate(step.step, step.title, step.date, step.step in happened) for step in planned]
    return Timeline(STANDARDS, "iyjwcv", nation, holidays, found)


# Fieldwork from Monday 24 March 2025: the draft is sent on Monday 28 April, comments are due on Tuesday 6 May (5 May is
# a bank holiday), the report is published on Friday 6 June, its copy goes to the Secretary of State on Friday 30 May.
SPRING = steps(date(2025, 3, 24))


def moved(change: list) -> dict[str, date]:
    return {one.code: one.then for one in change}


def test_the_plan_is_what_the_tables_say():
    dates = {step.code: step.anticipated for step in SPRING.steps}
    assert [dates[code] for code in ("draft_report", "factual_accuracy_due", "sos_copy", "publication")] == [
        date(2025, 4, 28),
        date(2025, 5, 6),
        date(2025, 5, 30),
        date(2025, 6, 6),
    ]


def test_a_later_draft_takes_what_hangs_on_it_and_what_follows_along():
    change = knock_on(SPRING, "draft_report", date(2025, 5, 1))  # three working days later
    assert moved(change) == {
        "factual_accuracy_due": date(2025, 5, 9),
        "sos_copy": date(2025, 6, 4),
        "publication": date(2025, 6, 11),
    }
    assert {one.code: one.by_rule for one in change} == {
        "factual_accuracy_due": True,
        "sos_copy": True,
        "publication": False,
    }


def test_what_is_kept_stays_and_so_does_what_hangs_on_it():
    change = knock_on(SPRING, "draft_report", date(2025, 5, 1), kept={"publication"})
    assert moved(change) == {
        "factual_accuracy_due": date(2025, 5, 9),
        "sos_copy": date(2025, 5, 30),
        "publication": date(2025, 6, 6),
    }
    assert [one.code for one in change if one.is_kept] == ["sos_copy", "publication"]
    assert order_problem(SPRING, "draft_report", date(2025, 5, 1), change) is None


def test_an_earlier_draft_moves_things_back():
    change = knock_on(SPRING, "draft_report", date(2025, 4, 24))
    assert moved(change)["factual_accuracy_due"] == date(2025, 5, 1)
    assert moved(change)["publication"] == date(2025, 6, 4)


def test_what_has_happened_does_not_move():
    done = steps(date(2025, 3, 24), ("draft_report",))
    change = knock_on(done, "factual_accuracy_due", date(2025, 5, 8))
    assert sorted(moved(change)) == ["publication", "sos_copy"]


def test_a_change_of_publication_takes_only_the_copy_before_it_along():
    assert moved(knock_on(SPRING, "publication", date(2025, 6, 10))) == {"sos_copy": date(2025, 6, 3)}


def test_dates_before_the_change_stay():
    assert "rating_meeting" not in moved(knock_on(SPRING, "draft_report", date(2025, 5, 1)))


@pytest.mark.parametrize(
    ("day", "problem"),
    [
        (date(2025, 4, 28), "Draft report sent to the service is on Monday 28 April 2025 already. Enter another day"),
        (date(2025, 3, 31), "Monday 31 March 2025 is in the past. Enter a day from today on"),
        (date(2025, 5, 5), "Monday 5 May is a bank holiday. Choose a working day"),
        (date(2025, 5, 3), "Saturday 3 May 2025 is at a weekend. Choose a working day"),
        (date(2025, 5, 1), None),
    ],
)
def test_a_day_is_refused_in_its_own_words(day, problem):
    assert day_problem(SPRING.step("draft_report"), day, TODAY, SPRING.holidays) == problem


def test_time_for_comments_is_not_cut_short():
    change = knock_on(SPRING, "draft_report", date(2025, 5, 1), kept={"factual_accuracy_due"})
    assert order_problem(SPRING, "draft_report", date(2025, 5, 1), change) == (
        "Comments on factual accuracy due would be on Tuesday 6 May 2025 and draft report sent to the service on "
        "Thursday 1 May 2025. The rule: 5 working days after the draft report is sent; the day of sending does not "
        "count. Let both move, or choose another day"
    )


def test_nothing_is_published_before_the_comments_close():
    change = knock_on(SPRING, "publication", date(2025, 5, 6))
    assert order_problem(SPRING, "publication", date(2025, 5, 6), change) == (
        "Report published would be on Tuesday 6 May 2025, but has to come after comments on factual accuracy due on "
        "Tuesday 6 May 2025"
    )


def test_a_change_in_order_has_no_problem():
    for code, day in [("draft_report", date(2025, 5, 1)), ("publication", date(2025, 6, 10))]:
        assert order_problem(SPRING, code, day, knock_on(SPRING, code, day)) is None


@pytest.mark.parametrize(
    ("step", "happened", "may"),
    [("draft_report", False, True), ("draft_report", True, False), ("fieldwork_start", False, False)],
)
def test_what_hangs_on_the_fieldwork_week_or_has_happened_is_not_changed(step, happened, may):
    assert may_be_changed(step, happened=happened) is may
