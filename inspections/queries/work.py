"""What a person has to do on the timelines of their inspections."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse

from accounts import clock
from accounts.models import Role, User
from inspections.models import OPEN, TeamRole, TimelineStep
from inspections.queries.permission import inspections_of
from inspections.queries.team import ending_by
from inspections.queries.timeline import waiting_until
from inspections.rules import date_words
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


@dataclass(frozen=True)
class Strip:
    """One line for the role of a person, and where it leads."""

    text: str
    href: str


def strip_of(person: User) -> Strip | None:
    """In one query: what slipped for a head, accounts that end for an administrator, the next meeting for a chair."""
    today = clock.today()
    if person.role == Role.HEAD:
        late = waiting_until(today - timedelta(days=1)).filter(inspection__in=inspections_of(person).values("pk"))
        return Strip(f"{counted(late.count(), 'step')} late in all inspections", reverse("inspections:programme"))
    if person.role == Role.ADMINISTRATOR:
        ending = ending_by(today, today + AHEAD).count()
        return Strip(f"{counted(ending, 'account')} ending within a week", reverse("inspections:notifications"))
    return next_meeting(person)


def next_meeting(person: User) -> Strip | None:
    chairs = {"memberships__person": person, "memberships__role": TeamRole.PANEL_CHAIR, "memberships__until": None}
    steps = TimelineStep.objects.filter(OPEN, step="rating_meeting")
    own = inspections_of(person).filter(**chairs).values("pk")
    found = steps.filter(inspection__in=own).select_related("inspection__service").order_by("anticipated", "pk").first()
    if found is None:
        return None
    inspection = found.inspection
    words = f"The next that you chair: {date_words(found.anticipated)}. {inspection.service.name}, {inspection.ref}"
    return Strip(words, reverse("inspections:timeline", kwargs={"ref": inspection.ref}))


def counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def work_item(step: TimelineStep, today: date) -> WorkItem:
    return WorkItem(
        text=MOVES.get(step.step, f"Record: {step.title}"),
        href=reverse("inspections:timeline", kwargs={"ref": step.inspection.ref}),
        inspection=f"{step.inspection.service.name}, {step.inspection.ref}",
        state="There is a problem" if step.anticipated < today else "Not yet started",
        due=step.anticipated,
    )
