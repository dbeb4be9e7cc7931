"""The service writes and sends its review; the team reads it beside its own read, returns and accepts it."""

from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import clock
from cases.actions.discussions import Typed, accept_review, number_discussions, return_review, save_section, send_review
from cases.models import Case, Discussion, Review
from cases.queries.discussions import written
from inspections.actions.inspections import plan_timeline
from inspections.actions.refused import Refused
from inspections.holidays import bank_holidays
from inspections.models import Inspection, Notification, OutgoingMail
from tests.factories import inspection_with_team, sampled_cases
from tests.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def inspection(people):
    made = inspection_with_team(people)
    plan_timeline(made, made.standards, bank_holidays())
    return made


@pytest.fixture
def discussions(inspection, people):
    cases = sampled_cases(inspection, count=3, reader=people.assistant)[:2]
    Case.objects.filter(pk__in=[case.pk for case in cases]).update(is_macd=True)
    number_discussions(inspection, cases)
    return list(inspection.discussions.all())


@pytest.fixture
def service(client, people):
    client.force_login(people.contact)
    return client


def page(inspection, number=1, part=""):
    return f"/service/{inspection.ref}/macd/{number}/{part}"


def filled(first="Health met the child weekly", second="Housing", base=0):
    versions = {"agencies-1-version": base, "agencies-2-version": base}
    return {"agencies-1": first, "agencies-2": second} | versions


def reviewed(discussion, by, text="Health met the child weekly"):
    base = discussion.review_answers.filter(question="agencies-1").values_list("version", flat=True).first() or 0
    save_section(by=by, discussion=discussion, typed={"agencies-1": Typed(text, base)})
    return send_review(by=by, discussion=discussion)


def test_a_section_is_saved_and_come_back_to(service, inspection, discussions):
    service.post(page(inspection, 1, "agencies/"), filled())
    assert written(discussions[0]) == {"agencies-1": "Health met the child weekly", "agencies-2": "Housing"}
    assert "Health met the child weekly" in service.get(page(inspection, 1, "agencies/")).content.decode()


def test_two_colleagues_see_both_texts_and_neither_is_lost(service, inspection, discussions):
    service.post(page(inspection, 1, "agencies/"), filled("First text"))
    answer = service.post(page(inspection, 1, "agencies/"), filled("Second text"))
    shown = answer.content.decode()
    assert (answer.status_code, "First text" in shown, "Second text" in shown) == (409, True, True)
    assert written(discussions[0])["agencies-1"] == "First text"
    service.post(page(inspection, 1, "agencies/"), filled("Second text", base=1))
    assert written(discussions[0])["agencies-1"] == "Second text"


def test_a_version_that_is_no_number_keeps_what_was_typed(service, inspection, discussions):
    answer = service.post(page(inspection, 1, "agencies/"), filled("Kept text", base="9" * 40))
    assert (answer.status_code, "Kept text" in answer.content.decode()) == (200, True)
    assert written(discussions[0]) == {}


@pytest.mark.parametrize("address", ["3/", "99999999999999999999/", "1/unknown/", "1/%00/"])
def test_what_there_is_not_is_not_found(service, inspection, discussions, address):
    assert service.get(f"/service/{inspection.ref}/macd/{address}").status_code == 404


def test_an_empty_review_is_not_sent(inspection, discussions, people):
    with pytest.raises(Refused, match="Answer at least one question, then send the review"):
        send_review(by=people.contact, discussion=discussions[0])
    assert Review.objects.count() == 0


@pytest.mark.parametrize(("now", "late"), [("2027-06-07T11:59", False), ("2027-06-07T12:01", True)])
def test_a_review_after_noon_is_taken_and_marked_late(settings, inspection, discussions, people, now, late):
    inspection.timeline.filter(step="macd_reviews_due").update(anticipated="2027-06-07")
    settings.CLOCK = now
    review = reviewed(discussions[0], people.contact)
    assert (review.due_at, review.is_late) == (datetime(2027, 6, 7, 12, tzinfo=clock.LONDON), late)


