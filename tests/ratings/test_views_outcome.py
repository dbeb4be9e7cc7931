"""Telling the service: only after sign-off, once, and in words that say no more than the ratings."""

import html
import re
from datetime import timedelta

import pytest

from accounts import clock
from accounts.models import AuditEvent
from inspections.fields import written
from inspections.models import Inspection, Notification, Stage
from ratings.actions.outcomes import NotSigned, tell_service
from ratings.actions.signatures import sign
from ratings.models import Outcome
from ratings.queries.meetings import meeting_of, page_state
from tests.ratings.given import frozen_meeting, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed(people) -> Inspection:
    meeting = frozen_meeting(people, "iyjs")
    for person in (people.chair, people.lead):
        sign(meeting=meeting, shown=page_state(meeting_of(meeting.inspection)), by=person)
    return Inspection.objects.get(pk=meeting.inspection_id)


@pytest.fixture
def told(people, signed) -> Inspection:
    tell_service(inspection=signed, told_on=clock.today(), told_how="In a call", by=people.lead)
    return Inspection.objects.get(pk=signed.pk)


def outcome_page(inspection: Inspection) -> str:
    return f"/inspections/{inspection.ref}/outcome/"


def service_page(inspection: Inspection) -> str:
    return f"/service/{inspection.ref}/outcome/"


def read(response) -> str:
    return html.unescape(response.content.decode())


def test_telling_is_recorded_and_moves_the_inspection_on(people, signed):
    data = {"told_on": written(clock.today()), "told_how": "In a call with the head of service"}
    response = signed_in(people.lead).post(outcome_page(signed), data)
    assert (response.status_code, Inspection.objects.get(pk=signed.pk).stage) == (302, Stage.TOLD)
    outcome = Outcome.objects.get()
    assert (outcome.told_on, outcome.told_by, outcome.told_how) == (
        clock.today(),
        people.lead,
        "In a call with the head of service",
    )
    assert AuditEvent.objects.filter(inspection=signed.ref, verb="told the service").count() == 1


def test_the_contacts_are_told_without_a_rating_in_the_words(people, told):
    notification = Notification.objects.get(person=people.contact)
    assert (notification.text, notification.link) == (
        f"The outcome of inspection {told.ref} is ready",
        service_page(told),
    )


MISTAKES = [
    ({"told_on": ""}, "Enter the day on which the service was told"),
    ({"told_how": " "}, "Say how the service was told"),
    ({"told_how": "x" * 301}, "How the service was told must be 300 characters or fewer"),
]


@pytest.mark.parametrize(("mistake", "sentence"), MISTAKES)
def test_day_and_way_are_needed(people, signed, mistake, sentence):
    data = {"told_on": written(clock.today()), "told_how": "In a call"} | mistake
    response = signed_in(people.lead).post(outcome_page(signed), data)
    assert [error for found in response.context["form"].errors.values() for error in found] == [sentence]
    assert Outcome.objects.count() == 0


def test_the_day_is_not_before_sign_off_and_not_in_the_future(people, signed):
    today = clock.today()
    for day, sentence in (
        (today + timedelta(days=1), "The day on which the service was told cannot be in the future"),
        (
            today - timedelta(days=1),
            f"The ratings were signed off on {written(today)}. Enter that day or a later one",
        ),
    ):
        data = {"told_on": written(day), "told_how": "In a call"}
        response = signed_in(people.lead).post(outcome_page(signed), data)
        assert response.context["form"].errors["told_on"] == [sentence]


def test_it_is_told_once(people, told):
    data = {"told_on": written(clock.today()), "told_how": "Again"}
    assert signed_in(people.lead).post(outcome_page(told), data).status_code == 404
    with pytest.raises(NotSigned):
        tell_service(inspection=told, told_on=clock.today(), told_how="Again", by=people.lead)


def test_only_lead_and_head_are_offered_to_tell(people, signed):
    offered = {
        name: signed_in(getattr(people, name)).get(outcome_page(signed)).context["form"] is not None
        for name in ("lead", "head", "deputy", "assistant", "chair", "member", "quality")
    }
    assert [name for name, form in offered.items() if form] == ["lead", "head"]


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage not in (Stage.SIGNED, Stage.TOLD)])
def test_before_sign_off_there_is_no_outcome_page(people, signed, stage):
    Inspection.objects.filter(pk=signed.pk).update(stage=stage)
    assert {
        signed_in(getattr(people, name)).get(outcome_page(signed)).status_code for name in ("lead", "head", "chair")
    } == {404}


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage != Stage.TOLD])
def test_until_told_the_service_finds_what_it_finds_anywhere(people, signed, stage):
    Inspection.objects.filter(pk=signed.pk).update(stage=stage)
    client = signed_in(people.contact)
    found, nowhere = client.get(service_page(signed)), client.get("/service/YI-99-999/outcome/")
    assert (found.status_code, without_token(found)) == (404, without_token(nowhere))


def without_token(response) -> str:
    """The page but for the token of its forms, which is another one each time."""
    return re.sub(r'value="[A-Za-z0-9]{64}"', "", read(response))


def test_the_service_reads_ratings_in_words_and_nothing_else(people, told):
    page = read(signed_in(people.contact).get(service_page(told)))
    main = page[page.index("<main") : page.index("</main>")]
    assert dict(re.findall(r"<dt[^>]*>([^<]+)</dt>\s*<dd[^>]*>(?:<strong>)?([^<]+)<", main)) == {
        "Overall rating": "Good",
        "2.1 Assessing": "Requires improvement",
        "2.2 Planning": "Good",
        "2.3 Delivery": "Good",
        "V1 Victims": "Good",
        "1.1 Governance and leadership": "Good",
        "1.2 Staffing": "Requires improvement",
        "1.3 Partnerships and services": "Good",
    }
    for hidden in ("%", " of 14", "7 of 12", "C-0", "V-0", "Lead", "Chair", "Assistant", "Contact with victims"):
        assert hidden not in main


def test_nobody_but_the_contact_opens_the_page_of_the_service(people, told):
    names = ("lead", "head", "chair", "outsider", "assessor", "communications", "stranger")
    assert {name: signed_in(getattr(people, name)).get(service_page(told)).status_code for name in names} == {
        name: 404 for name in names
    }
