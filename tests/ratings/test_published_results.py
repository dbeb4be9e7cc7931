"""Every published result that we have, put through `rate` as far as it is given."""

import json
from pathlib import Path

import pytest

from ratings.rules import RatingInput, rate
from standards.loader import load

FILE = Path(__file__).resolve().parents[2] / "ratings" / "data" / "published_results.json"
RESULTS = json.loads(FILE.read_text())
STANDARDS = {"2018": (load("yj-2018"), "iyos"), "2021": (load("yj-2021"), "iyos"), "2024": (load("yj-2024"), "iyjwcv")}
CODES = {rating.label: rating.code for rating in load("yj-2024").ratings}
MODULAR = {"Resettlement policy and provision": "2.5"}
WITH_FIGURES = [
    result
    for result in RESULTS
    if result["total_score"] is not None or (result["framework"] == "2024" and result["standard_ratings"])
]
OVERALL_ONLY = [result for result in RESULTS if result not in WITH_FIGURES]


def name(result):
    return f"{result['service']} {result['framework']}"


def given(result) -> RatingInput:
    """What was published: ratings and the total. A modular standard that is not there was not in scope."""
    standards, kind = STANDARDS[result["framework"]]
    known = {code: CODES[rating] for code, rating in result["standard_ratings"].items()}
    apart = {MODULAR[title]: CODES[rating] for title, rating in result["modular_ratings"].items()}
    modular = [standard.code for standard in standards.standards if standard.modular]
    return RatingInput(
        kind,
        standard_ratings=known | apart,
        unrated=tuple(code for code in modular if code not in apart),
        total=result["total_score"],
    )


def test_the_file_holds_what_it_is_known_to_hold():
    by_framework = {framework: sum(result["framework"] == framework for result in RESULTS) for framework in STANDARDS}
    assert by_framework == {"2018": 4, "2021": 30, "2024": 7}
    assert (len(WITH_FIGURES), len(OVERALL_ONLY)) == (29, 12)


@pytest.mark.parametrize("result", WITH_FIGURES, ids=name)
def test_the_published_overall_rating_follows_from_what_was_published(result):
    standards, _ = STANDARDS[result["framework"]]
    found = rate(standards, given(result))
    assert (found.overall, found.maximum) == (CODES[result["overall_rating"]], result["max_score"])
    assert found.total == (result["total_score"] if result["total_score"] is not None else found.total)


def test_derby_city_scores_12_of_12():
    derby = next(result for result in RESULTS if result["service"] == "Derby City")
    found = rate(load("yj-2024"), given(derby))
    assert (found.total, found.maximum, found.overall) == (12, 12, "outstanding")


@pytest.mark.parametrize("result", OVERALL_ONLY, ids=name)
def test_an_overall_rating_published_alone_is_one_that_totals_of_its_band_give(result):
    """Nothing more can be checked: neither the standards nor the total of these inspections are known to us."""
    standards, kind = STANDARDS[result["framework"]]
    overall, scale = CODES[result["overall_rating"]], standards.overall_scale(kind)
    band = next(band for band in scale.bands if band.rating == overall)
    for total in range(band.lowest, band.highest + 1):
        modular = tuple(standard.code for standard in standards.standards if standard.modular)
        assert rate(standards, RatingInput(kind, total=total, unrated=modular)).overall == overall
    assert result["max_score"] == scale.maximum
