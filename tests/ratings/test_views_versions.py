"""Over HTTP: opening signed ratings again, returning a record, reading versions, and what the service then sees."""

import html

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from inspections.models import Inspection
from ratings.models import Meeting
from tests.ratings.given import frozen_meeting, signed_in
from tests.ratings.test_actions_versions import (
    WHY,
    both_sign,
    decided_otherwise,
    latest,
    now,
    opened_again,
    tell,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed(people) -> Inspection:
    inspection = frozen_meeting(people).inspection
    both_sign(people, inspection)
    return now(inspection)


def panel(inspection: Inspection, path: str) -> str:
    return f"/inspections/{inspection.ref}/panel/{path}"


def read(response) -> str:
    return html.unescape(response.content.decode())


def words(count: int) -> str:
    return " ".join(["word"] * count)


def filled_in(client, inspection: Inspection, reason: str, **more: str) -> dict[str, str]:
    form = client.get(panel(inspection, "reopen/")).context["form"]
    return {"state": form["state"].initial, "reason": reason, **more}


def test_the_head_of_programme_opens_them_with_a_reason_and_the_old_version_can_be_read(people, signed):
    client = signed_in(people.head)
    assert "Open the ratings again" in read(client.get(panel(signed, "sign-off/")))
    data = filled_in(client, signed, words(settings.PANEL_REASON_WORDS))
    page = read(client.post(panel(signed, "reopen/"), data, follow=True))
    assert "This is version 2. Head opened it on" in page
    assert panel(signed, "versions/1/") in page
    old = read(client.get(panel(signed, "versions/1/")))
    for words_ in ("Version 2 has replaced this one.", "Chair, panel chair,", "Lead, lead inspector,", "C-01: Yes"):
        assert words_ in old
    assert Meeting.objects.get(number=1).record_digest in old
    assert client.post(panel(signed, "reopen/"), data).status_code == 404


def test_a_reason_too_short_is_counted_and_kept(people, signed):
    client = signed_in(people.head)
    response = client.post(panel(signed, "reopen/"), filled_in(client, signed, "Two words"))
    sentence = f"Say why the ratings are opened again in at least {settings.PANEL_REASON_WORDS} words. You have 2 words"
    assert (response.context["form"].errors, "Two words" in read(response)) == ({"reason": [sentence]}, True)
    empty = client.post(panel(signed, "reopen/"), {"state": "made up"})
    assert empty.context["form"].errors == {
        "state": ["Open this page again, read it, then decide"],
        "reason": ["Say why the ratings are opened again"],
    }
    assert Meeting.objects.count() == 1


def test_once_the_service_is_told_it_takes_more(people, signed):
    tell(people, signed)
    client, least = signed_in(people.head), settings.CORRECTION_REASON_WORDS
    response = client.post(panel(signed, "reopen/"), filled_in(client, signed, words(least - 1)))
    assert response.context["form"].errors == {
        "reason": [f"Say why the ratings are opened again in at least {least} words. You have {least - 1} words"],
        "statement": ["Confirm that the service has to be told of the correction"],
    }
    data = filled_in(client, signed, words(least), statement="on")
    assert client.post(panel(signed, "reopen/"), data).status_code == 302


def test_a_page_opened_before_the_service_was_told_opens_nothing_and_keeps_the_reason(people, signed):
    client = signed_in(people.head)
    data = filled_in(client, signed, words(settings.CORRECTION_REASON_WORDS), statement="on")
    tell(people, signed)
    page = client.post(panel(signed, "reopen/"), data)
    assert "The service was told after you opened this page. Read this page again, then decide" in read(page)
    assert page.context["form"]["reason"].value() == data["reason"]
    assert Meeting.objects.count() == 1


def test_the_other_of_the_two_returns_it(people):
    inspection = frozen_meeting(people).inspection
    address = panel(inspection, "return/")
    lead, chair = signed_in(people.lead), signed_in(people.chair)
    assert "Nobody has signed this record." in read(lead.get(address))
    sign_page = lead.get(panel(inspection, "sign-off/"))
    assert "Return this record" not in read(sign_page)
    sign_as_chair(chair, inspection)
    assert "Return this record instead of signing it" in read(lead.get(panel(inspection, "sign-off/")))
    assert "Only the other of the two can return it." in read(chair.get(address))
    assert "Say why you do not sign this record" in read(lead.post(address, {"reason": " "}))
    assert "The other who signs can return it" in read(chair.post(address, {"reason": WHY}))
    assert lead.post(address, {"reason": WHY})["Location"] == panel(inspection, "")
    page = read(chair.get(panel(inspection, "")))
    assert (f"because: {WHY}" in page, "returned unsigned by Lead" in page) == (True, True)


def sign_as_chair(client, inspection: Inspection) -> None:
    form = client.get(panel(inspection, "sign-off/")).context["form"]
    data = {"state": form["state"].initial, "statement": "on", "name": "Chair"}
    assert client.post(panel(inspection, "sign-off/"), data).status_code == 302


def test_the_service_is_shown_the_correction_beside_what_it_replaces(people, signed):
    address, contact = f"/service/{signed.ref}/outcome/", signed_in(people.contact)
    tell(people, signed)
    before = main(contact.get(address))
    opened_again(people, signed)
    assert (main(contact.get(address)), "Read the outcome" in home(contact, signed)) == (before, True)
    decided_otherwise(people, signed)
    assert main(contact.get(address)) == before
    assert "Service told" in read(contact.get(address))
    assert "The service still sees version 1" in read(signed_in(people.lead).get(f"/inspections/{signed.ref}/outcome/"))
    tell(people, signed)
    after = main(contact.get(address))
    assert ("These ratings were corrected." in after, "Replaced: what you were told on" in after) == (True, True)
    assert (WHY in after, "Head" in after) == (False, False)


def main(response) -> str:
    page = read(response)
    return page[page.index("<main") : page.index("</main>")]


def home(client, inspection: Inspection) -> str:
    return read(client.get(f"/service/{inspection.ref}/"))


@pytest.mark.parametrize("number", [3, 0, 10**12], ids=["not there", "none", "huge"])
def test_a_version_that_is_not_there_is_no_page(people, signed, number):
    assert signed_in(people.head).get(panel(signed, f"versions/{number}/")).status_code == 404


def test_the_pages_cost_the_same_with_one_earlier_version_and_with_three(people, signed):
    client, counts = signed_in(people.head), []
    for _ in range(3):
        opened_again(people, signed)
        decided_otherwise(people, signed)
        counts.append([queries(client, signed, path) for path in ("", "sign-off/", "versions/1/", "reopen/")])
    assert counts[0] == counts[1] == counts[2]
    assert latest(signed).number == 4


def queries(client, inspection: Inspection, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(panel(inspection, path)).status_code == 200
    return len(captured)
