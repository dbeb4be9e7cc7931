"""What rating meetings wait for: to be started, to go on, to be signed off, and the service to be told."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.urls import reverse

from accounts.models import User
from inspections.models import Inspection, Membership, Stage, TeamRole, TimelineStep
from inspections.queries import inspections_of
from inspections.rules import STEP_OF_STAGE
from inspections.work import WorkItem
from ratings.models import SIGNING_ROLES, Meeting, Signature

STEPS = {Stage.RATING: STEP_OF_STAGE[Stage.SIGNED], Stage.SIGNED: STEP_OF_STAGE[Stage.TOLD]}


def work_for(person: User) -> list[WorkItem]:
    """Of the inspections that the person leads or chairs, in one query."""
    return [item for inspection in waiting(person) for item in work_of(inspection)]


def waiting(person: User) -> QuerySet[Inspection]:
    """Inspections at a meeting or after it, each with how far it has come."""
    own = Membership.objects.filter(
        inspection=OuterRef("pk"), person=person, until__isnull=True, role__in=SIGNING_ROLES
    )
    meeting = Meeting.objects.filter(inspection=OuterRef("pk")).order_by("-number")
    signature = Signature.objects.filter(
        meeting__inspection=OuterRef("pk"), meeting__replaced_by__isnull=True, person=person
    )
    found = inspections_of(person).filter(Exists(own), stage__in=list(STEPS))
    return found.annotate(
        role=Subquery(own.values("role")[:1]),
        has_started=Exists(meeting),
        frozen_at=Subquery(meeting.values("frozen_at")[:1]),
        has_signed=Exists(signature),
        **{f"due_{stage}": due(step) for stage, step in STEPS.items()},
    )


def due(step: str) -> Subquery:
    steps = TimelineStep.objects.filter(inspection=OuterRef("pk"), step=step, actual__isnull=True)
    return Subquery(steps.values("anticipated")[:1])


def work_of(row: Any) -> Iterator[WorkItem]:
    """Nothing for whoever has signed and waits for the other, nor for the chair once it is signed off."""
    meeting = row.kind.meeting.name.lower()
    if row.stage == Stage.SIGNED:
        if row.role == TeamRole.LEAD:
            yield work_item(row, "Tell the service", "ratings:outcome")
    elif not row.has_started:
        yield work_item(row, f"Start the {meeting}", "ratings:meeting")
    elif not row.frozen_at:
        yield work_item(row, f"Decide at the {meeting}", "ratings:meeting", "In progress")
    elif not row.has_signed:
        yield work_item(row, "Sign off the ratings", "ratings:sign-off")


def work_item(row: Any, text: str, page: str, state: str = "Not yet started") -> WorkItem:
    return WorkItem(
        text=text,
        href=reverse(page, kwargs={"ref": row.ref}),
        inspection=f"{row.service.name}, {row.ref}",
        state=state,
        due=getattr(row, f"due_{row.stage}"),
    )
