"""What the service does on its own pages: who works with us, whom we can meet, and a meeting that does not suit."""

from cases.actions.timetable_requests import answer_request, ask_for_change
from cases.queries.timetable import latest_version
from cases.queries.timetable_requests import sent_slot
from config.demo import people
from config.demo.telling import Telling
from inspections.actions.contacts import choose_language, invite
from inspections.actions.people import list_person, say_of_person
from inspections.models import RequestAnswer, SlotRequest
from inspections.queries.service import own_contact

PEOPLE = (
    ("Demo Case Manager One", "Case manager", "Every day but Wednesday", False, ""),
    ("Demo Victim Worker", "Victim worker", "Mornings", False, "A break after half an hour"),
    ("Demo Education Officer", "Education officer of the council", "Tuesday and Thursday", True, ""),
)


def prepare(telling: Telling) -> None:
    """The contact says what they need, invites a colleague and lists people."""
    telling.it_is(-25, 9, 40)
    inspection, by = telling.inspection, telling.contact
    contact = own_contact(inspection, by)
    choose_language(inspection=inspection, contact=contact, language="en", needs="Papers in large print", by=by)
    colleague = people.colleague_of(inspection.service.name)
    invite(inspection=inspection, name=colleague.name, email=colleague.email, by=by)
    for name, post, available, in_welsh, needs in PEOPLE:
        person = list_person(inspection=inspection, name=name, post=post, by=by)
        said: dict[str, str | bool] = {"available": available, "in_welsh": in_welsh, "needs": needs}
        say_of_person(person=person, said=said, by=by)


def ask_for_two_changes(telling: Telling) -> None:
    """The lead inspector has answered the first; the second waits."""
    version = latest_version(telling.inspection)
    if version is None:
        return
    telling.it_is(-5, 9, 10)
    first, _ = [ask(telling, sent["pk"]) for sent in version.slots[:2]]
    telling.it_is(-5, 14, 20)
    answer_request(
        inspection=telling.inspection,
        request=first,
        answer=RequestAnswer.NOT_POSSIBLE,
        why="Everybody else is booked then",
        by=telling.lead,
    )


def ask(telling: Telling, pk: int) -> SlotRequest:
    slot, as_sent = sent_slot(telling.inspection, pk)
    return ask_for_change(
        inspection=telling.inspection,
        slot=slot,
        sent=as_sent,
        reason="The team meeting is at that time",
        times="Any time on Thursday",
        by=telling.contact,
    )
