"""Ratings in a real browser: every page fits and is accessible, figures keep up, the meeting needs no mouse."""

import re
from urllib.parse import urljoin

import pytest
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect

from accounts import clock
from cases.models import Case, Kind
from inspections.models import Inspection
from ratings.actions.meetings import freeze, start
from ratings.actions.outcomes import tell_service
from ratings.actions.packs import keep_pack
from ratings.actions.signatures import sign
from ratings.models import Decision
from ratings.queries.meetings import meeting_or_404, page_state
from ratings.tasks import recompute_stale
from tests.factories import inspection_with_team, sampled_cases
from tests.people import People
from tests.ratings.given import CHILDREN, REASON, answered, at_rating, changed, decided

pytestmark = pytest.mark.django_db(transaction=True)

WIDTHS = (1280, 683, 320)
FIGURES = (
    *("key-questions/", "trace/", "trace/overall/", "trace/2.1.2/", "trace/2.1.2/C-01/"),
    *("key-questions/cases/", "what-if/?try=2.1.2~C-08~yes&add=1", "room/?show=2"),
)
DOMAIN_ONE = {"_1_1": "good", "_1_2": "requires_improvement", "_1_3": "outstanding"}


@pytest.fixture
def look(context: BrowserContext, page: Page, live_server, violations):
    """What is wrong with a page as a person sees it at this width."""

    def at(person, width: int, address: str) -> list[str]:
        sign_in(context, person, live_server.url)
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(address)
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        return violations(page) + ["wider than the screen"] * wide

    return at


def sign_in(context: BrowserContext, person, address: str) -> None:
    client = Client()
    client.force_login(person)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}])


def fieldwork(people: People, children: int, victims: int) -> Inspection:
    """Half of the children's cases sent; 2.1.2 just below a band, some of it not applicable, some not answered."""
    inspection = inspection_with_team(people)
    cases = sampled_cases(inspection, Kind.CHILD, children)
    letters = dict.fromkeys(CHILDREN, ("yyn" * children)[:children])
    answered(cases, letters | {"2.1.2": "y" * 7 + "n" * 4 + ("a-" * children)[: children - 11]}, people.assistant)
    answered(sampled_cases(inspection, Kind.VICTIM, victims), {"V1.1": ("yn" * victims)[:victims]}, people.assistant)
    sent = Case.objects.filter(inspection=inspection, ref__lte=f"C-{children // 2:02d}")
    sent.update(sent_at=clock.now(), sent_by=people.assistant)
    return inspection


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(("children", "victims"), [(14, 9), (91, 24)])
def test_provisional_ratings_fit_and_are_accessible(
    people: People, look, children: int, victims: int, width: int
) -> None:
    inspection = fieldwork(people, children, victims)
    base = f"/inspections/{inspection.ref}/panel/"
    faults = {"key-questions/ at first": look(people.lead, width, f"{base}key-questions/")}
    recompute_stale()
    faults |= {path: look(people.lead, width, base + path) for path in FIGURES}
    assert {path: found for path, found in faults.items() if found} == {}


@pytest.mark.parametrize("width", WIDTHS)
def test_the_meeting_and_the_outcome_fit_and_are_accessible(people: People, look, width: int) -> None:
    inspection = at_rating(people, "iyjs")
    base, faults = f"/inspections/{inspection.ref}/panel/", {}

    def see(when: str, *paths: str, person=people.chair) -> None:
        for path in paths:
            if found := look(person, width, urljoin(base, path)):
                faults[when, path] = found

    see("before", "")
    meeting = start(inspection=inspection, by=people.lead)
    see("started", "", "victims/", "domain-one/", "sign-off/", "members/", "room/?show=8")
    keep_pack(inspection=inspection, digest="0", html="<p>As it was</p>", by=people.lead)
    see("started", "pack/", "pack/1/")
    decided(meeting, people.chair, V1_2="yes", V1="outstanding")
    decided(meeting, people.chair, V1_2="no")
    see("reopened", "victims/", "victims/?change=V1.2")
    decided(meeting, people.chair, V1="good", **DOMAIN_ONE)
    changed(inspection, "C-11", "2.1.2", "yes")
    see("decided", "", "victims/", "domain-one/", "domain-one/?change=1.1", "trace/V1.choice/", "trace/2.1.2/C-11/")
    freeze(meeting=meeting, by=people.chair)
    see("frozen", "", "sign-off/", "unfreeze/", "key-questions/")
    for person in (people.chair, people.lead):
        sign(meeting=meeting, shown=page_state(meeting_or_404(inspection)), by=person)
    see("signed", "", "sign-off/", "../outcome/", person=people.lead)
    tell_service(inspection=inspection, told_on=clock.today(), told_how="In a call", by=people.lead)
    see("told", "../outcome/", person=people.lead)
    see("told", f"/service/{inspection.ref}/outcome/", person=people.contact)
    assert faults == {}


def test_figures_keep_up_without_a_reload(context: BrowserContext, page: Page, live_server, people: People) -> None:
    inspection = fieldwork(people, 14, 9)
    recompute_stale()
    sign_in(context, people.lead, live_server.url)
    page.goto(f"/inspections/{inspection.ref}/panel/key-questions/")
    row = page.get_by_role("row", name=re.compile(r"^2\.1\.2"))
    expect(row).to_contain_text("7 of 11 (63.6%)")
    changed(inspection, "C-08", "2.1.2", "yes")
    expect(page.get_by_text("They are being recomputed.")).to_be_visible()
    recompute_stale()
    expect(row).to_contain_text("8 of 11 (72.7%)")
    expect(page.get_by_text("They are being recomputed.")).to_have_count(0)


def test_a_choice_is_made_with_the_keyboard_alone(
    context: BrowserContext, page: Page, live_server, people: People
) -> None:
    meeting = start(inspection=at_rating(people), by=people.lead)
    sign_in(context, people.chair, live_server.url)
    page.goto(f"/inspections/{meeting.inspection.ref}/panel/victims/")
    keys = page.keyboard
    page.get_by_role("button", name="Record this decision").press("Enter")
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name="Select Yes or No for V1.2").press("Enter")
    expect(page.get_by_label("Yes", exact=True)).to_be_focused()
    keys.press("Space")
    keys.press("Tab")
    keys.type(REASON)
    keys.press("Tab")  # who disagreed
    keys.press("Tab")
    keys.press("Enter")
    expect(page.get_by_text("The row in play: V1.1 Good, V1.2 Yes")).to_be_visible()
    page.get_by_label("Good", exact=True).focus()
    keys.press("ArrowDown")
    keys.press("Tab")
    keys.type(REASON)
    keys.press("Tab")  # who disagreed
    keys.press("Tab")
    keys.press("Enter")
    expect(page.get_by_role("heading", name="What the choice means")).to_be_visible()
    assert list(Decision.objects.values_list("item", "value")) == [("V1.2", "yes"), ("V1", "outstanding")]
