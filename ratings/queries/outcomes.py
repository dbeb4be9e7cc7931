"""What was signed off, in the words that may leave the Inspectorate."""

from dataclasses import dataclass

from ratings.models import Meeting, Outcome
from standards.schema import Standard


@dataclass(frozen=True)
class RatingWords:
    title: str
    words: str


@dataclass(frozen=True)
class SignedRatings:
    """Words only: no counts, no percentages, nothing of any case, nobody's name."""

    overall: str
    counting: tuple[RatingWords, ...]
    apart: tuple[RatingWords, ...]


def outcome_of(meeting: Meeting) -> Outcome | None:
    return Outcome.objects.select_related("told_by").filter(meeting=meeting).first()


def signed_ratings(meeting: Meeting) -> SignedRatings:
    inspection, result = meeting.inspection, (meeting.record or {})["result"]
    standards, kind = inspection.standards, inspection.inspection_type

    def in_words(standard: Standard) -> RatingWords:
        rating = result["standards"][standard.code]["rating"]
        return RatingWords(f"{standard.code} {standard.title}", standards.rating(rating).label)

    counting = standards.inspection_types[kind].counting
    return SignedRatings(
        overall=standards.rating(result["overall"]).label,
        counting=tuple(in_words(standard) for standard in standards.rated(kind) if standard.code in counting),
        apart=tuple(in_words(standard) for standard in standards.rated(kind) if standard.code not in counting),
    )
