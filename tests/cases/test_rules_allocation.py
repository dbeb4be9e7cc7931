"""Cases are shared out by hours, and never to somebody with an interest."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.rules import allocation
from cases.rules.allocation import Load, Member, Work

CHILD, VICTIM = 270, 110


def members(number: int, **fields: bool) -> list[Member]:
    return [Member(person, f"Reader {person}", **fields) for person in range(1, number + 1)]


def sample(children: int, victims: int = 0) -> list[Work]:
    read = [Work(f"C-{number:02d}", CHILD) for number in range(1, children + 1)]
    return read + [Work(f"V-{n + 1:02d}", VICTIM, interview=str(n // 3)) for n in range(victims)]


def hours(work: list[Work], given: dict[str, int], people: list[int]) -> list[int]:
    return [sum(item.minutes for item in work if given[item.ref] == person) for person in people]


def spread(work: list[Work], given: dict[str, int], people: list[int]) -> int:
    found = hours(work, given, people)
    return max(found) - min(found)


teams = st.lists(st.tuples(st.booleans(), st.booleans(), st.booleans()), max_size=7).map(
    lambda flags: [Member(n, f"Reader {n}", *each) for n, each in enumerate(flags)]
)
works = st.builds(sample, st.integers(0, 40), st.integers(0, 24))


@st.composite
def conflicted(draw: st.DrawFn) -> tuple[list[Work], list[Member]]:
    """A sample with Welsh cases, some that people may not read or have already, and a team with languages."""
    people = draw(st.integers(1, 8))
    team = [
        Member(n, f"Reader {n}", *draw(st.tuples(st.booleans(), st.just(False), st.just(False), st.booleans())))
        for n in range(people)
    ]
    barred = st.sets(st.integers(0, people - 1), max_size=3).map(frozenset)
    now = st.one_of(st.none(), st.integers(0, people - 1))
    read = draw(works)
    welsh = draw(st.lists(st.booleans(), min_size=len(read), max_size=len(read)))
    return [
        replace(item, in_welsh=in_welsh, barred=draw(barred), now=draw(now))
        for item, in_welsh in zip(read, welsh, strict=True)
    ], team


@settings(max_examples=60, deadline=None)
@given(conflicted())
def test_nobody_ever_gets_a_case_that_they_must_not_read(asked):
    work, team = asked
    given = allocation.suggest(work, team)
    assert [item.ref for item in work if given.get(item.ref) in item.barred] == []
    able = {member.person for member in team}
    assert set(given) == {item.ref for item in work if able - item.barred}


@settings(max_examples=60, deadline=None)
@given(conflicted())
def test_welsh_cases_go_to_welsh_speakers_where_one_may_read_them(asked):
    work, team = asked
    speakers = {member.person for member in team if member.speaks_welsh}
    given = allocation.suggest(work, team)
    welsh = [item for item in work if item.in_welsh and speakers - item.barred]
    assert [item.ref for item in welsh if given[item.ref] not in speakers] == []


def test_as_few_cases_as_need_be_change_hands():
    team = members(4)
    now = allocation.suggest(sample(28, 9), team)
    work = [
        replace(item, now=now[item.ref], barred=frozenset({now["C-01"]} if item.ref == "C-01" else ()))
        for item in sample(28, 9)
    ]
    after = allocation.suggest(work, team)
    moved = [ref for ref in now if now[ref] != after[ref]]
    assert "C-01" in moved
    assert len(moved) <= 4
    assert spread(work, after, [1, 2, 3, 4]) <= 90


@settings(deadline=None)
@given(works, teams)
def test_nobody_with_an_interest_gets_a_case(work, team):
    clear = {member.person for member in team if not member.has_interest and not member.works_there}
    assert set(allocation.suggest(work, team).values()) <= clear


@settings(deadline=None)
@given(works, teams)
def test_every_case_gets_a_reader_where_anybody_may_read(work, team):
    may = any(not member.has_interest and not member.works_there for member in team)
    assert set(allocation.suggest(work, team)) == ({item.ref for item in work} if may else set())


@settings(deadline=None)
@given(works, teams)
def test_the_same_question_has_the_same_answer(work, team):
    assert allocation.suggest(work, team) == allocation.suggest(list(work), list(team))


small_works = st.tuples(
    st.integers(0, 4), st.integers(0, 4), st.lists(st.sampled_from([None, None, 1, 2, 3]), max_size=4)
)


@settings(deadline=None)
@given(small_works)
def test_hours_are_within_one_and_a_half_of_each_other_where_any_allocation_is(shape):
    children, victims, begun = shape
    work = [
        Work(item.ref, item.minutes, kept_by, item.interview)
        for item, kept_by in zip(sample(children, victims), begun + [None] * 8, strict=False)
    ]
    people = [1, 2, 3]
    every = product(*([item.kept_by] if item.kept_by else people for item in work))
    best = min(spread(work, dict(zip((item.ref for item in work), given, strict=True)), people) for given in every)
    found = spread(work, allocation.suggest(work, members(3)), people)
    assert (found <= 90) == (best <= 90)


def an_allocation_is_fair(children: int, victims: int, readers: int) -> bool:
    """Whether any numbers of cases for each reader bring their hours within one and a half of each other."""
    shapes = {(a, b): a * CHILD + b * VICTIM for a in range(children + 1) for b in range(victims + 1)}
    for least in set(shapes.values()):
        fair = [shape for shape, minutes in shapes.items() if least <= minutes <= least + 90]
        reached = {(0, 0)}
        for _ in range(readers):
            reached = {(x + a, y + b) for x, y in reached for a, b in fair if x + a <= children and y + b <= victims}
        if (children, victims) in reached:
            return True
    return False


@settings(max_examples=30, deadline=None)
@given(st.integers(4, 16), st.integers(0, 7), st.integers(2, 5))
def test_a_larger_sample_is_fair_too_where_it_can_be(children, victims, readers):
    work = sample(children, victims)
    found = spread(work, allocation.suggest(work, members(readers)), list(range(1, readers + 1)))
    assert (found <= 90) == an_allocation_is_fair(children, victims, readers)


@pytest.mark.parametrize(
    ("children", "victims", "readers", "apart"), [(14, 9, 3, 90), (31, 12, 5, 60), (91, 24, 12, 30), (28, 0, 4, 0)]
)
def test_a_whole_inspection_is_shared_out_evenly(children, victims, readers, apart):
    work = sample(children, victims)
    assert spread(work, allocation.suggest(work, members(readers)), list(range(1, readers + 1))) == apart


def test_cases_of_one_interview_stay_with_one_reader():
    given = allocation.suggest(sample(0, 12), members(4))
    assert [len({given[f"V-{first + n:02d}"] for n in range(3)}) for first in (1, 4, 7, 10)] == [1, 1, 1, 1]


def test_an_interview_is_parted_where_only_that_is_fair():
    given = allocation.suggest(sample(0, 3), members(3))
    assert sorted(given.values()) == [1, 2, 3]


def test_what_is_begun_stays_and_the_rest_is_shared_out_around_it():
    work = [Work("C-01", CHILD, kept_by=1), Work("C-02", CHILD, kept_by=1), Work("C-03", CHILD), Work("C-04", CHILD)]
    assert allocation.suggest(work, members(2)) == {"C-01": 1, "C-02": 1, "C-03": 2, "C-04": 2}


def test_who_comes_last_gets_cases_only_when_nobody_else_may():
    lead, other = Member(1, "Lead", comes_last=True), Member(2, "Other")
    work = sample(6)
    assert set(allocation.suggest(work, [lead, other]).values()) == {2}
    assert set(allocation.suggest(work, [lead, Member(2, "Other", has_interest=True)]).values()) == {1}


@pytest.mark.parametrize(
    ("member", "words"),
    [
        (Member(1, "A"), ""),
        (Member(1, "A", has_interest=True), "has declared an interest in the service"),
        (Member(1, "A", works_there=True), "works for the service"),
    ],
)
def test_who_is_kept_out_is_told_why(member, words):
    assert member.kept_out == words


@pytest.mark.parametrize(
    ("minutes", "sentence"),
    [
        ([], ""),
        ([270], ""),
        ([270, 180], "Everyone's hours are within 1.5 hours of each other."),
        ([270, 179, 200], "A has 4.5 hours and B has 3.0: more than 1.5 hours apart."),
        ([540, 0, 0], "A has 9.0 hours and B has 0.0: more than 1.5 hours apart."),
    ],
)
def test_the_result_explains_itself(minutes, sentence):
    assert allocation.explain([Load(name, 1, each) for name, each in zip("ABC", minutes, strict=False)]) == sentence


def test_a_case_takes_its_reading_and_its_share_of_the_interview():
    assert (allocation.case_minutes("child", 90, 1), allocation.case_minutes("victim", 60, 3)) == (270, 110)


@pytest.mark.parametrize(
    ("workers", "groups"),
    [
        ("", {}),
        ("aaa", {"0": 1, "1": 1, "2": 1}),
        ("aaaa", {"0": 1, "1": 1, "2": 1, "3": 2}),
        ("abab", {"0": 1, "2": 1, "1": 2, "3": 2}),
        ("ab", {"0": 1, "1": 2}),
    ],
)
def test_an_interview_covers_up_to_three_cases_of_one_worker(workers, groups):
    cases = [(str(place), worker) for place, worker in enumerate(workers)]
    assert allocation.interview_groups(cases, 3) == groups
