"""Meetings, catch-ups, themes and participation in a real browser: at the widths people use, and by keyboard."""

from datetime import datetime

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from accounts import clock
from cases.models import MeetingNote, Theme
from tests.browser.test_concerns import faults_of
from tests.browser.test_inspections import sign_in
from tests.factories import inspection_with_team, slot
from tests.people import People

pytestmark = pytest.mark.django_db(transaction=True)

ROOT = "/inspections/YI-27-001/"
WIDTHS = (1280, 683, 320)
LONG = "A word without any end, " + "x" * 90


@pytest.fixture
def inspection(people: People, settings):
    settings.CLOCK = "2027-06-08T16:00"
    inspection = inspection_with_team(people, ref="YI-27-001")
    begins = datetime(2027, 6, 8, 14, tzinfo=clock.LONDON)
    slot(inspection, begins, kind="showcase", title="Showcase", people=[people.assessor])
    return inspection


def fill(client, people: People) -> list[str]:
    """Something on every page; the addresses of all of them."""
    client.force_login(people.lead)
    notes = {"held_on": "8 June 2027", "text": LONG, "purpose": LONG, "police": "2", "other_role": LONG[:80]}
    meeting = client.post(f"{ROOT}visits/context_visit/", notes | {"other_count": "1"})["Location"]
    theme = {"standard": "2.1", "direction": "improve", "theme": LONG}
    client.post(f"{meeting}themes/", theme)
    client.post(f"{ROOT}catch-up/2027-06-08/themes/", theme)
    client.post(f"{ROOT}catch-up/2027-06-08/actions/", {"action": LONG, "owner": people.deputy.pk})
    said = {"channel": "telephone", "day": "8 June 2027", "children": "2", "views": f"{LONG} 0117 496 0123"}
    contact = client.post(f"{ROOT}participation/contacts/", said)["Location"]
    client.post(contact, theme)
    client.force_login(people.deputy)
    client.post(f"{ROOT}themes/{Theme.objects.first().pk}/agree/")
    places = [
        "evidence/meetings/",
        "visits/showcase/",
        "themes/",
        "catch-up/",
        "catch-up/2027-06-08/",
        "participation/",
    ]
    return [
        meeting,
        contact,
        *(f"{ROOT}{place}" for place in [*places, "participation/contacts/", "participation/offers/"]),
    ]


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_fits_and_is_accessible(
    context: BrowserContext, page: Page, client, live_server, people: People, inspection, violations, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    addresses, faults = fill(client, people), {}
    sign_in(context, people.assistant, live_server.url)
    for address in addresses:
        page.goto(address)
        if found := faults_of(page, violations):
            faults[address] = found
    page.goto(f"{ROOT}visits/showcase/")
    page.get_by_role("button", name="Save notes").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    assert (faults, faults_of(page, violations)) == ({}, [])


def test_a_local_assessor_writes_notes_by_keyboard(
    context: BrowserContext, page: Page, live_server, people: People, inspection
) -> None:
    sign_in(context, people.assessor, live_server.url)
    page.goto(f"{ROOT}evidence/meetings/")
    page.get_by_role("link", name="Showcase").press("Enter")
    page.get_by_label("Notes", exact=True).focus()
    page.keyboard.type("They showed a garden")
    page.get_by_role("button", name="Save notes").press("Enter")
    expect(page.get_by_text("The notes are saved.")).to_be_visible()
    note = MeetingNote.objects.get()
    assert (note.text, note.changed_by) == ("They showed a garden", people.assessor)
