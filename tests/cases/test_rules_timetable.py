"""What a timetable must not have, what should be looked at, in which words; planted faults are found, and no others."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.clock import LONDON
from cases.rules.timetable import (
    Booked,
    Fieldwork,
    Hours,
    Kind,
    Planned,
    changes,
    clock_words,
    length_words,
)
from cases.rules.timetable_checks import LOOK_AT, MUST_FIX, look_at, must_fix

MONDAY = date(2027, 6, 7)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2027, 6, 7 + day, hour, minute, tzinfo=LONDON)


ANN, BO, CY = 1, 2, 3
WORK = Fieldwork(
    days=(
        Hours(at(0, 12), at(0, 17)),
        Hours(at(1, 9), at(1, 17)),
        Hours(at(2, 9), at(2, 17)),
        Hours(at(3, 9), at(3, 17)),
        Hours(at(4, 9), at(4, 12)),
    ),
    holidays=(),
    kinds={
        "case_manager": Kind("case_manager", "Interview with the case manager", 90, 1),
        "victim_worker": Kind("victim_worker", "Interview with the victim worker", 60, 3),
        "multi_agency_discussion": Kind("multi_agency_discussion", "Multi-agency case discussion"),
        "context_visit": Kind("context_visit", "Context visit"),
        "other": Kind("other", "Something else"),
    },
    cases={},
    names={ANN: "A. Ann", BO: "B. Bo", CY: "C. Cy"},
    links_due=date(2027, 6, 5),
    today=date(2027, 6, 1),
    reviews_due=at(0, 12),
)


def booked(pk: int, begins: datetime, minutes: int = 60, kind: str = "other", title: str = "Call", **more) -> Booked:
    return Booked(pk, kind, title, begins, begins + timedelta(minutes=minutes), **more)


def interview(pk: int, begins: datetime, ref: str, who: int = ANN, minutes: int = 90, **more) -> Booked:
    more = {"met": (f"Worker {ref}",)} | more
    return booked(pk, begins, minutes, "case_manager", "Interview", people=(who,), cases=(ref,), **more)


def case(ref: str, reader: int | None = ANN, reading: int = 0, **more) -> Planned:
    return Planned(ref, reader, reading, **more)


def work(*cases: Planned, **more) -> Fieldwork:
    return replace(WORK, cases={one.ref: one for one in cases}, **more)


def visit(pk: int, begins: datetime, **more) -> Booked:
    return booked(pk, begins, 60, "context_visit", "Context visit", **more)


TWO_DISCUSSIONS = {
    "multi_agency_discussion": Kind("multi_agency_discussion", "Multi-agency case discussion", least=2, most=2)
}
# check, slots, fieldwork, sentences
MUST = [
    (
        "two_places",
        [interview(1, at(1, 10), "C-04"), visit(2, at(1, 11), people=(ANN,))],
        work(case("C-04")),
        ["A. Ann is in two places at Tuesday 11am: interview C-04 and context visit"],
    ),
    (
        "two_places",
        [booked(1, at(1, 10), met=("Alex",)), visit(2, at(1, 10, 30), met=("Alex",))],
        WORK,
        ["Alex is in two places at Tuesday 10:30am: call and context visit"],
    ),
    (
        "two_places",
        [booked(1, at(1, 10), place="Room 1"), visit(2, at(1, 10), place="Room 1")],
        WORK,
        ["Room 1 is in two places at Tuesday 10am: call and context visit"],
    ),
    ("outside_hours", [booked(1, at(0, 9))], WORK, ["Fieldwork starts at 12 noon on Monday. Choose a later time"]),
    (
        "outside_hours",
        [booked(1, at(4, 11, 30))],
        WORK,
        ["Fieldwork ends at 12 noon on Friday. Choose an earlier time"],
    ),
    (
        "outside_hours",
        [booked(1, at(1, 8))],
        WORK,
        ["Fieldwork on Tuesday is between 9am and 5pm. Choose another time"],
    ),
    (
        "outside_hours",
        [booked(1, at(2, 10))],
        replace(WORK, days=(*WORK.days[:2], *WORK.days[3:]), holidays=(date(2027, 6, 9),)),
        ["Wednesday 9 June is a bank holiday. Choose a working day"],
    ),
    (
        "outside_hours",
        [booked(1, at(2, 10))],
        replace(WORK, days=(*WORK.days[:2], *WORK.days[3:])),
        ["Wednesday 9 June is not a day of fieldwork. Choose a working day"],
    ),
    (
        "too_long",
        [interview(1, at(1, 10), "C-01", minutes=105)],
        work(case("C-01")),
        ["A case manager interview can last up to 1 hour 30 minutes. This one is 1 hour 45 minutes"],
    ),
    (
        "too_many_cases",
        [booked(1, at(1, 10), 60, "victim_worker", people=(ANN,), cases=("V-01", "V-02", "V-03", "V-04"))],
        work(*(case(f"V-0{number}") for number in range(1, 5))),
        ["A victim worker interview covers up to three cases. Move one to another interview"],
    ),
    ("no_interview", [], work(case("C-01")), ["C-01 has no interview. Book one, or read it from the file"]),
    (
        "no_link",
        [interview(1, at(1, 10), "C-01", remote=True)],
        work(case("C-01"), today=date(2027, 6, 5)),
        ["Interview C-01 is on Teams and has no link. Add it"],
    ),
    (
        "another_interviewer",
        [interview(1, at(1, 10), "C-01", who=BO)],
        work(case("C-01")),
        ["A. Ann reads C-01, but does not interview. Choose them"],
    ),
    (
        "wrong_number",
        [],
        replace(WORK, kinds={"context_visit": Kind("context_visit", "Context visit", least=1)}),
        ["There is no context visit in the timetable"],
    ),
    (
        "wrong_number",
        [booked(1, at(1, 10), kind="multi_agency_discussion")],
        replace(WORK, kinds=TWO_DISCUSSIONS),
        ["There is only one multi-agency case discussion in the timetable. There are to be two"],
    ),
    (
        "wrong_number",
        [booked(number, at(number, 12), kind="multi_agency_discussion") for number in range(3)],
        replace(WORK, kinds=TWO_DISCUSSIONS),
        ["There are 3 of “multi-agency case discussion”. There are to be 2"],
    ),
]
LOOK = [
    (
        "not_read_yet",
        [interview(1, at(1, 9), "C-01"), interview(2, at(1, 15), "C-02")],
        work(case("C-01", reading=180), case("C-02", reading=480)),
        ["C-02: the interview on Tuesday 3pm leaves no time to read the file before it"],
    ),
    (
        "hurried",
        [
            visit(1, at(1, 9), people=(ANN,), building="Town hall"),
            visit(2, at(1, 10, 10), people=(ANN,), building="Court"),
        ],
        WORK,
        ["A. Ann has under 15 minutes between Town hall and Court at Tuesday 10:10am"],
    ),
    (
        "no_break",
        [booked(1, at(1, 11, 30), 150, people=(ANN,))],
        WORK,
        ["A. Ann has no break of 30 minutes between 12 and 2 on Tuesday"],
    ),
    (
        "many_interviews",
        [interview(n, at(1, 9) + timedelta(minutes=75 * n), f"C-0{n}", minutes=45) for n in range(4)],
        work(*(case(f"C-0{n}") for n in range(4))),
        ["A. Ann has 4 interviews on Tuesday, more than 3"],
    ),
    (
        "early_discussion",
        [booked(1, at(1, 9), kind="multi_agency_discussion", title="Discussion")],
        replace(WORK, reviews_due=at(1, 12)),
        ["Discussion on Tuesday 9am is before its review is due, 12 noon on Tuesday"],
    ),
    (
        "welsh",
        [interview(1, at(1, 9), "C-01", met=("Alex",))],
        work(case("C-01"), welsh_wanted=frozenset({"Alex"})),
        ["Interview C-01: Welsh is asked for, and nobody who takes part is known to speak it"],
    ),
    (
        "welsh",
        [interview(1, at(1, 9), "C-01")],
        work(case("C-01", in_welsh=True)),
        ["Interview C-01: Welsh is asked for, and nobody who takes part is known to speak it"],
    ),
    (
        "many_interviews_met",
        [interview(n, at(1, 9 + 3 * n), f"C-0{n}", 1 + n, 60, met=("Alex",)) for n in range(3)],
        work(*(case(f"C-0{n}", reader=n + 1) for n in range(3))),
        ["Alex is interviewed 3 times on Tuesday, more than 2"],
    ),
    (
        "not_there",
        [visit(1, at(1, 9), people=(ANN,))],
        replace(WORK, away={ANN: frozenset({date(2027, 6, 8)})}),
        ["A. Ann is not expected on Tuesday 8 June: context visit"],
    ),
]


@pytest.mark.parametrize(("check", "slots", "fieldwork", "sentences"), MUST)
def test_what_must_be_fixed_has_its_sentence_and_nothing_else_is_found(check, slots, fieldwork, sentences):
    assert [(found.check, found.sentence) for found in must_fix(slots, fieldwork)] == [
        (check, sentence) for sentence in sentences
    ]


@pytest.mark.parametrize(("check", "slots", "fieldwork", "sentences"), LOOK)
def test_what_should_be_looked_at_has_its_sentence_and_nothing_else_is_found(check, slots, fieldwork, sentences):
    assert [(found.check, found.sentence) for found in look_at(slots, fieldwork)] == [
        (check, sentence) for sentence in sentences
    ]


@pytest.mark.parametrize(
    ("slots", "fieldwork"),
    [
        ([interview(1, at(1, 10), "C-01"), visit(2, at(1, 11, 30), people=(ANN,))], work(case("C-01"))),  # end to end
        (
            [interview(1, at(1, 10), "C-01", remote=True)],
            work(case("C-01"), today=date(2027, 6, 4)),
        ),  # link not due yet
        ([interview(1, at(1, 10), "C-01", remote=True, has_link=True)], work(case("C-01"), today=date(2027, 6, 9))),
        ([interview(1, at(1, 10), "C-01", who=BO)], work(case("C-01", reader=None))),  # nobody reads it yet
        ([], work(case("V-01", wants_interview=False))),  # read from the file
        ([booked(1, at(0, 12), 300)], WORK),  # a whole afternoon of nobody
        ([booked(1, at(1, 12), 90, people=(ANN,))], WORK),  # half an hour is left at half past one
        ([visit(1, at(1, 9), people=(ANN,), building="A"), visit(2, at(1, 10, 15), people=(ANN,), building="B")], WORK),
        ([visit(1, at(1, 9), people=(ANN,), building="A"), visit(2, at(1, 10), people=(ANN,), building="A")], WORK),
        ([interview(1, at(1, 12), "C-01")], work(case("C-01", reading=480))),  # 5 hours on Monday, 3 on Tuesday
        (
            [interview(1, at(1, 9), "C-01")],
            work(case("C-01", in_welsh=True), welsh_spoken=frozenset({ANN})),
        ),
    ],
)
def test_what_is_as_it_should_be_is_not_found(slots, fieldwork):
    assert (must_fix(slots, fieldwork), look_at(slots, fieldwork)) == ([], [])


@pytest.mark.parametrize(
    ("moment", "words"),
    [(at(0, 12), "12 noon"), (at(0, 10, 45), "10:45am"), (at(0, 10), "10am"), (at(0, 17), "5pm"), (at(0, 0), "12am")],
)
def test_times_read_as_people_say_them(moment, words):
    assert clock_words(moment) == words


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(90, "1 hour 30 minutes"), (60, "1 hour"), (45, "45 minutes"), (120, "2 hours"), (0, "0 minutes")],
)
def test_lengths_read_as_people_say_them(minutes, words):
    assert length_words(minutes) == words


def test_changes_say_what_became_of_each_slot():
    first, second, third = (booked(n, at(n, 12)) for n in (1, 2, 3))
    moved = replace(second, begins=at(2, 13), ends=at(2, 14))
    renamed = replace(third, title="Talk")
    added = booked(4, at(0, 12))
    found = changes([first, second, third], [moved, renamed, added])
    assert [(change.what, change.slot.pk) for change in found] == [
        ("Added", 4),
        ("Cancelled", 1),
        ("Moved", 2),
        ("Changed", 3),
    ]
    assert changes([first], [first]) == []


# --- planted faults ---


def sound_week(people: int, cases: int) -> tuple[list[Booked], Fieldwork]:
    """Interviews one after the other on free half days, meetings in the mornings; nothing to find."""
    slots: list[Booked] = []
    planned = [case(f"C-{number:02d}", reader=number % people + 1) for number in range(cases)]
    for number, one in enumerate(planned):
        turn = number // people
        begins = at(1 + turn // 2, (10, 15)[turn % 2])
        slots.append(interview(number + 1, begins, one.ref, who=one.reader or ANN, place=f"Room {number % people}"))
    names = {number: f"Person {number}" for number in range(1, people + 1)}
    return slots, work(*planned, names=names)


def changed(slots: list[Booked], pk: int, **more) -> list[Booked]:
    return [replace(slot, **more) if slot.pk == pk else slot for slot in slots]


def clashing(slots: list[Booked], work: Fieldwork) -> tuple[list[Booked], Fieldwork]:
    """With the first interview; the others are changed by what else is planted."""
    return [*slots, visit(900, slots[0].begins, people=slots[0].people)], work


FOUR = ("V-1", "V-2", "V-3", "V-4")
SHOWCASE = {"showcase": Kind("showcase", "Showcase", least=1)}
PLANTS = {
    "two_places": clashing,
    "outside_hours": lambda slots, work: ([*slots, visit(901, at(0, 8))], work),
    "too_long": lambda slots, work: (changed(slots, 2, ends=slots[1].begins + timedelta(minutes=105)), work),
    "too_many_cases": lambda slots, work: ([*slots, booked(902, at(4, 9), 60, "victim_worker", cases=FOUR)], work),
    "no_interview": lambda slots, work: ([slot for slot in slots if slot.pk != 3], work),
    "no_link": lambda slots, work: (changed(slots, 4, remote=True, place=""), replace(work, today=date(2027, 6, 6))),
    "another_interviewer": lambda slots, work: (changed(slots, 5, people=()), work),
    "wrong_number": lambda slots, work: (slots, replace(work, kinds=work.kinds | SHOWCASE)),
}


@settings(deadline=None, max_examples=80)
@given(st.integers(1, 6), st.integers(5, 36), st.sets(st.sampled_from(sorted(PLANTS))))
def test_planted_faults_are_all_found_and_none_besides(people, cases, planted):
    slots, fieldwork = sound_week(people, min(cases, people * 6))
    assert must_fix(slots, fieldwork) == []
    for name in sorted(planted):
        slots, fieldwork = PLANTS[name](slots, fieldwork)
    assert {one.check for one in must_fix(slots, fieldwork)} == planted


def test_every_check_is_in_the_tables_above():
    assert {check.__name__ for check in MUST_FIX} == {check for check, *_ in MUST}
    assert {check.__name__ for check in LOOK_AT} == {check for check, *_ in LOOK}
    assert {check.__name__ for check in MUST_FIX} == set(PLANTS)
