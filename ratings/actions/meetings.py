"""The rating meeting starts, its record is frozen, and, before anybody has signed, taken up again."""

from typing import Any

from django.db import transaction

from accounts import clock
from accounts.actions import record
from accounts.models import User
from inspections.actions.refused import Refused
from inspections.models import Inspection, Stage
from ratings.actions.stating import state_before_freezing
from ratings.models import Attendance, Meeting
from ratings.queries import evidence as answers
from ratings.queries.meetings import Agenda
from ratings.queries.members import able_to_attend
from ratings.rules.evidence import Evidence, evidence_to_json
from ratings.rules.record import digest


class AlreadyStarted(Refused):
    """There is a meeting, with its stamp."""


class NotAtRating(Refused):
    """Fieldwork is still open, or the ratings are signed off."""


class Frozen(Refused):
    """The record is closed for decisions."""


class NotFrozen(Refused):
    """The record is still open for decisions."""


class Undecided(Refused):
    """Something on the agenda is open."""


class StandardsChanged(Refused):
    """The file of standards is not the one that the inspection began under."""


class AlreadySigned(Refused):
    """The record carries a signature that this would go against."""


@transaction.atomic
def start(*, inspection: Inspection, by: User) -> Meeting:
    """Stamps the evidence: later changes of an answer move no figure of the meeting."""
    inspection = Inspection.objects.select_for_update(no_key=True).get(pk=inspection.pk)
    refuse_start(inspection)
    evidence = answers.to_stamp(inspection)
    meeting = Meeting.objects.create(
        inspection=inspection, started_at=clock.now(), started_by=by, **stamp(inspection, evidence)
    )
    gather(meeting, by)
    record(
        by=by,
        verb="started the rating meeting",
        inspection=inspection.ref,
        detail={"evidence_digest": meeting.evidence_digest, **counts(evidence)},
    )
    return meeting


def gather(meeting: Meeting, by: User) -> None:
    """Everybody who has a part in it is there until somebody says otherwise."""
    Attendance.objects.bulk_create(
        Attendance(
            meeting=meeting, person_id=place.person_id, role=place.role, changed_at=meeting.started_at, changed_by=by
        )
        for place in able_to_attend(meeting)
    )


def stamp(inspection: Inspection, evidence: Evidence) -> dict[str, Any]:
    """The fields of a meeting that hold the evidence as it is now. The caller holds the inspection's row."""
    stamped = evidence_to_json(evidence)
    version = inspection.evidence_version
    return {"evidence_version": version, "evidence": stamped, "evidence_digest": digest(stamped)}


def refuse_start(inspection: Inspection) -> None:
    if inspection.stage != Stage.RATING:
        raise NotAtRating("The meeting starts once fieldwork is closed and before the ratings are signed off")
    if Meeting.objects.filter(inspection=inspection).exists():
        raise AlreadyStarted("The meeting has already started")
    refuse_other_standards(inspection)


def refuse_other_standards(inspection: Inspection) -> None:
    if inspection.standards.content_hash != inspection.standards_hash:
        raise StandardsChanged(
            f"The standards {inspection.standards_key} have changed since this inspection began. "
            "Put back the file of that time first"
        )


def counts(evidence: Evidence) -> dict[str, int]:
    return {"cases": len(evidence.cases), "answers": len(evidence.answers), "left_out": len(evidence.left_out)}


def held(inspection_id: int) -> Inspection:
    """The row, until the transaction ends: of two who open, sign or return at once, one comes first."""
    return (
        Inspection.objects.select_for_update(of=("self",), no_key=True).select_related("service").get(pk=inspection_id)
    )


def lock(meeting: Meeting) -> Meeting:
    """The row as it is now, held until the transaction ends."""
    return Meeting.objects.select_for_update(of=("self",), no_key=True).select_related("inspection").get(pk=meeting.pk)


@transaction.atomic
def freeze(*, meeting: Meeting, by: User) -> Meeting:
    """Closes the decisions. What is signed is the digest of the record that this makes."""
    meeting = lock(meeting)
    refuse_other_standards(meeting.inspection)
    agenda = Agenda(meeting)
    if meeting.frozen_at:
        raise Frozen("The record is already frozen")
    if agenda.open_items:
        undecided = ", ".join(found.item.code for found in agenda.open_items)
        raise Undecided(f"The meeting has still to decide {undecided}")
    state_before_freezing(meeting, agenda, by)
    meeting.record = agenda.record()
    meeting.record_digest = digest(meeting.record)
    meeting.frozen_at, meeting.frozen_by = clock.now(), by
    meeting.save(update_fields=["record", "record_digest", "frozen_at", "frozen_by"])
    detail = {"record_digest": meeting.record_digest}
    record(by=by, verb="froze the ratings", inspection=meeting.inspection.ref, detail=detail)
    return meeting


@transaction.atomic
def unfreeze(*, meeting: Meeting, reason: str, by: User) -> Meeting:
    meeting = lock(meeting)
    if not meeting.frozen_at:
        raise NotFrozen("The record is not frozen")
    if signature := meeting.signatures.select_related("person").first():
        raise AlreadySigned(f"{signature.person.name} has signed this record, so it stands")
    detail = {"reason": reason, "record_digest": meeting.record_digest}
    meeting.record, meeting.record_digest, meeting.frozen_at, meeting.frozen_by = None, "", None, None
    meeting.save(update_fields=["record", "record_digest", "frozen_at", "frozen_by"])
    record(by=by, verb="took up the ratings again", inspection=meeting.inspection.ref, detail=detail)
    return meeting
