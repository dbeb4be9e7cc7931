"""The pages of the sample in a real browser: accessible, never wider than the screen, errors that lead to fields."""

import pytest
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect

from cases.actions.allocation import allocate
from cases.actions.caseload import receive_list
from cases.actions.sample import choose_discussions, draw_sample, replace_case
from cases.queries.sample import sample_of
from cases.rules.caseload import parse
from documents.actions import keep
from documents.models import Purpose
from inspections.models import Inspection
from tests.browser.conftest import ViolationsOf
from tests.cases.test_rules_caseload import TODAY, children
from tests.factories import accepted_caseload, inspection_with_team
from tests.people import People

pytestmark = pytest.mark.django_db(transaction=True)

LISTED = children({}, {"date_of_birth": "31/02/2010"}, {"name": "=1+1"})
PAGES = [
    "lists/",
    "lists/child/2/",
    "choose/child/",
    "choose/victim/",
    "",
    "?by=reader",
    "C-02/replace/",
    "macd/",
    "victims/?suggest=1",
    "allocation/?suggest=1",
]


@pytest.fixture
def inspection(people: People) -> Inspection:
    """A sample that was drawn, changed and shared out, and a list that waits to be checked."""
    inspection = inspection_with_team(people)
    for kind, size in (("child", 14), ("victim", 9)):
        accepted_caseload(inspection, kind, 40)
        draw_sample(by=people.lead, inspection=inspection, kind=kind, size=size, groups=["worker"])
    replace_case(by=people.lead, case=sample_of(inspection)[4], reason="The child has moved")
    choose_discussions(by=people.lead, inspection=inspection, refs=["C-01", "C-02"])
    allocate(by=people.lead, inspection=inspection, readers={"C-01": people.assistant.pk, "V-01": people.deputy.pk})
    receive_list(
        by=people.contact,
        inspection=inspection,
        kind="child",
        document=keep(
            by=people.contact, purpose=Purpose.CASELOAD, label=f"{'A rather long name ' * 4}.csv", content=LISTED
        ),
        parsed=parse(LISTED, "child", TODAY),
    )
    return inspection


def sign_in(context: BrowserContext, person: object, address: str) -> None:
    client = Client()
    client.force_login(person)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}])


def look(page: Page, address: str, violations: ViolationsOf) -> list[str]:
    """What is wrong with a page on a broad and on a narrow screen."""
    found = []
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address)
        found += [f"{address} at {width}: {violation}" for violation in violations(page)]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{address} is wider than {width}")
    return found


def test_every_page_of_the_sample_is_accessible_and_narrow_enough(
    page: Page, context: BrowserContext, live_server, people: People, inspection: Inspection, violations: ViolationsOf
) -> None:
    sign_in(context, people.lead, live_server.url)
    start = f"/inspections/{inspection.ref}/sample/"
    assert [problem for address in PAGES for problem in look(page, start + address, violations)] == []


def test_the_page_of_the_service_is_accessible_and_narrow_enough(
    page: Page, context: BrowserContext, live_server, people: People, inspection: Inspection, violations: ViolationsOf
) -> None:
    sign_in(context, people.contact, live_server.url)
    assert look(page, f"/service/{inspection.ref}/caseload/", violations) == []


@pytest.mark.parametrize(
    ("address", "box", "typed", "button", "sentence"),
    [
        ("choose/child/", "size", "many", "Draw again", "Enter how many cases to draw as a number, such as 31"),
        ("C-02/replace/", "reason", " ", "Replace this case", "Say why this case is replaced"),
        ("victims/", "group-V-03", "one", "Save the interviews", "Enter the number of an interview, or leave it blank"),
    ],
)
def test_an_error_leads_to_its_field_and_keeps_what_was_typed(
    page: Page,
    context: BrowserContext,
    live_server,
    people: People,
    inspection: Inspection,
    violations: ViolationsOf,
    address: str,
    box: str,
    typed: str,
    button: str,
    sentence: str,
) -> None:
    sign_in(context, people.lead, live_server.url)
    page.goto(f"/inspections/{inspection.ref}/sample/{address}")
    page.locator(f"[name={box}]").fill(typed)
    page.get_by_role("button", name=button).click()
    page.locator(".govuk-error-summary").get_by_role("link", name=sentence).click()
    assert page.evaluate("document.activeElement.name") == box
    expect(page.locator(f"[name={box}]")).to_have_value(typed)
    assert violations(page) == []


def test_the_service_sends_a_list_without_javascript(
    chromium, live_server, people: People, inspection: Inspection
) -> None:
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    sign_in(context, people.contact, live_server.url)
    page = context.new_page()
    page.goto(f"/service/{inspection.ref}/caseload/")
    page.get_by_label("Children's cases").check()
    page.get_by_label("The list").set_input_files(
        {
            "name": "caseload.csv",
            "mimeType": "text/csv",
            "buffer": children({}, {"sex": ""}, {"start_date": "01/01/2011"}),
        }
    )
    page.get_by_role("button", name="Upload the list").click()
    expect(page.get_by_text(f"{inspection.ref}-C3")).to_be_visible()
    expect(page.get_by_text("Row 4: start date is before date of birth")).to_be_visible()
    context.close()
