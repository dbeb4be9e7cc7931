"""From provisional ratings to what the service reads, by lead, chair and contact, without a script."""

import pytest
from django.test import Client

from accounts import clock
from cases.models import Case, Kind
from inspections.actions.inspections import plan_timeline
from inspections.holidays import bank_holidays
from inspections.models import Inspection, Stage
from ratings.models import Meeting
from ratings.queries.meetings import meeting_or_404, recomputed
from ratings.tasks import recompute_stale
from tests.factories import inspection_with_team, sampled_cases
from tests.journeys.browser import Browser
from tests.pages import text_of
from tests.ratings.given import CHILDREN, REASON, answered

pytestmark = pytest.mark.django_db

OTHER_REASON = (
    "Nobody on the board had asked about victims since the spring, the police share what they know late, and the "
    "one victim worker has no cover when she is away."
)


def two_weeks_nearly_read(people) -> Inspection:
    """14 children's cases and 9 victims' cases; C-14 has answers and was never sent."""
    inspection = inspection_with_team(people, inspection_type="iyjs")
    plan_timeline(inspection, inspection.standards, bank_holidays())
    sent = {"sent_at": clock.now(), "sent_by": people.assistant, "reader": people.assistant}
    children = sampled_cases(inspection, Kind.CHILD, 14, **sent)
    Case.objects.filter(pk=children[-1].pk).update(sent_at=None, sent_by=None)
    letters = dict.fromkeys(CHILDREN, "y" * 9 + "n" * 4 + "y") | {"2.1.2": "y" * 8 + "n" * 4 + "ay"}
    answered(children, letters, people.assistant)
    answered(sampled_cases(inspection, Kind.VICTIM, 9, **sent), {"V1.1": "yyyyyynnn"}, people.assistant)
    return inspection


def shown(browser: Browser) -> str:
    return text_of(browser.html)


def test_ratings_are_decided_signed_and_told(people, settings):
    settings.CLOCK = "2027-06-18T16:00"
    inspection = two_weeks_nearly_read(people)
    recompute_stale()

    lead = Browser(people.lead).open(f"/inspections/{inspection.ref}/").follow("Key questions")
    assert "10 of 14 (71.4%): Good." in shown(lead)
    assert "Overall rating Still to be decided" in shown(lead)
    for step in ("how the overall rating came about", "how Total score came about", "how 2.1 Assessing came about"):
        lead.follow(step)
    lead.follow("how 2.1.2 Keep the child and the community safe came about")
    assert "Not applicable, so in neither number: 1 C-13" in shown(lead)
    lead.follow("C-14")
    assert "What was read about 2.1.2 in C-14." in shown(lead)
    assert Client().get(lead.path).status_code == 302
    chair = Browser(people.chair)
    assert chair.client.get(lead.path).status_code == 404

    lead.open(f"/inspections/{inspection.ref}/").follow("Progress").follow("Close fieldwork")
    lead.send(reason="The records could not be opened in time")
    assert Inspection.objects.get().stage == Stage.RATING

    settings.CLOCK = "2027-06-28T09:00"
    chair.open("/").follow("Start the ratings panel")
    assert "The meeting has not started." in shown(chair)
    chair.send()
    assert "87 answers about 22 cases" in shown(chair)
    assert "C-14: Left the sample: The records could not be opened in time" in shown(chair)

    chair.follow("V1.2 Organisational arrangements for victims").send(item="V1.2", value="yes", reason="It drives")
    sentence = "Say why the panel answered Yes to V1.2 in at least 20 words. You have 2 words"
    assert sentence in shown(chair)
    chair.send(item="V1.2", value="yes", reason=REASON)
    chair.send(item="V1", value="outstanding", reason="")
    assert "Say why the panel chose Outstanding rather than Good" in shown(chair)
    assert "What the choice means" not in shown(chair)
    chair.send(item="V1", value="outstanding", reason=REASON)
    assert "Total score 9 of 12 . Overall rating Good ." in shown(chair)
    chair.open(f"{chair.path}?change=V1.2").send(item="V1.2", value="no", reason=OTHER_REASON)
    assert "An earlier choice no longer stands" in shown(chair)
    chair.send(item="V1", value="requires_improvement", reason=OTHER_REASON)

    chair.follow("Ratings panel").follow("1.1 Governance and leadership")
    for item, value in (("1.1", "good"), ("1.2", "requires_improvement"), ("1.3", "good")):
        chair.send(item=item, value=value, reason=REASON)
    chair.follow("Ratings panel")
    chair.path = f"/inspections/{inspection.ref}/panel/freeze/"
    chair.send()
    assert "After two signatures, everything on this page is fixed." in shown(chair)
    chair.send(statement="on", name="Somebody else")
    assert "Type your name as it is here: Chair" in shown(chair)
    chair.send(statement="on", name="Chair")
    lead.open("/").follow("Sign off the ratings").send(statement="on", name="lead")
    assert "The signed record" in shown(lead)
    assert Inspection.objects.get().stage == Stage.SIGNED

    contact = Browser(people.contact)
    service_page = f"/service/{inspection.ref}/outcome/"
    assert contact.client.get(service_page).status_code == 404
    settings.CLOCK = "2027-07-01T15:00"
    lead.open("/").follow("Tell the service")
    lead.send(told_on="1 July 2027", told_how="In a call with the head of service")
    assert "Reading was told on Thursday 1 July 2027: In a call with the head of service" in shown(lead)
    contact.open("/").follow("Read the outcome")
    assert "Overall rating Good 2.1 Assessing Good 2.2 Planning Good 2.3 Delivery Good V1 Victims Requires" in shown(
        contact
    )

    meeting = Meeting.objects.get()
    assert recomputed(meeting_or_404(Inspection.objects.get())) == meeting.record
    log = lead.open(f"/inspections/{inspection.ref}/log/")
    for verb in ("started the rating meeting", "froze the ratings", "signed the ratings", "told the service"):
        assert verb in shown(log).lower()
