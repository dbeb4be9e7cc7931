"""One key question: its exact share of sufficient cases, its band, and how near the next one is."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache

from ratings.rules.inputs import Tally
from ratings.rules.results import Distance, KeyQuestionResult
from standards.schema import Band, Standards

HALF = Fraction(1, 2)
RESULTS = 32_768


def key_question(standards: Standards, code: str, tally: Tally) -> KeyQuestionResult:
    return _counted(standards.bands, code, tally)


@lru_cache(RESULTS)
def _counted(bands: tuple[Band, ...], code: str, tally: Tally) -> KeyQuestionResult:
    """Kept, because few counts are different: all inspections ever are rated in the time of a few hundred."""
    if tally.assessed == 0:
        return KeyQuestionResult(code, 0, 0)
    share = Fraction(tally.sufficient, tally.assessed)
    rating = rating_of(bands, share)
    rounded = rating_of(bands, Fraction(int(share * 100 + HALF), 100))
    return KeyQuestionResult(
        code=code,
        sufficient=tally.sufficient,
        assessed=tally.assessed,
        share=share,
        rating=rating,
        lower=_lower(bands, tally, rating),
        higher=_higher(bands, tally, rating),
        rounds_to=rounded if rounded != rating else None,
    )


def rating_of(bands: Sequence[Band], share: Fraction) -> str:
    percent = share * 100
    return next(band.rating for band in reversed(bands) if percent >= band.floor)


def needed(floor: int, assessed: int) -> int:
    """The fewest sufficient cases whose exact share reaches `floor` per cent."""
    return -(-floor * assessed // 100)


def _lower(bands: Sequence[Band], tally: Tally, rating: str) -> Distance | None:
    floor = next(band.floor for band in bands if band.rating == rating)
    highest_below = needed(floor, tally.assessed) - 1
    if highest_below < 0:
        return None
    below = rating_of(bands, Fraction(highest_below, tally.assessed))
    return Distance(tally.sufficient - highest_below, below)


def _higher(bands: Sequence[Band], tally: Tally, rating: str) -> Distance | None:
    floor = next(band.floor for band in bands if band.rating == rating)
    above = next((band for band in bands if band.floor > floor), None)
    if above is None:
        return None
    lowest_above = needed(above.floor, tally.assessed)
    return Distance(lowest_above - tally.sufficient, rating_of(bands, Fraction(lowest_above, tally.assessed)))


def percent_words(bands: Sequence[Band], share: Fraction) -> str:
    """One decimal place, or as many more as it takes not to print a share below a boundary as if it had reached it."""
    places = 1
    while True:
        scale = 10**places
        shown = Fraction(int(share * 100 * scale + HALF), scale)
        if rating_of(bands, shown / 100) == rating_of(bands, share):
            return _decimal_words(shown, places)
        places += 1


def _decimal_words(shown: Fraction, places: int) -> str:
    decimal = Decimal(shown.numerator) / Decimal(shown.denominator)
    words = str(decimal.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))
    return f"{words.removesuffix('.0')}%"
