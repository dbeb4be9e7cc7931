"""Who of an inspected service can use its pages, and in which language."""

from urllib.parse import urlencode

from django.db import transaction
from django.urls import reverse

from accounts import clock
from accounts.actions import contact_account, end_sign_in, record
from accounts.models import Role, User
from inspections.actions.mail import write_mail
from inspections.actions.refused import Refused
from inspections.models import Inspection, Language, Service, ServiceContact
from inspections.queries.service import free_place

INVITED = "You have been asked to work on an inspection of your service. Ask for a sign-in link with this address."
NO_PLACE = f"Up to {ServiceContact.PLACES} colleagues can use these pages. End the access of somebody first"


class ContactRefused(Refused):
    """Somebody cannot be invited, or their access cannot end like this."""


@transaction.atomic
def invite(*, inspection: Inspection, name: str, email: str, by: User) -> ServiceContact:
    """They get an e-mail that leads to the page that sends sign-in links."""
    service = Service.objects.select_for_update(no_key=True).get(pk=inspection.service_id)
    person = contact_account(email=email, name=name)
    if person.role != Role.SERVICE_CONTACT or not person.works_on(clock.today()):
        raise ContactRefused("This address cannot be used here. Use another, or ask the lead inspector", "email")
    if service.contacts.filter(person=person, until__isnull=True).exists():
        raise ContactRefused(f"{person.name} can use these pages already", "email")
    place = free_place(service)
    if place is None:
        raise ContactRefused(NO_PLACE)
    contact = service.contacts.create(person=person, place=place, invited_at=clock.now(), invited_by=by)
    home = reverse("inspections:service-home", kwargs={"ref": inspection.ref})
    write_mail(
        people=[person.pk],
        key=f"{inspection.ref} invited {contact.pk}",
        sentence=INVITED,
        link=f"{reverse('accounts:ask-for-link')}?{urlencode({'next': home})}",
        inspection=inspection,
    )
    record(by=by, verb="invited a colleague", inspection=inspection.ref, subject=person.name)
    return contact


@transaction.atomic
def end_access(*, inspection: Inspection, contact: ServiceContact, by: User) -> None:
    """From now on they see nothing of the service; they are signed out everywhere, and links sent to them are dead."""
    if contact.person_id == by.pk:
        raise ContactRefused("You cannot end your own access. Ask a colleague, or the lead inspector")
    standing = ServiceContact.objects.filter(pk=contact.pk, until__isnull=True, place__isnull=False)
    if not standing.update(until=clock.now()):
        raise ContactRefused(f"{contact.person.name} cannot use these pages any more")
    end_sign_in(contact.person)
    record(by=by, verb="ended the access of a colleague", inspection=inspection.ref, subject=contact.person.name)


@transaction.atomic
def choose_language(*, inspection: Inspection, contact: ServiceContact, language: str, needs: str, by: User) -> None:
    ServiceContact.objects.filter(pk=contact.pk).update(language=Language(language), needs=needs)
    record(
        by=by,
        verb="chose a language",
        inspection=inspection.ref,
        subject=by.name,
        detail={"language": Language(language).label, "has needs": bool(needs)},
    )
