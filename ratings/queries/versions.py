"""The versions of an inspection's meeting: what was replaced, by what, and which of them the service was told."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from inspections.models import Inspection
from ratings.models import Meeting, Outcome
from ratings.queries.meetings import differences, page_state, value_label, versions_of
from ratings.queries.outcomes import SignedRatings, signed_ratings
from ratings.rules.evidence import Evidence


def earlier(meeting: Meeting) -> QuerySet[Meeting]:
    """Those before it, the latest first, each with the one that replaced it; without what they rest on."""
    found = Meeting.objects.select_related("replaced_by__started_by")
    found = found.defer("evidence", "record", "replaced_by__evidence", "replaced_by__record")
    return found.filter(inspection=meeting.inspection_id, number__lt=meeting.number).order_by("-number")


def version_or_404(inspection: Inspection, number: int) -> Meeting:
    meeting = versions_of(inspection).select_related("replaced_by__started_by").filter(number=number).first()
    if meeting is None:
        raise Http404
    meeting.inspection = inspection
    return meeting


def replaced_by(meeting: Meeting) -> Meeting | None:
    return getattr(meeting, "replaced_by", None)


def answers_by_question(evidence: Evidence) -> list[tuple[str, list[tuple[str, str]]]]:
    """Each question with its cases and what the answer was, in words."""
    rows = groupby(evidence.answers, key=attrgetter("question"))
    return [(question, [(answer.case, value_label(answer)) for answer in answers]) for question, answers in rows]


@dataclass(frozen=True)
class Told:
    """What the service was told at one time."""

    outcome: Outcome
    ratings: SignedRatings


def told_of(inspection: Inspection) -> list[Told]:
    """The latest first: that one stands for the service, whatever has been signed or opened since."""
    outcomes = Outcome.objects.select_related("meeting", "told_by").filter(meeting__inspection=inspection)
    return [Told(outcome, words_of(outcome, inspection)) for outcome in outcomes.order_by("-meeting__number")]


def words_of(outcome: Outcome, inspection: Inspection) -> SignedRatings:
    outcome.meeting.inspection = inspection
    return signed_ratings(outcome.meeting)


def reopening_state(meeting: Meeting) -> dict[str, Any]:
    """What the page for opening signed ratings again shows, to be compared when somebody does."""
    told = Outcome.objects.filter(meeting=meeting).values_list("pk", flat=True).first()
    return {**page_state(meeting), "told": told or 0}


def reopening_differences(shown: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    found = differences(shown, now, then="decide")
    if shown["told"] != now["told"]:
        found.append("The service was told after you opened this page. Read this page again, then decide")
    return found
