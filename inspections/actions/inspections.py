"""Plans inspections and moves them on."""

from collections.abc import Set
from datetime import date

from django.db import connection, transaction
from django.db.models import F

from accounts import clock
from accounts.actions import record
from accounts.models import User
from inspections import rules
from inspections.actions.refused import Refused
from inspections.actions.team import put_on_team
from inspections.models import Inspection, Service, Stage, StandardsText, TeamRole, TimelineStep
from inspections.queries.inspections import is_planned, refs
from standards.loader import TEXTS
from standards.schema import Standards


class InspectionRefused(Refused):
    """The inspection cannot be planned like this."""


class StageRefused(Refused):
    """The inspection is not at the stage that comes before the wanted one."""


@transaction.atomic
def create_inspection(
    *,
    by: User,
    service: Service,
    inspection_type: str,
    standards: Standards,
    fieldwork_start: date,
    lead: User,
    holidays: frozenset[date],
) -> Inspection:
    """With its timeline and its lead inspector. One at a time, so that no reference is given twice."""
    one_at_a_time()
    check_plan(service, fieldwork_start, holidays)
    keep_text(standards)
    inspection = Inspection.objects.create(
        ref=rules.next_ref(fieldwork_start.year, refs()),
        service=service,
        inspection_type=inspection_type,
        nation=service.nation,
        standards_key=standards.key,
        standards_hash=standards.content_hash,
        fieldwork_start=fieldwork_start,
        created_at=clock.now(),
        created_by=by,
    )
    plan_timeline(inspection, standards, holidays)
    put_on_team(inspection, lead, TeamRole.LEAD, field="lead")
    record(
        by=by,
        verb="created the inspection",
        inspection=inspection.ref,
        subject=service.name,
        detail={
            "type": inspection.kind.name,
            "fieldwork starts": rules.date_words(fieldwork_start),
            "lead": lead.name,
        },
    )
    return inspection


def one_at_a_time() -> None:
    """Until the transaction ends, whoever else creates an inspection waits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('create an inspection'))")


def check_plan(service: Service, fieldwork_start: date, holidays: Set[date]) -> None:
    if problem := rules.fieldwork_start_problem(fieldwork_start, clock.today(), holidays):
        raise InspectionRefused(problem, "fieldwork_start")
    if is_planned(service, fieldwork_start):
        day = rules.date_words(fieldwork_start)
        raise InspectionRefused(f"There is already an inspection of {service.name} on {day}", "fieldwork_start")


def keep_text(standards: Standards) -> None:
    """The inspection goes on under this text, whatever becomes of the file."""
    kept = {"key": standards.key, "content": TEXTS[standards.content_hash], "kept_at": clock.now()}
    StandardsText.objects.get_or_create(hash=standards.content_hash, defaults=kept)


def plan_timeline(inspection: Inspection, standards: Standards, holidays: frozenset[date]) -> None:
    steps = rules.timeline(
        standards,
        inspection_type=inspection.inspection_type,
        nation=inspection.nation,
        fieldwork_start=inspection.fieldwork_start,
        holidays=holidays,
    )
    TimelineStep.objects.bulk_create(
        TimelineStep(
            inspection=inspection,
            step=step.step,
            position=position,
            title=step.title,
            who=step.who,
            rule=step.rule,
            moved_because=step.moved_because or "",
            planned=step.date,
            anticipated=step.date,
        )
        for position, step in enumerate(steps, start=1)
    )


@transaction.atomic
def reach_stage(*, inspection: Inspection, stage: str, by: User, day: date | None = None) -> None:
    """From the stage before it to `stage`; the step of the timeline that this is happens on `day`, or today.

    The caller checks whatever else has to be true first, in the same transaction.
    """
    found = Inspection.objects.select_for_update(no_key=True).get(pk=inspection.pk)
    if found.stage != rules.STAGE_BEFORE.get(stage):
        raise StageRefused(f"This inspection is now at the stage “{found.get_stage_display()}”. Load the page again")
    found.stage = inspection.stage = Stage(stage)
    if stage == Stage.TOLD and found.told_on is None:
        found.told_on = inspection.told_on = day or clock.today()
    found.save(update_fields=["stage", "told_on"])
    happened = inspection.timeline.filter(step=rules.STEP_OF_STAGE[stage], actual__isnull=True)
    happened.update(actual=day or clock.today(), recorded_by=by)
    record(by=by, verb="moved the inspection on", inspection=found.ref, subject=found.get_stage_display())


def back_to_rating(inspection: Inspection) -> None:
    """Signed ratings are open again. The caller holds the row, has checked, and records why.

    The timeline keeps the days on which they were first signed and told.
    """
    inspection.stage = Stage.RATING
    inspection.save(update_fields=["stage"])


def mark_evidence_changed(inspection_id: int) -> None:
    """Called by the action that changed it, in its transaction: ratings computed before this are stale."""
    Inspection.objects.filter(pk=inspection_id).update(
        evidence_version=F("evidence_version") + 1, evidence_changed_at=clock.now()
    )
