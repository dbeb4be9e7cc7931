"""What the home page of an inspection shows."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date

from inspections import rules
from inspections.models import Inspection, Membership, Stage, TeamRole
from inspections.queries.team import team_of
from inspections.queries.timeline import StepRow, timeline_of, upcoming


@dataclass(frozen=True)
class Problem:
    text: str
    url_name: str


@dataclass(frozen=True)
class Home:
    team: list[Membership]
    next_steps: list[StepRow]
    problems: list[Problem]


def home_of(inspection: Inspection, today: date, holidays: Set[date]) -> Home:
    steps = timeline_of(inspection, today, holidays)
    team = [place for place in team_of(inspection) if place.until is None]
    return Home(team, upcoming(steps), [*team_problems(inspection, team), *step_problems(steps)])


def team_problems(inspection: Inspection, team: list[Membership]) -> list[Problem]:
    held = {place.role for place in team}
    missing = [role for role in needed(inspection) if role not in held]
    kept_away = [place.person.name for place in team if place.has_interest]
    return [Problem(f"There is no {role.label.lower()}", "inspections:team") for role in missing] + [
        Problem(f"{name} has declared an interest and cannot open this inspection", "inspections:team")
        for name in kept_away
    ]


def needed(inspection: Inspection) -> list[TeamRole]:
    """Roles that somebody must have by now."""
    before_fieldwork = inspection.stage in {Stage.SCHEDULED, Stage.ANNOUNCED}
    return [TeamRole.LEAD] if before_fieldwork else [TeamRole.LEAD, TeamRole.PANEL_CHAIR]


def step_problems(steps: list[StepRow]) -> list[Problem]:
    return [
        Problem(f"{row.step.title}: was due on {rules.date_words(row.step.anticipated)}", "inspections:timeline")
        for row in steps
        if row.is_late
    ]
