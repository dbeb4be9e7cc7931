"""Which service to inspect next: what is known of each, with its last rating once that was told."""

from dataclasses import dataclass
from datetime import date

from accounts.models import User
from inspections.models import Stage
from inspections.queries.programme import Known, services_known_to
from ratings.models import Meeting
from ratings.queries.outcomes import signed_ratings


@dataclass(frozen=True)
class Candidate:
    known: Known
    rating: str
    is_due: bool


def candidates(person: User, today: date) -> list[Candidate]:
    ratings = told_ratings()
    return [
        Candidate(known, ratings.get(known.service.pk, ""), known.planned is None and (known.due or today) <= today)
        for known in services_known_to(person, today)
    ]


def told_ratings() -> dict[int, str]:
    """The overall rating of the last inspection of each service that has been told one, in words."""
    told = (
        Meeting.objects.filter(inspection__stage=Stage.TOLD, outcome__isnull=False)
        .select_related("inspection")
        .order_by("inspection__service_id", "-outcome__told_on", "-pk")
        .distinct("inspection__service_id")
    )
    return {meeting.inspection.service_id: signed_ratings(meeting).overall for meeting in told}
