"""Raises an organisational alert, and confirms or refuses it."""

from django.db import transaction

from accounts import clock
from accounts.actions import record
from accounts.models import User
from inspections.actions.notifications import tell
from inspections.actions.refused import Refused
from inspections.models import Inspection, OrganisationalAlert
from inspections.queries.team import leads_and_heads


class AlertRefused(Refused):
    """There is one already, or none that waits."""


@transaction.atomic
def raise_alert(*, by: User, inspection: Inspection, reason: str) -> OrganisationalAlert:
    """Every head of programme is told, without the reason. Raises AlertRefused."""
    Inspection.objects.select_for_update(no_key=True).get(pk=inspection.pk)
    if inspection.alerts.filter(refused_at=None).exists():
        raise AlertRefused("There is an organisational alert on this inspection already")
    alert = OrganisationalAlert.objects.create(
        inspection=inspection, reason=reason, raised_at=clock.now(), raised_by=by
    )
    leave_word(inspection, by, f"raised {alert.pk}", f"An organisational alert was raised in {inspection.ref}")
    record(by=by, verb="raised an organisational alert", inspection=inspection.ref)
    return alert


@transaction.atomic
def settle_alert(*, by: User, inspection: Inspection, confirm: bool, reason: str) -> None:
    """Whoever raised it does not confirm it. Raises AlertRefused."""
    waiting = inspection.alerts.select_for_update(no_key=True).filter(confirmed_at=None, refused_at=None).first()
    if waiting is None:
        raise AlertRefused("No organisational alert waits to be confirmed")
    if waiting.raised_by_id == by.pk:
        raise AlertRefused("You raised this alert. Somebody else confirms it")
    done, verb = ("confirmed", "confirmed") if confirm else ("refused", "not confirmed")
    setattr(waiting, f"{done}_at", clock.now())
    setattr(waiting, f"{done}_by", by)
    waiting.settled_because = reason
    waiting.save(update_fields=[f"{done}_at", f"{done}_by", "settled_because"])
    leave_word(inspection, by, f"settled {waiting.pk}", f"The organisational alert in {inspection.ref} was {verb}")
    record(by=by, verb=f"organisational alert {verb}", inspection=inspection.ref)


def leave_word(inspection: Inspection, by: User, what: str, text: str) -> None:
    people = [person for person in leads_and_heads([inspection])[inspection.pk] if person != by.pk]
    tell(people=people, key=f"{inspection.ref} alert {what}", text=text, to="inspections:alert", inspection=inspection)
