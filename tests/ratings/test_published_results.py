"""The published results of the 2024 programme, as far as they are given."""

import json
from pathlib import Path

import pytest

from ratings.rules import RatingInput, rate
from standards.loader import load

YJ_2024 = load("yj-2024")
FILE = Path(__file__).resolve().parents[2] / "ratings" / "data" / "published_results.json"
RESULTS = [result for result in json.loads(FILE.read_text()) if result["framework"] == "2024"]
CODES = {rating.label: rating.code for rating in YJ_2024.ratings}
WITH_STANDARDS = [result for result in RESULTS if result["standard_ratings"]]
OVERALL_ONLY = [result for result in RESULTS if not result["standard_ratings"]]
COUNTING = YJ_2024.inspection_types["iyjwcv"].counting


def name(result):
    return result["service"]


def test_the_file_holds_the_seven_known_results_of_the_programme():
    assert (len(WITH_STANDARDS), len(OVERALL_ONLY)) == (1, 6)


@pytest.mark.parametrize("result", WITH_STANDARDS, ids=name)
def test_the_published_overall_rating_follows_from_the_published_standards(result):
    known = {code: CODES[rating] for code, rating in result["standard_ratings"].items()}

    found = rate(YJ_2024, RatingInput("iyjwcv", standard_ratings=known))

    assert found.overall == CODES[result["overall_rating"]]
    assert found.maximum == result["max_score"]


def test_derby_city_scores_12_of_12():
    derby = next(result for result in RESULTS if result["service"] == "Derby City")
    known = {code: CODES[rating] for code, rating in derby["standard_ratings"].items()}

    found = rate(YJ_2024, RatingInput("iyjwcv", standard_ratings=known))

    assert (found.total, found.maximum, found.overall) == (12, 12, "outstanding")


@pytest.mark.parametrize("result", OVERALL_ONLY, ids=name)
def test_an_overall_rating_published_alone_is_one_that_totals_of_its_band_give(result):
    """Nothing more can be checked: neither the standards nor the total of these inspections are known to us."""
    overall = CODES[result["overall_rating"]]
    band = next(band for band in YJ_2024.overall_scale("iyjwcv").bands if band.rating == overall)

    for total in range(band.lowest, band.highest + 1):
        scores = [min(3, max(0, total - 3 * place)) for place in range(len(COUNTING))]
        known = {code: YJ_2024.ratings[score].code for code, score in zip(COUNTING, scores, strict=True)}
        assert rate(YJ_2024, RatingInput("iyjwcv", standard_ratings=known)).overall == overall
    assert result["max_score"] == YJ_2024.overall_scale("iyjwcv").maximum
