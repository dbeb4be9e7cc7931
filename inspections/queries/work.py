"""What a person has to do on the timelines of their inspections."""

from datetime import date, timedelta

from django.urls import reverse

from accounts import clock
from accounts.models import Role, User
from inspections.models import TeamRole, TimelineStep
from inspections.queries.permission import inspections_of
from inspections.queries.timeline import waiting_until
from inspections.work import WorkItem

AHEAD = timedelta(days=7)
AT_MOST = 11  # the page shows ten, and that there are more
MOVES = {
    "announcement": "Announce the inspection",
    "fieldwork_start": "Start fieldwork",
    "fieldwork_end": "Close fieldwork",
    "rating_meeting": "Hold the rating meeting and sign off",
    "service_told": "Tell the service the outcome",
}


def work_for(person: User) -> list[WorkItem]:
    """Steps of the next seven days and overdue ones: of inspections that the person leads, or of all for a head."""
    today = clock.today()
    inspections = inspections_of(person)
    if person.role != Role.HEAD:
        own = {"memberships__person": person, "memberships__role": TeamRole.LEAD, "memberships__until": None}
        inspections = inspections.filter(**own)
    steps = waiting_until(today + AHEAD).filter(inspection__in=inspections.values("pk"))
    return [work_item(step, today) for step in steps[:AT_MOST]]


def work_item(step: TimelineStep, today: date) -> WorkItem:
    return WorkItem(
        text=MOVES.get(step.step, f"Record: {step.title}"),
        href=reverse("inspections:timeline", kwargs={"ref": step.inspection.ref}),
        inspection=f"{step.inspection.service.name}, {step.inspection.ref}",
        state="There is a problem" if step.anticipated < today else "Not yet started",
        due=step.anticipated,
    )
