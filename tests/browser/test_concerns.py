"""A concern is raised and acknowledged in a real browser; its pages, settings and help at the widths people use."""

from uuid import uuid4

import pytest
from django.core import mail
from playwright.sync_api import BrowserContext, Page, expect

from cases.actions.concerns import Account, acknowledge, raise_concern
from cases.models import Case, Concern, Told
from inspections.tasks import send_mail
from tests.browser.test_inspections import sign_in
from tests.factories import inspection_with_team, sampled_cases
from tests.people import People

pytestmark = pytest.mark.django_db(transaction=True)

CASE = "/inspections/YI-27-001/cases/C-01/"
WIDTHS = (1280, 683, 320)


@pytest.fixture
def case(people: People, settings) -> Case:
    settings.CLOCK = "2027-06-08T10:42"
    return sampled_cases(inspection_with_team(people, ref="YI-27-001"), count=1, reader=people.assessor)[0]


@pytest.fixture
def concerns(people: People, case: Case) -> list[Concern]:
    """One that waits, one that is acknowledged."""
    waiting = Account("A word without any end, " + "x" * 90, Told.NOT_YET)
    first, second = (raise_concern(by=people.deputy, case=case, once=uuid4(), account=waiting) for _ in range(2))
    acknowledge(by=people.lead, concern=second, done="Rang the manager")
    return [first, second]


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_fits_and_is_accessible(
    context: BrowserContext, page: Page, live_server, people: People, concerns, violations, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    places = [f"{CASE}concerns/{concern.pk}/" for concern in concerns]
    pages = ["/", CASE, f"{CASE}concern/", *places, "/inspections/YI-27-001/concerns/", "/account/", "/help/"]
    faults = {}
    for person, addresses in ((people.lead, [*pages, "/accessibility/"]), (people.assessor, ["/", f"{CASE}concern/"])):
        sign_in(context, person, live_server.url)
        for address in addresses:
            page.goto(address)
            if found := faults_of(page, violations):
                faults[person.name, address] = found
    page.goto(f"{CASE}concern/")
    page.get_by_role("button", name="Raise a concern").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    assert (faults, faults_of(page, violations)) == ({}, [])


def faults_of(page: Page, violations) -> list[str]:
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return violations(page) + ["wider than the screen"] * wide


def test_a_concern_goes_from_the_reader_to_the_lead_and_back_by_keyboard(
    context: BrowserContext, page: Page, live_server, people: People, case: Case, settings
) -> None:
    sign_in(context, people.assessor, live_server.url)
    page.goto(f"{CASE}read/2.1/")
    page.get_by_role("link", name="Raise a concern").press("Enter")
    page.get_by_label("What have you seen or heard?").focus()
    page.keyboard.type("Bruises on both arms")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_text("The service has not been told yet.")).to_be_visible()
    send_mail()
    assert {address for sent in mail.outbox for address in sent.to} == {"lead@people.example", "deputy@people.example"}
    assert [word in sent.message().as_string() for sent in mail.outbox for word in ("C-01", "Bruises")] == [False] * 4
    sign_in(context, people.lead, live_server.url)
    page.goto(mail.outbox[0].body.split()[-1].removeprefix(settings.SITE_URL))
    page.get_by_role("link", name="C-01").press("Enter")
    page.get_by_label("What have you done about it?").focus()
    page.keyboard.type("Rang the manager")
    page.get_by_role("button", name="Acknowledge this concern").press("Enter")
    expect(page.get_by_text("Acknowledged by Lead")).to_be_visible()
    sign_in(context, people.assessor, live_server.url)
    page.goto("/notifications/")
    expect(page.get_by_role("link", name="Lead has acknowledged the concern about C-01")).to_be_visible()
