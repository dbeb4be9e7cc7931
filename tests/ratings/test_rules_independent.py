"""A second calculation, written from the published text with decimals and tables, against generated inspections."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from ratings.rules import RatingInput, Tally, rate
from standards.loader import load

YJ_2024 = load("yj-2024")
NAMES = ["inadequate", "requires_improvement", "good", "outstanding"]

# The victims' table as a grid: row V1.1 from Inadequate up, column V1.2 no and yes, cell the lower of the two ratings.
LOWER_OF_PAIR = [(0, 0), (0, 1), (1, 2), (2, 2)]


def band(sufficient, assessed):
    """Cross-multiplied: no division, so nothing to round."""
    if assessed == 0:
        return None
    return sum(100 * sufficient >= edge * assessed for edge in (50, 65, 80))


def expected(counts, answer, choice):
    """Scores of the standards by code, the permitted pair, total and overall; None where open."""
    scores = {}
    for standard in ("2.1", "2.2", "2.3"):
        bands = [band(*counts[f"{standard}.{number}"]) for number in (1, 2)]
        scores[standard] = None if None in bands else min(bands)
    start = band(*counts["V1.1"])
    lower = None if start is None or answer is None else LOWER_OF_PAIR[start][answer]
    scores["V1"] = None if lower is None or choice is None else lower + choice
    if None in scores.values():
        return scores, lower, None, None
    total = sum(scores.values())
    return scores, lower, total, (total > 2) + (total > 6) + (total > 10)


tallies = st.integers(0, 130).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
codes = ("2.1.1", "2.1.2", "2.2.1", "2.2.2", "2.3.1", "2.3.2", "V1.1")
inspections = st.fixed_dictionaries(dict.fromkeys(codes, tallies))


def given_as(inspection_type, counts, answer, lower, choice):
    chosen = {} if lower is None or choice is None else {"V1": NAMES[lower + choice]}
    answers = {} if answer is None else {"V1.2": answer}
    return RatingInput(inspection_type, {code: Tally(*count) for code, count in counts.items()}, answers, chosen)


@settings(max_examples=1500, deadline=None)
@given(
    st.sampled_from(["iyjwcv", "iyjs", "reactive"]),
    inspections,
    st.sampled_from([None, True, False]),
    st.sampled_from([None, 0, 1]),
)
def test_both_calculations_agree_on_any_inspection(inspection_type, counts, answer, choice):
    scores, lower, total, overall = expected(counts, answer, choice)

    found = rate(YJ_2024, given_as(inspection_type, counts, answer, lower, choice))

    assert {code: found.standards[code].rating for code in scores} == {
        code: None if score is None else NAMES[score] for code, score in scores.items()
    }
    assert found.standards["V1"].permitted == (None if lower is None else (NAMES[lower], NAMES[lower + 1]))
    assert found.total == total
    assert found.overall == (None if overall is None else NAMES[overall])
    if total is not None:
        assert found.possible_totals == (total,)
    for code, (sufficient, assessed) in counts.items():
        rating = band(sufficient, assessed)
        assert found.key_questions[code].rating == (None if rating is None else NAMES[rating])


@settings(max_examples=500, deadline=None)
@given(st.integers(1, 130).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_distance_to_the_next_rating_is_the_first_count_at_which_it_changes(count):
    sufficient, assessed = count
    found = rate(YJ_2024, RatingInput("iyjwcv", {code: Tally(*count) for code in codes})).key_questions["2.1.1"]
    here = band(sufficient, assessed)
    down = next((k for k in range(sufficient, -1, -1) if band(k, assessed) != here), None)
    up = next((k for k in range(sufficient, assessed + 1) if band(k, assessed) != here), None)

    assert (found.lower and (found.lower.cases, found.lower.rating)) == (
        None if down is None else (sufficient - down, NAMES[band(down, assessed)])
    )
    assert (found.higher and (found.higher.cases, found.higher.rating)) == (
        None if up is None else (up - sufficient, NAMES[band(up, assessed)])
    )


@settings(max_examples=500, deadline=None)
@given(st.integers(9, 130).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_rounding_is_noted_exactly_where_it_would_change_the_rating(count):
    sufficient, assessed = count
    whole = int((Decimal(100 * sufficient) / assessed).quantize(Decimal(1), "ROUND_HALF_UP"))
    found = rate(YJ_2024, RatingInput("iyjwcv", {code: Tally(*count) for code in codes}))

    changes = band(whole, 100) != band(sufficient, assessed)
    assert (found.key_questions["2.1.1"].rounds_to is not None) == changes
    assert any("Rounded" in note for note in found.notes) == changes


@settings(max_examples=500, deadline=None)
@given(inspections, st.sampled_from([None, True, False]))
def test_what_is_said_to_be_possible_is_what_the_choices_left_lead_to(counts, answer):
    """Every way of filling what is open, tried one by one."""
    open_found = rate(YJ_2024, given_as("iyjwcv", counts, answer, None, None))
    reached = set()
    for filled in ways_to_fill(counts):
        for said in (True, False) if answer is None else (answer,):
            for choice in (0, 1):
                reached.add(expected(filled, said, choice)[2])

    assert set(open_found.possible_totals) == reached


def ways_to_fill(counts):
    """Each question without a case, given each of the four bands in turn."""
    ways = [dict(counts)]
    for code in [code for code, (_, assessed) in counts.items() if assessed == 0]:
        ways = [{**way, code: (sufficient, 100)} for way in ways for sufficient in (0, 50, 65, 80)]
    return ways
