"""The pages of an inspection in a real browser, at the widths that people use."""

from datetime import date

import pytest
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect

from accounts import clock
from inspections.actions.inspections import reach_stage
from inspections.actions.team import add_member, declare_interest
from inspections.actions.timeline import record_step, watch_timeline
from inspections.holidays import bank_holidays
from inspections.models import Inspection, Service
from tests.factories import InspectionFactory
from tests.inspections.conftest import plan
from tests.people import People

pytestmark = pytest.mark.django_db(transaction=True)

WIDTHS = (1280, 683, 320)
PAGES = [
    ("lead", "/"),
    ("stranger", "/"),
    ("head", "/inspections/?page=2"),
    ("head", "/inspections/?service=Nowhere"),
    ("head", "/inspections/new/"),
    ("lead", "/inspections/YI-27-001/"),
    ("lead", "/inspections/YI-27-001/stage/"),
    ("lead", "/inspections/YI-27-001/announcement/"),
    ("lead", "/inspections/YI-27-001/planning/"),
    ("lead", "/inspections/YI-27-001/people/"),
    ("lead", "/inspections/YI-27-001/team/"),
    ("deputy", "/inspections/YI-27-001/team/"),
    ("lead", "/inspections/YI-27-001/timeline/"),
    ("lead", "/inspections/YI-27-001/timeline/draft_report/record/"),
    ("lead", "/inspections/YI-27-001/log/"),
    ("assistant", "/account/interests/"),
    ("lead", "/notifications/"),
    ("stranger", "/notifications/"),
    ("contact", "/service/YI-27-001/"),
    ("contact", "/service/YI-27-001/access/"),
    ("contact", "/service/YI-27-001/preferences/"),
    ("contact", "/service/YI-27-001/people/"),
    ("contact", "/service/YI-27-001/people/new/"),
    ("outsider", "/"),
]


@pytest.fixture
def inspection(people: People, settings) -> Inspection:
    """Announced a day late, one step recorded, one member with an interest; today a step is overdue."""
    settings.CLOCK = "2027-05-03T09:00"
    inspection = plan(people)
    inspection.service.contacts.create(person=people.contact)
    for name, role in (("deputy", "deputy"), ("assistant", "assistant"), ("assessor", "local_assessor")):
        add_member(inspection=inspection, person=getattr(people, name), role=role, by=people.head)
    settings.CLOCK = "2027-05-13T10:42"
    reach_stage(inspection=inspection, stage="announced", by=people.lead)
    record_step(step=inspection.timeline.get(step="announcement"), day=date(2027, 5, 12), by=people.lead)
    settings.CLOCK = "2027-05-17T10:42"
    declare_interest(by=people.assistant, service=inspection.service, kind="personal")
    watch_timeline(today=clock.today(), holidays=bank_holidays())
    for number in range(30):
        service = Service.objects.create(name=f"A service with rather a long name, number {number}", nation="wales")
        InspectionFactory(ref=f"YI-28-{number:03d}", service=service, created_by=people.head, nation="wales")
    return inspection


def sign_in(context: BrowserContext, person, address: str) -> None:
    client = Client()
    client.force_login(person)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}])


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_fits_and_is_accessible(
    context: BrowserContext, page: Page, live_server, people: People, inspection: Inspection, violations, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    faults = {}
    for name, address in PAGES:
        sign_in(context, getattr(people, name), live_server.url)
        page.goto(address)
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        if found := violations(page) + ["wider than the screen"] * wide:
            faults[name, address] = found
    assert faults == {}


def test_an_inspection_is_planned_with_the_keyboard_alone(
    context: BrowserContext, page: Page, live_server, people: People, settings
) -> None:
    settings.CLOCK = "2027-05-03T09:00"
    Service.objects.get_or_create(name="Reading", defaults={"nation": "england"})
    sign_in(context, people.head, live_server.url)
    page.goto("/inspections/new/")
    keys = page.keyboard
    page.get_by_label("Service", exact=True).focus()
    keys.type("Reading")
    for _ in range(3):  # nation, type, standards: the first of each
        keys.press("Tab")
        keys.press("Space")
    keys.press("Tab")
    keys.type("8 june 2027")
    keys.press("Tab")
    keys.type("Lead")
    keys.press("Enter")
    page.get_by_role("button", name="Create the inspection").press("Enter")
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_contain_text("Fieldwork starts on a Monday. Tuesday 8 June 2027 is not a Monday")
    summary.get_by_role("link").press("Enter")
    keys.press("Control+a")
    keys.type("7 june 2027")
    keys.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Inspection of Reading")
    expect(page.locator(".govuk-notification-banner")).to_contain_text("YI-27-001 is planned.")
