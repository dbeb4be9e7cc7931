"""Adds themes, agreements, actions of catch-ups and contacts with children, parents and carers."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from accounts import clock
from accounts.actions import record
from accounts.models import User
from cases.models import CatchUpAction, Contact, Discussion, MeetingNote, Step, Theme
from inspections.actions.refused import Refused
from inspections.models import Inspection


@dataclass(frozen=True)
class Statement:
    standard: str
    direction: str
    text: str
    based_on: str = ""


@transaction.atomic
def add_theme(
    *,
    by: User,
    inspection: Inspection,
    said: Statement,
    day: date,
    meeting: MeetingNote | None = None,
    contact: Contact | None = None,
    discussion: Discussion | None = None,
) -> Theme:
    """The same statement from the same source once more is the same theme."""
    _lock(inspection)
    source = {"day": day, "meeting": meeting, "contact": contact, "discussion": discussion}
    values = {"inspection": inspection, **source, **vars(said)}
    if same := Theme.objects.filter(**values, withdrawn_at=None).first():
        return same
    theme = Theme.objects.create(**values, made_at=clock.now(), made_by=by)
    record(by=by, verb="theme added", inspection=inspection.ref, subject=said.standard, detail={"theme": theme.pk})
    return theme


@transaction.atomic
def agree_theme(*, by: User, theme: Theme) -> None:
    """Raises Refused to its author; once more changes nothing."""
    theme = _held(theme)
    if theme.made_by_id == by.pk:
        raise Refused("Somebody other than whoever wrote a theme agrees with it")
    _, new = theme.agreements.get_or_create(by=by, defaults={"at": clock.now()})
    if new:
        _record_theme(by, "theme agreed", theme)


@transaction.atomic
def withdraw_theme(*, by: User, theme: Theme) -> None:
    theme = _held(theme)
    theme.withdrawn_at, theme.withdrawn_by = clock.now(), by
    theme.save(update_fields=["withdrawn_at", "withdrawn_by"])
    _record_theme(by, "theme withdrawn", theme)


def _held(theme: Theme) -> Theme:
    """Locked. Raises Refused where it is withdrawn by now."""
    held = Theme.objects.select_for_update(of=("self",), no_key=True).select_related("inspection").get(pk=theme.pk)
    if held.withdrawn_at:
        raise Refused("Somebody has withdrawn this theme")
    return held


def _record_theme(by: User, verb: str, theme: Theme) -> None:
    record(by=by, verb=verb, inspection=theme.inspection.ref, subject=theme.standard, detail={"theme": theme.pk})


@transaction.atomic
def add_action(*, by: User, inspection: Inspection, day: date, text: str, owner: User) -> CatchUpAction:
    _lock(inspection)
    values = {"inspection": inspection, "day": day, "text": text, "owner": owner}
    if same := CatchUpAction.objects.filter(**values, done_at=None).first():
        return same
    action = CatchUpAction.objects.create(**values, made_at=clock.now(), made_by=by)
    record(by=by, verb="action of a catch-up added", inspection=inspection.ref, subject=day.isoformat())
    return action


@transaction.atomic
def finish_action(*, by: User, action: CatchUpAction) -> None:
    """Once more changes nothing."""
    done = {"done_at": clock.now(), "done_by": by}
    if CatchUpAction.objects.filter(pk=action.pk, done_at=None).update(**done):
        ref = action.inspection.ref
        record(by=by, verb="action of a catch-up done", inspection=ref, subject=action.day.isoformat())


@dataclass(frozen=True)
class Reached:
    """How many were offered to take part or did, or why nobody did."""

    channel: str
    day: date
    children: int = 0
    parents: int = 0
    carers: int = 0
    no_contact_reason: str = ""
    views: str = ""


@transaction.atomic
def record_contact(*, by: User, inspection: Inspection, step: Step, once: UUID, said: Reached) -> Contact:
    """The same form once more is the same contact."""
    _lock(inspection)
    if same := inspection.voices.filter(once=once, made_by=by).first():
        return same
    values = {"inspection": inspection, "step": step, "once": once, **vars(said)}
    contact = Contact.objects.create(made_at=clock.now(), made_by=by, **values)
    detail = {"channel": said.channel, "children": said.children, "parents": said.parents, "carers": said.carers}
    record(by=by, verb=f"participation {step} recorded", inspection=inspection.ref, detail=detail)
    return contact


def _lock(inspection: Inspection) -> None:
    Inspection.objects.select_for_update(no_key=True).get(pk=inspection.pk)
