"""Suggested timetables: nobody twice at once, inside the hours, and as good as they are said to be."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.rules.planning import Limits, Placed, Resource, Suggestion, Taken, Week, Window, Wish, least_strained
from cases.rules.planning_search import NEVER, NO_TIME, suggest

LONDON = ZoneInfo("Europe/London")
MONDAY = datetime(2027, 6, 7, tzinfo=LONDON)
LIMITS = Limits(interviews=3, interviews_met=2, break_minutes=30)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return MONDAY + timedelta(days=day, hours=hour, minutes=minute)


def window(day: int, first: int, last: int) -> Window:
    return Window(at(day, first), at(day, last))


ONE_WEEK = Week(
    days=(window(0, 12, 17), *(window(day, 9, 17) for day in (1, 2, 3)), window(4, 9, 12)),
    breaks=tuple(window(day, 12, 14) for day in (0, 1, 2, 3)),
    places=(1, 2),
    taken=(),
    limits=LIMITS,
)
TUESDAY = replace(ONE_WEEK, days=(window(1, 9, 17),), breaks=(window(1, 12, 14),), places=(1,))


def interview(key: str, who: int, met: str, **more: object) -> Wish:
    return Wish(key, 90, (who,), (met,), **more)  # type: ignore[arg-type]


def clashes(wishes: list[Wish], week: Week, suggestion: Suggestion) -> list[object]:
    """Every person and room that is wanted twice at once, found minute by minute: another way than the search's."""
    by_key, seen, found = {wish.key: wish for wish in wishes}, set(), []
    for taken in week.taken:
        for minute in range((taken.ends - taken.begins) // timedelta(minutes=1)):
            seen.add((taken.resource, taken.begins + timedelta(minutes=minute)))
    for placed in suggestion.placed:
        wish = by_key[placed.key]
        rooms = [Resource("place", placed.place)] if placed.place is not None else []
        for resource in [*wish.wanted, *rooms]:
            for minute in range(wish.minutes):
                moment = (resource, placed.begins + timedelta(minutes=minute))
                found += [moment] if moment in seen else []
                seen.add(moment)
    return found


def outside(wishes: list[Wish], week: Week, suggestion: Suggestion) -> list[Placed]:
    minutes = {wish.key: timedelta(minutes=wish.minutes) for wish in wishes}
    windows = {wish.key: wish.windows or week.days for wish in wishes}

    def inside(placed: Placed, allowed: tuple[Window, ...]) -> bool:
        ends = placed.begins + minutes[placed.key]
        return any(each.begins <= placed.begins and ends <= each.ends for each in allowed)

    return [one for one in suggestion.placed if not (inside(one, week.days) and inside(one, windows[one.key]))]


def test_one_interview_is_placed_when_there_was_time_to_read():
    suggestion = suggest([interview("C-01", 1, "Alex", reading=180)], TUESDAY)
    assert (suggestion.strained, suggestion.unplaced) == (0, {})
    assert suggestion.placed[0].begins >= at(1, 12)


def test_interviews_of_one_person_follow_each_other():
    wishes = [interview(f"C-0{number}", 1, f"Manager {number}") for number in range(1, 4)]
    suggestion = suggest(wishes, TUESDAY)
    assert clashes(wishes, TUESDAY, suggestion) == []
    assert len(suggestion.placed) == 3


def test_two_rooms_hold_two_interviews_at_once_and_one_room_does_not():
    wishes = [
        replace(interview("C-01", 1, "Alex"), windows=(Window(at(1, 9), at(1, 10, 30)),)),
        replace(interview("C-02", 2, "Bo"), windows=(Window(at(1, 9), at(1, 10, 30)),)),
    ]
    assert len(suggest(wishes, replace(TUESDAY, places=(1, 2))).placed) == 2
    one_room = suggest(wishes, TUESDAY)
    assert (len(one_room.placed), list(one_room.unplaced.values())) == (1, [NO_TIME])


def test_an_interview_on_teams_needs_no_room():
    window_of_one = (Window(at(1, 9), at(1, 10, 30)),)
    wishes = [
        interview("C-01", 1, "Alex", windows=window_of_one),
        interview("C-02", 2, "Bo", windows=window_of_one, remote=True),
    ]
    suggestion = suggest(wishes, TUESDAY)
    assert {one.key: one.place for one in suggestion.placed} == {"C-01": 1, "C-02": None}


def test_a_wish_that_comes_late_pushes_another_out_of_its_only_time():
    """Whoever is asked first takes nine o'clock; the meeting that only fits there gets it in the end."""
    early = (Window(at(1, 9), at(1, 10)),)
    wishes = [interview(f"C-0{number}", 1, f"Manager {number}") for number in range(1, 5)]
    wishes.append(Wish("head_of_service", 60, (1,), ("Head",), early, is_interview=False))
    suggestion = suggest(wishes, TUESDAY)
    assert suggestion.unplaced == {}
    assert next(one.begins for one in suggestion.placed if one.key == "head_of_service") == at(1, 9)


def test_what_is_booked_stays_and_what_can_never_be_is_said():
    taken = Taken(Resource("person", 1), at(1, 9), at(1, 16, 45))
    suggestion = suggest([interview("C-01", 1, "Alex")], replace(TUESDAY, taken=(taken,)))
    assert (suggestion.placed, suggestion.unplaced) == ((), {"C-01": NEVER})


def test_a_wish_longer_than_its_window_is_never_placed():
    too_short = (Window(at(1, 9), at(1, 10)),)
    assert suggest([interview("C-01", 1, "Alex", windows=too_short)], TUESDAY).unplaced == {"C-01": NEVER}


@pytest.mark.parametrize(
    ("wishes", "least"),
    [
        ([interview(f"C-{number}", 1, f"Manager {number}") for number in range(4)], 1),  # four a day, three are wanted
        ([interview(f"C-{number}", number, "Alex") for number in range(3)], 1),  # three with one case manager in a day
        ([interview(f"C-{number}", 1, f"Manager {number}", reading=180) for number in range(2)], 1),  # 8 hours less 3 h
        ([interview("C-1", 1, "Alex", reading=180)], 0),
    ],
)
def test_what_cannot_be_avoided_is_counted(wishes, least):
    assert least_strained(wishes, TUESDAY) == least
    assert suggest(wishes, TUESDAY).strained >= least


def test_a_day_without_a_break_counts_and_is_avoided_where_it_can_be():
    full = [Taken(Resource("person", 1), at(1, 9), at(1, 12, 15))]
    suggestion = suggest([interview("C-01", 1, "Alex")], replace(TUESDAY, taken=tuple(full)))
    assert suggestion.strained == 0
    assert suggestion.placed[0].begins >= at(1, 12, 45)


def test_the_same_wishes_and_week_give_the_same_suggestion():
    wishes = [interview(f"C-{number:02d}", number % 3, f"Manager {number % 4}", reading=180) for number in range(12)]
    assert suggest(wishes, ONE_WEEK) == suggest(wishes, ONE_WEEK)


def test_the_sentence_says_how_near_to_the_best_it_is():
    assert [Suggestion((), {}, strained, least).sentence for strained, least in [(0, 0), (3, 3), (5, 3)]] == [
        "There is nothing to look at in it.",
        "No other timetable of these has fewer points to look at.",
        "It has 5 points to look at. At least 3 of them cannot be avoided.",
    ]


def test_fieldwork_across_the_end_of_summer_time_keeps_its_hours():
    """Fieldwork of two weeks over the last Sunday of October: nine o'clock is nine o'clock in both."""
    before, after = datetime(2027, 10, 29, 9, tzinfo=LONDON), datetime(2027, 11, 1, 9, tzinfo=LONDON)
    days = tuple(Window(begins, begins.replace(hour=10, minute=30)) for begins in (before, after))
    week = Week(days, (), (1,), (), LIMITS)
    wishes = [interview("C-01", 1, "Alex"), interview("C-02", 1, "Bo")]
    assert [one.begins.astimezone(LONDON).hour for one in suggest(wishes, week).placed] == [9, 9]
    booked = Taken(Resource("person", 1), after.astimezone(UTC), after.astimezone(UTC) + timedelta(minutes=90))
    assert [one.begins for one in suggest(wishes, replace(week, taken=(booked,))).placed] == [before]


@st.composite
def weeks_of_work(draw: st.DrawFn) -> tuple[list[Wish], Week]:
    people, managers = draw(st.integers(2, 6)), draw(st.integers(2, 9))
    who, met = st.integers(0, people - 1), st.integers(0, managers - 1).map(lambda number: f"Manager {number}")
    wishes = [
        interview(f"C-{number:02d}", draw(who), draw(met), reading=180, remote=draw(st.booleans()))
        for number in range(draw(st.integers(1, 16)))
    ]
    wishes += [
        Wish(f"meeting-{number}", draw(st.sampled_from([30, 45, 60, 120])), (0, draw(who)), (), is_interview=False)
        for number in range(draw(st.integers(0, 5)))
    ]
    taken = []
    for _ in range(draw(st.integers(0, 5))):
        begins = at(draw(st.integers(0, 4)), draw(st.integers(8, 16)), draw(st.sampled_from([0, 10, 30])))
        taken.append(
            Taken(Resource("person", draw(who)), begins, begins + timedelta(minutes=draw(st.integers(5, 180))))
        )
    return wishes, replace(ONE_WEEK, taken=tuple(taken), places=tuple(range(draw(st.integers(1, 3)))))


@settings(deadline=None, max_examples=60)
@given(weeks_of_work())
def test_generated_weeks_have_no_clash_and_lose_no_wish(work):
    wishes, week = work
    suggestion = suggest(wishes, week)
    placed = [one.key for one in suggestion.placed]
    assert sorted([*placed, *suggestion.unplaced]) == sorted(wish.key for wish in wishes)
    # Two bookings that stood at once before the suggestion are not its doing.
    own = clashes(wishes, replace(week, taken=()), suggestion)
    against = [
        one
        for one in suggestion.placed
        for taken in week.taken
        if taken.resource in next(wish.wanted for wish in wishes if wish.key == one.key)
        and one.begins < taken.ends
        and taken.begins < one.begins + timedelta(minutes=next(w.minutes for w in wishes if w.key == one.key))
    ]
    assert (own, against, outside(wishes, week, suggestion)) == ([], [], [])
    assert suggestion.strained >= suggestion.least
