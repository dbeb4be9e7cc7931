"""How near hours can be at all is proven: never more than the best, and exactly the best where everybody may read."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.rules import allocation
from cases.rules.allocation import Member, Work, readers_for

PEOPLE = (1, 2, 3)
MINUTES = (270, 110, 90)
TEAM = [Member(1, "A"), Member(2, "B", speaks_welsh=True), Member(3, "C")]


def spread(work: list[Work], readers: dict[str, int]) -> int:
    hours = [sum(item.minutes for item in work if readers[item.ref] == person) for person in PEOPLE]
    return max(hours) - min(hours)


def best(work: list[Work]) -> int:
    """Of every allocation that there is."""
    allowed = [[item.kept_by] if item.kept_by else list(readers_for(item, TEAM)) for item in work]
    refs = [item.ref for item in work]
    return min(spread(work, dict(zip(refs, given, strict=True))) for given in product(*allowed))


works = st.lists(
    st.tuples(
        st.sampled_from(MINUTES),
        st.sampled_from([None, None, None, *PEOPLE]),
        st.booleans(),
        st.sets(st.sampled_from(PEOPLE), max_size=2).map(frozenset),
    ),
    max_size=7,
).map(lambda items: [Work(f"C-{n}", each[0], each[1], "", each[2], each[3]) for n, each in enumerate(items)])
plain = st.lists(st.sampled_from(MINUTES), max_size=8).map(
    lambda items: [Work(f"C-{n}", minutes) for n, minutes in enumerate(items)]
)


@settings(deadline=None)
@given(works)
def test_with_conflicts_welsh_and_begun_cases_the_bound_is_never_above_the_best(work):
    found = allocation.suggestion(work, TEAM)
    assert found.nearest <= best(work) <= found.spread


@settings(deadline=None)
@given(works)
def test_hours_are_within_one_and_a_half_where_any_allocation_is(work):
    assert (allocation.suggestion(work, TEAM).spread <= allocation.FAIR_MINUTES) == (best(work) <= 90)


@settings(deadline=None)
@given(plain)
def test_where_everybody_may_read_everything_the_bound_is_the_best(work):
    assert allocation.suggestion(work, TEAM).nearest == best(work)


@pytest.mark.parametrize(
    ("children", "victims", "readers", "nearest"), [(14, 9, 3, 50), (28, 9, 4, 50), (91, 24, 12, 30), (91, 24, 3, 30)]
)
def test_a_whole_inspection_is_proven_in_a_moment(children, victims, readers, nearest):
    work = [Work(f"C-{n}", 270) for n in range(children)] + [Work(f"V-{n}", 110) for n in range(victims)]
    found = allocation.suggestion(work, [Member(n, f"R{n}") for n in range(readers)])
    assert (found.spread, found.nearest) == (nearest, nearest)


@pytest.mark.parametrize(
    ("figures", "sentence"),
    [
        ((30, 30, 30), "The hours are 0.5 apart. They cannot be nearer than 0.5."),
        (
            (60, 30, 60),
            "The hours are 1.0 apart. They cannot be nearer than 1.0 while the cases of one interview stay with one "
            "reader.",
        ),
        ((270, 30, 60), "The hours are 4.5 apart. No allocation can bring them nearer than 0.5."),
    ],
)
def test_how_far_it_is_from_the_best_is_said(figures, sentence):
    assert allocation.how_near(*figures) == sentence
