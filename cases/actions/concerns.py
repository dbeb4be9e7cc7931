"""Raises concerns, alerts those who have to act on them, and keeps what they did."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from accounts import clock
from accounts.actions import record
from accounts.models import User
from cases.models import Case, Concern, ConcernNote, Told
from cases.queries.concerns import alerted, heads, waiting_since
from inspections.actions import write_mail
from inspections.actions.notifications import leave
from inspections.actions.refused import Refused
from inspections.models import Notification

UNACKNOWLEDGED_FOR = timedelta(hours=1)  # before the head of programme is told


class ConcernRefused(Refused):
    """The form was sent before with other words, or somebody else has acknowledged the concern."""


@dataclass(frozen=True)
class Account:
    """What somebody says in raising a concern. `told_whom` and `told_at` only where the service was told."""

    seen: str
    told: Told
    told_whom: str = ""
    told_at: datetime | None = None


@transaction.atomic
def raise_concern(*, by: User, case: Case, once: UUID, account: Account) -> Concern:
    """Alerts lead and deputies with it. The same form again is the same concern; with other words: ConcernRefused."""
    said = asdict(account)
    concern, new = Concern.objects.get_or_create(
        once=once, defaults={"case": case, "raised_by": by, "raised_at": clock.now(), **said}
    )
    if new:
        _alert(concern, by)
        detail = {"service told": account.told == Told.YES}
        record(by=by, verb="concern raised", inspection=case.inspection.ref, subject=case.ref, detail=detail)
    elif (concern.case_id, concern.raised_by_id) != (case.pk, by.pk) or _differs(concern, said):
        raise ConcernRefused(
            "This form was already sent with other words, and that concern is kept. "
            "To raise what is below as another concern, raise it again"
        )
    return concern


def _differs(concern: Concern, said: dict[str, object]) -> bool:
    return any(getattr(concern, name) != value for name, value in said.items())


def _alert(concern: Concern, by: User) -> None:
    """Where there is nobody else to alert, the heads of programme are told at once."""
    people = alerted(concern.case.inspection) - {by.pk}
    if people:
        _tell(people, concern, "raised", f"A concern was raised about {concern.case.ref}")
        _mail(people, concern, "raised", "Somebody has raised a concern. Read it and acknowledge it.")
    else:
        _escalate(concern, "has nobody else to acknowledge it")


@transaction.atomic
def add_telling(*, by: User, concern: Concern, told_whom: str, told_at: datetime) -> ConcernNote:
    """That the service was told after the concern was raised. The same once more, soon after, is the same note."""
    held = Concern.objects.select_for_update(no_key=True).get(pk=concern.pk)
    same = held.notes.filter(by=by, told_whom=told_whom, told_at=told_at).first()
    if same is not None:
        return same
    note = ConcernNote.objects.create(concern=held, told_whom=told_whom, told_at=told_at, at=clock.now(), by=by)
    case = concern.case
    others = alerted(case.inspection) | {held.raised_by_id}
    _tell(others - {by.pk}, concern, f"told {note.pk}", f"The service was told of the concern about {case.ref}")
    record(by=by, verb="concern told to the service", inspection=case.inspection.ref, subject=case.ref)
    return note


@transaction.atomic
def acknowledge(*, by: User, concern: Concern, done: str) -> None:
    """Once; whoever comes second is told who was first: ConcernRefused."""
    held = Concern.objects.select_for_update(no_key=True, of=("self",)).get(pk=concern.pk)
    case = concern.case
    if held.acknowledged_by_id == by.pk and held.done == done:
        return
    if held.acknowledged_by is not None:
        raise ConcernRefused(f"{held.acknowledged_by.name} has acknowledged this concern already")
    held.acknowledged_at, held.acknowledged_by, held.done = clock.now(), by, done
    held.save(update_fields=["acknowledged_at", "acknowledged_by", "done"])
    others = alerted(case.inspection) | {held.raised_by_id}
    _tell(others - {by.pk}, concern, "acknowledged", f"{by.name} has acknowledged the concern about {case.ref}")
    record(by=by, verb="concern acknowledged", inspection=case.inspection.ref, subject=case.ref)


def escalate_concerns() -> None:
    """Each on its own, so that one that fails keeps no other waiting. Twins pass over what the other holds."""
    for pk in waiting_since(clock.now() - UNACKNOWLEDGED_FOR).values_list("pk", flat=True):
        _escalate_one(pk)


@transaction.atomic
def _escalate_one(pk: int) -> None:
    still_waiting = waiting_since(clock.now() - UNACKNOWLEDGED_FOR).filter(pk=pk)
    concern = still_waiting.select_for_update(no_key=True, skip_locked=True).first()
    if concern is None:
        return
    _escalate(concern, "has not been acknowledged for an hour")
    case = concern.case
    record(by=None, verb="concern told to the head", inspection=case.inspection.ref, subject=case.ref)


def _escalate(concern: Concern, why: str) -> None:
    """The heads of programme are told, and lead and deputies once more."""
    inspection = concern.case.inspection
    concern.escalated_at = clock.now()
    concern.save(update_fields=["escalated_at"])
    people = heads(inspection) | alerted(inspection)
    _tell(people, concern, "escalated", f"The concern about {concern.case.ref} {why}")
    _mail(people, concern, "escalated", f"A concern {why}.")


def _tell(people: Iterable[int], concern: Concern, occasion: str, text: str) -> None:
    """Within the product a notification may name the case; never what was seen."""
    case, inspection = concern.case, concern.case.inspection
    now, link = clock.now(), {"ref": inspection.ref, "case_ref": case.ref, "pk": concern.pk}
    leave(
        [
            Notification(
                person_id=person,
                inspection=inspection,
                key=f"concern {concern.pk} {occasion}",
                text=f"{text}. {inspection.service.name}, {inspection.ref}",
                link=reverse("cases:concern", kwargs=link),
                created_at=now,
            )
            for person in people
        ]
    )


def _mail(people: Iterable[int], concern: Concern, occasion: str, sentence: str) -> None:
    inspection = concern.case.inspection
    write_mail(
        people=people,
        key=f"concern {concern.pk} {occasion}",
        sentence=sentence,
        link=reverse("cases:concerns", kwargs={"ref": inspection.ref}),
        inspection=inspection,
    )