def test_a_returned_review_is_sent_again_as_a_new_version_and_accepted(client, inspection, discussions, people):
    reviewed(discussions[0], people.contact)
    client.force_login(people.lead)
    client.post(f"/inspections/{inspection.ref}/macd/1/files/", {"reason": "Say what school did"})
    reviewed(discussions[0], people.contact, "School too")
    client.post(f"/inspections/{inspection.ref}/macd/1/files/", {"accept": "yes"})
    found = Review.objects.order_by("number").values_list("number", "returned_because", "accepted_by__name", "answers")
    assert list(found) == [
        (1, "Say what school did", None, {"agencies-1": "Health met the child weekly"}),
        (2, "", "Lead", {"agencies-1": "School too"}),
    ]


def test_the_service_is_told_of_a_return_without_its_reason(inspection, discussions, people):
    return_review(by=people.lead, review=reviewed(discussions[0], people.contact), reason="Secret reason")
    sentence = "The inspection team has returned your review for discussion 1 and says what is missing."
    assert list(OutgoingMail.objects.values_list("person", "sentence")) == [(people.contact.pk, sentence)]
    assert Notification.objects.get(person=people.contact).text == sentence


def test_a_review_is_not_returned_without_a_reason(client, inspection, discussions, people):
    reviewed(discussions[0], people.contact)
    client.force_login(people.lead)
    answer = client.post(f"/inspections/{inspection.ref}/macd/1/files/", {"reason": " "})
    assert "Say what is missing, so that the service can put it right" in answer.content.decode()
    assert Review.objects.get().waits


def test_an_accepted_review_is_no_longer_changed(inspection, discussions, people):
    accept_review(by=people.lead, review=reviewed(discussions[0], people.contact))
    with pytest.raises(Refused, match="The inspection team has accepted this review"):
        reviewed(discussions[0], people.contact, "More")


def test_a_version_is_settled_once(inspection, discussions, people):
    review = reviewed(discussions[0], people.contact)
    accept_review(by=people.lead, review=review)
    with pytest.raises(Refused, match="Somebody else has accepted or returned this version already"):
        return_review(by=people.deputy, review=review, reason="Late")


def test_our_read_stands_beside_the_review_only_once_it_is_sent(client, inspection, discussions, people):
    client.force_login(people.lead)
    address = f"/inspections/{inspection.ref}/macd/1/"
    before = text_of(client.get(address).content.decode())
    Case.objects.filter(pk=discussions[0].case_id).update(sent_at=clock.now(), sent_by=people.assistant)
    after = text_of(client.get(address).content.decode())
    said = "The read of this case has not been sent yet. It appears here once it is."
    assert (said in before, said in after) == (True, False)
    assert "Review not received: take paper notes in the discussion." in before


def test_numbers_stay_when_another_case_is_chosen(inspection, discussions):
    third = inspection.cases.get(ref="C-03")
    number_discussions(inspection, [discussions[1].case, third])
    assert list(Discussion.objects.values_list("number", "case__ref")) == [(1, "C-01"), (2, "C-02"), (3, "C-03")]


@pytest.mark.parametrize("person", ["contact", "lead"])
def test_the_lists_ask_as_often_for_one_as_for_three(client, inspection, people, person):
    cases = sampled_cases(inspection, count=3, reader=people.assistant)
    address = f"/{'service' if person == 'contact' else 'inspections'}/{inspection.ref}/macd/"
    client.force_login(getattr(people, person))
    asked = []
    for chosen in (cases[:1], cases):
        Case.objects.filter(pk__in=[case.pk for case in chosen]).update(is_macd=True)
        number_discussions(Inspection.objects.get(pk=inspection.pk), chosen)
        asked.append(queries_of(client, address))
    assert asked[0] == asked[1]


def queries_of(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as caught:
        client.get(address)
    return len(caught)
