"""Signing off over HTTP: what becomes fixed, who signs, what is refused, and that nothing can be written after it."""

import html

import pytest

from inspections.models import Inspection
from ratings.actions.signatures import sign
from ratings.models import Decision, Meeting, Signature
from ratings.queries.meetings import meeting_of, page_state
from tests.ratings.given import REASON, changed, frozen_meeting, meeting_started, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(people) -> Meeting:
    return frozen_meeting(people)


def address(meeting: Meeting, path: str = "sign-off/") -> str:
    return f"/inspections/{meeting.inspection.ref}/panel/{path}"


def read(response) -> str:
    return html.unescape(response.content.decode())


def opened(client, meeting: Meeting, name: str) -> dict[str, str]:
    """The form as the page gives it, filled in."""
    form = client.get(address(meeting)).context["form"]
    return {"state": form["state"].initial, "statement": "on", "name": name}


def sign_as(people, meeting: Meeting, name: str):
    client = signed_in(getattr(people, name))
    return client.post(address(meeting), opened(client, meeting, name.title()), follow=True)


def test_two_people_sign_and_the_ratings_are_signed_off(people, meeting):
    sign_as(people, meeting, "chair")
    page = read(sign_as(people, meeting, "lead"))
    assert "The signed record" in page
    assert Inspection.objects.get(pk=meeting.inspection_id).stage == "signed"
    assert [found.role for found in Signature.objects.order_by("pk")] == ["panel_chair", "lead"]


def test_the_page_lists_everything_that_becomes_fixed(people, meeting):
    page = read(signed_in(people.chair).get(address(meeting)))
    for words in (
        "After two signatures, everything on this page is fixed.",
        "7 of 12",
        "V1.2 Organisational arrangements for victims",
        REASON,
        "93 about 23 cases",
        meeting.record_digest,
    ):
        assert words in page


MISTAKES = [
    ({"statement": ""}, ["Confirm that you have read this record"]),
    ({"name": ""}, ["Type your name"]),
    ({"name": "Lead"}, ["Type your name as it is here: Chair"]),
    ({"state": "forged"}, ["Open this page again, read it, then sign"]),
]


@pytest.mark.parametrize(("mistake", "sentences"), MISTAKES)
def test_a_signature_is_a_statement_and_ones_own_name(people, meeting, mistake, sentences):
    client = signed_in(people.chair)
    response = client.post(address(meeting), opened(client, meeting, "Chair") | mistake)
    errors = [error for found in response.context["form"].errors.values() for error in found]
    assert (errors, Signature.objects.count()) == (sentences, 0)


def test_the_name_may_be_typed_in_small_letters_and_with_spaces(people, meeting):
    client = signed_in(people.chair)
    client.post(address(meeting), opened(client, meeting, " chair "))
    assert Signature.objects.count() == 1


def test_a_change_after_the_page_was_opened_is_named_and_can_then_be_signed(people, meeting):
    client = signed_in(people.chair)
    data = opened(client, meeting, "Chair")
    changed(meeting.inspection, "C-11", "2.1.2", "yes")
    response = client.post(address(meeting), data)
    assert "C-11 changed after you opened this page. Read the change, then sign" in read(response)
    assert "C-11, 2.1.2: No, now Yes" in read(response)
    assert Signature.objects.count() == 0
    client.post(address(meeting), data | {"state": response.context["form"]["state"].initial})
    assert Signature.objects.count() == 1


def test_the_same_post_again_signs_nothing_more(people, meeting):
    client = signed_in(people.chair)
    data = opened(client, meeting, "Chair")
    client.post(address(meeting), data)
    assert "You have signed as panel chair. Another person signs too" in read(client.post(address(meeting), data))
    assert Signature.objects.count() == 1


def test_whoever_has_signed_gets_no_form(people, meeting):
    sign_as(people, meeting, "chair")
    assert signed_in(people.chair).get(address(meeting)).context["form"] is None


def test_before_the_freeze_there_is_nothing_to_sign(people):
    meeting = meeting_started(people)
    page = signed_in(people.chair).get(address(meeting))
    assert page.context["form"] is None
    assert "Not yet decided: V1.2 Organisational arrangements for victims, V1 Victims." in read(page)


def test_somebody_with_a_declared_interest_finds_nothing_to_sign(people, meeting):
    client = signed_in(people.chair)
    data = opened(client, meeting, "Chair")
    people.chair.interests.create(service=meeting.inspection.service, kind="employment", declared_at=meeting.started_at)
    assert [client.get(address(meeting)).status_code, client.post(address(meeting), data).status_code] == [404, 404]


def test_after_sign_off_every_write_is_refused(people, meeting):
    data = {name: opened(signed_in(getattr(people, name)), meeting, name.title()) for name in ("chair", "lead")}
    for person in (people.chair, people.lead):
        sign(meeting=meeting, shown=page_state(meeting_of(meeting.inspection)), by=person)
    record = Meeting.objects.get().record
    for name in ("chair", "lead", "head", "deputy", "member"):
        client = signed_in(getattr(people, name))
        tries = [
            ("", {}),
            ("freeze/", {}),
            ("unfreeze/", {"reason": REASON}),
            ("victims/", {"item": "V1", "value": "outstanding", "reason": REASON, "seen": 99}),
            ("domain-one/", {"item": "1.1", "value": "outstanding", "reason": REASON, "seen": 99}),
            ("sign-off/", data.get(name, {})),
        ]
        assert {client.post(address(meeting, path), sent).status_code for path, sent in tries} == {404}
    assert Meeting.objects.get().record == record
    assert (Decision.objects.count(), Signature.objects.count()) == (2, 2)
