"""The pages of the sample in a real browser: accessible, never wider than the screen, errors that lead to fields."""

import pytest
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect

from cases.actions.allocation import allocate
from cases.actions.caseload import receive_list
from cases.actions.sample import choose_discussions, draw_sample, replace_case
from cases.actions.uploads import keep_upload
from cases.models import Kind
from cases.queries.sample import sample_of
from cases.rules.caseload import parse
from documents.actions import keep
from documents.models import Purpose
from inspections.models import Inspection
from tests.browser.conftest import ViolationsOf
from tests.cases.test_rules_caseload import TODAY, children
from tests.cases.workbooks import day, listed, text
from tests.factories import accepted_caseload, inspection_with_team
from tests.people import People

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
pytestmark = pytest.mark.django_db(transaction=True)

LISTED = children({}, {"date_of_birth": "31/02/2010"}, {"name": "=1+1"})
PAGES = [
    "lists/",
    "lists/child/",
    "lists/child/2/",
    "lists/child/2/compare/",
    "choose/child/",
    "choose/child/targets/?size=14&groups=work_type&groups=sex",
    "choose/victim/",
    "statement/",
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
    for person in (people.lead, people.contact):
        keep_upload(
            by=person,
            inspection=inspection,
            kind=Kind.CHILD,
            label="list.csv",
            content=LISTED,
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
    start = f"/service/{inspection.ref}/caseload/"
    assert [problem for address in (start, f"{start}child/") for problem in look(page, address, violations)] == []


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
    file = listed({"Ethnic origin": text("Mixed")}, {"DOB": day(46266), "Order start date": day(40656)})
    page.get_by_label("The list", exact=True).set_input_files({"name": "list.xlsx", "mimeType": XLSX, "buffer": file})
    page.get_by_role("button", name="Upload the list").click()
    expect(page.get_by_text("Row 3: start date is before date of birth")).to_be_visible()
    page.get_by_label("Sex").select_option("Ethnic origin")
    page.get_by_role("button", name="Read the list again").click()
    sentence = "You chose “Ethnic origin” for sex and for ethnicity. Choose another for one of them"
    page.locator(".govuk-error-summary").get_by_role("link", name=sentence).click()
    page.get_by_label("Ethnicity").select_option("Gender")
    page.get_by_role("button", name="Send this list").click()
    expect(page.get_by_text("The list has been read again with the columns that you chose")).to_be_visible()
    expect(page.get_by_role("row", name="Mixed")).to_be_visible()
    page.get_by_role("button", name="Send this list").click()
    expect(page.get_by_text(f"{inspection.ref}-C3")).to_be_visible()
    expect(page.get_by_text("2, 1 with problems")).to_be_visible()
    context.close()


def test_a_list_is_matched_and_its_rows_left_out_with_the_keyboard_alone(
    page: Page, context: BrowserContext, live_server, people: People, inspection: Inspection
) -> None:
    sign_in(context, people.lead, live_server.url)
    page.goto(f"/inspections/{inspection.ref}/sample/lists/child/")
    page.get_by_label("Team (optional)").focus()
    page.keyboard.press("Home")
    reach(page, "Read the list again")
    expect(page.get_by_label("Team (optional)")).to_have_value("")
    reach(page, "Take this list in")
    expect(page.get_by_text("List 3 has been received. Check it below.")).to_be_visible()
    page.get_by_label("Why row 3 is left out").focus()
    page.keyboard.type("Not in the period")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Reasons that have been changed: 1.")).to_be_visible()
    expect(page.get_by_label("Why row 3 is left out")).to_have_value("Not in the period")


def reach(page: Page, button: str) -> None:
    """By Tab, and pressed with Enter."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == button:
            page.keyboard.press("Enter")
            page.wait_for_load_state()
            return
    raise AssertionError(f"Tab does not lead to {button}")
