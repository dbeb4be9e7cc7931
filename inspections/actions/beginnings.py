"""Announces an inspection, and keeps the notes of its planning meeting."""

from collections.abc import Mapping

from django.db import transaction
from django.urls import reverse

from accounts import clock
from accounts.actions import record
from accounts.models import User
from inspections.actions.inspections import reach_stage
from inspections.actions.mail import write_mail, write_mail_outside
from inspections.actions.notifications import tell
from inspections.actions.refused import Refused
from inspections.models import Announcement, Inspection, MeetingLanguage, Nation, PlanningMeeting, Stage
from inspections.queries.beginnings import letter_facts
from inspections.queries.service import contacts_listed
from inspections.queries.team import leads_and_heads
from inspections.rules import date_words
from inspections.rules.beginnings import NO_WELSH, announcement_problem, letter

TOLD = "Your service will be inspected. The letter and what to do next are on your pages."
YJB_SUBJECT = "Youth inspection announced"


class AnnouncementRefused(Refused):
    """A part is missing."""


class MeetingRefused(Refused):
    """Somebody else saved the notes in the meantime; `theirs` is what stands."""

    def __init__(self, reason: str, theirs: PlanningMeeting) -> None:
        super().__init__(reason)
        self.theirs = theirs


@transaction.atomic
def announce(*, inspection: Inspection, yjb_email: str, reason: str, letter_cy: str, by: User) -> Announcement:
    """The service, the Youth Justice Board and the heads of programme are told together, or nobody is.

    Raises StageRefused where it was announced before.
    """
    today, facts = clock.today(), letter_facts(inspection)
    if problem := announcement_problem(today=today, reason=reason):
        raise AnnouncementRefused(problem, "reason")
    if inspection.nation == Nation.WALES and not letter_cy:
        raise AnnouncementRefused(NO_WELSH, "letter_cy")
    if not facts.lead:
        raise AnnouncementRefused("There is no lead inspector. Add one to the team first")
    reach_stage(inspection=inspection, stage=Stage.ANNOUNCED, by=by)
    contacts = contacts_listed(inspection)
    announcement = Announcement.objects.create(
        inspection=inspection,
        letter=letter(facts),
        letter_cy=letter_cy,
        contacts=[contact.person.name for contact in contacts],
        yjb_email=yjb_email,
        sent_on=today,
        reason=reason,
        sent_at=clock.now(),
        sent_by=by,
    )
    tell_everybody(announcement, [contact.person_id for contact in contacts])
    detail = {"contacts": announcement.contacts, "Youth Justice Board": yjb_email, "reason": reason}
    record(by=by, verb="sent the announcement", inspection=inspection.ref, detail=detail)
    return announcement


def tell_everybody(announcement: Announcement, contacts: list[int]) -> None:
    inspection, key = announcement.inspection, f"{announcement.inspection.ref} announced"
    letter_page = reverse("inspections:service-letter", kwargs={"ref": inspection.ref})
    write_mail(people=contacts, key=key, sentence=TOLD, link=letter_page, inspection=inspection)
    tell(
        people=contacts,
        key=key,
        text=f"{TOLD} {inspection.ref}",
        to="inspections:service-letter",
        inspection=inspection,
    )
    named = f"{inspection.service.name}, {inspection.ref}"
    starts = date_words(inspection.fieldwork_start)
    write_mail_outside(
        address=announcement.yjb_email,
        key=key,
        subject=f"{YJB_SUBJECT}, {inspection.ref}",
        sentence=f"We have announced the inspection of {named}. Fieldwork starts on {starts}.",
        inspection=inspection,
    )
    office = [person for person in leads_and_heads([inspection])[inspection.pk] if person != announcement.sent_by_id]
    page, text = "inspections:announcement", f"The inspection was announced. {named}"
    link = reverse(page, kwargs={"ref": inspection.ref})
    tell(people=office, key=key, text=text, to=page, inspection=inspection)
    write_mail(people=office, key=key, sentence="The inspection was announced.", link=link, inspection=inspection)


@transaction.atomic
def save_meeting(
    *, inspection: Inspection, version: int, answers: Mapping[str, str], decisions: str, language: str, by: User
) -> PlanningMeeting:
    """`version` is that of the page, 0 where nothing had been saved."""
    Inspection.objects.select_for_update(no_key=True).get(pk=inspection.pk)
    meeting = PlanningMeeting.objects.filter(inspection=inspection).select_related("saved_by").first()
    if meeting is not None and meeting.version != version:
        raise MeetingRefused(f"{meeting.saved_by.name} saved these notes after you opened the page", meeting)
    meeting = meeting or PlanningMeeting(inspection=inspection, version=0)
    meeting.answers, meeting.decisions, meeting.language = dict(answers), decisions, language
    meeting.version += 1
    meeting.saved_at, meeting.saved_by = clock.now(), by
    meeting.save()
    words = MeetingLanguage(language).label if language else ""
    detail = {"version": meeting.version, "language": words, "answered": sum(map(bool, answers.values()))}
    record(by=by, verb="saved the planning meeting", inspection=inspection.ref, detail=detail)
    return meeting
