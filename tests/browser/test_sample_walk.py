"""From the list to a fair week: drawn, locked and shared out; then a reader knows a case, and the hours even out."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect

from accounts import clock
from accounts.models import Role, User
from cases.models import Case, Kind
from cases.queries.allocation import Suggest, shares_of
from cases.queries.sample import sample_of
from inspections.models import Inspection, Membership, TeamRole
from tests.browser.conftest import ViolationsOf
from tests.factories import accepted_caseload, inspection_with_team
from tests.people import People

pytestmark = pytest.mark.django_db(transaction=True)

SHOTS = os.environ.get("SHOTS", "")  # where pictures of every page go, for whoever wants to look at them
WIDTHS = {"small": (1280, 683, 320), "large": (1280, 683, 320) if SHOTS else (320,)}
SIZES = {"small": (60, 14, 20, 9, 0), "large": (240, 91, 60, 24, 8)}


@pytest.fixture
def look(page: Page, violations: ViolationsOf, request: pytest.FixtureRequest) -> Callable[[str], None]:
    """A page as it stands must be accessible and no wider than the screen; of a large sample on a narrow one only."""

    def at_every_width(name: str) -> None:
        size = request.node.callspec.id
        for width in WIDTHS[size]:
            page.set_viewport_size({"width": width, "height": 900})
            assert (name, width, violations(page)) == (name, width, [])
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            if SHOTS:
                page.screenshot(path=Path(SHOTS) / f"{size}-{name}-{width}.png", full_page=True)
        page.set_viewport_size({"width": 1280, "height": 900})

    return at_every_width


def inspection_of(people: People, children: int, victims: int, more_readers: int) -> Inspection:
    inspection = inspection_with_team(people)
    accepted_caseload(inspection, Kind.CHILD, children)
    accepted_caseload(inspection, Kind.VICTIM, victims)
    for number in range(more_readers):
        person = User.objects.create(
            email=f"more{number}@people.example", name=f"Reader {number + 5}", role=Role.INSPECTOR, password="!"
        )
        Membership.objects.create(inspection=inspection, person=person, role=TeamRole.ASSISTANT, since=clock.now())
    inspection.caseload_lists.get(kind="child").rows.filter(number__lte=9).update(welsh_speaking=True)
    User.objects.filter(name="Deputy").update(speaks_welsh=True)
    return inspection


def sign_in(context: BrowserContext, person: object, address: str) -> None:
    client = Client()
    client.force_login(person)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}])


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


def hours(inspection: Inspection) -> list[float]:
    loads = shares_of(inspection, typed={}, suggest=Suggest.NOTHING).loads
    return [float(load.hours) for load in loads if load.counts]


@pytest.mark.parametrize("size", list(SIZES))
def test_draw_lock_share_out_know_a_case_and_even_out(
    page: Page, context: BrowserContext, live_server, people: People, look: Callable[[str], None], size: str
) -> None:
    children, sampled, victims, sampled_victims, more = SIZES[size]
    inspection = inspection_of(people, children, victims, more)
    start = f"/inspections/{inspection.ref}/sample/"
    sign_in(context, people.lead, live_server.url)

    # Draw, with targets of one's own
    page.goto(f"{start}choose/child/")
    look("caseload")
    page.get_by_label("How many cases?").fill(str(sampled))
    page.get_by_label("Sex", exact=True).uncheck()
    press(page, "Set a target for each group")
    first, second = page.get_by_label("Court", exact=True), page.get_by_label("Out of court", exact=True)
    usual = int(first.input_value())
    first.fill(str(usual + 2))
    press(page, "Work out the sum")
    expect(page.get_by_role("row", name="Sum")).to_contain_text(str(sampled + 2))
    look("targets")
    second.fill(str(sampled - usual - 2))
    press(page, "Draw to these targets")
    expect(page.get_by_text("The sample has been drawn.")).to_be_visible()
    expect(page.get_by_text(f"Court {usual + 2} rather than {usual}")).to_be_visible()
    look("drawn")

    # Again, for a reason
    page.get_by_label("Why are you drawing again?").fill("The shares of the caseload are better")
    press(page, "Draw again")
    expect(page.get_by_text("Draw 2 of 2")).to_be_visible()
    expect(page.get_by_role("heading", name="Is the sample like the caseload?")).to_be_visible()
    look("drawn-again")
    page.goto(f"{start}choose/victim/")
    page.get_by_label("How many cases?").fill(str(sampled_victims))
    press(page, "Draw the sample")

    # Two cases for discussion, and the lock
    page.goto(f"{start}macd/")
    discussed = [case.ref for case in sample_of(inspection)[:2]]
    for ref in discussed:
        page.get_by_label(f"Discuss {ref}").check()
    press(page, "Save the cases for discussion")
    press(page, "Lock the sample")
    expect(page.get_by_text("Lead locked the sample on")).to_be_visible()
    look("locked")
    page.goto(f"{start}macd/")
    page.get_by_label(f"Discuss {discussed[0]}").uncheck()
    page.get_by_label(f"Discuss {sample_of(inspection)[3].ref}").check()
    press(page, "Save the cases for discussion")
    expect(page.get_by_role("link", name="Say why the cases for discussion change")).to_be_visible()

    # Share out
    page.goto(f"{start}allocation/")
    press(page, "Suggest an allocation")
    look("suggested")
    press(page, "Confirm the allocation")
    expect(page.get_by_text(f"Cases that have another reader now: {sampled + sampled_victims}.")).to_be_visible()
    fair = hours(inspection)
    assert max(fair) - min(fair) <= 1.5
    look("allocated")

    # A reader knows a case
    known = sample_of(inspection).filter(reader=people.assistant)[0]
    sign_in(context, people.assistant, live_server.url)
    page.goto(f"/inspections/{inspection.ref}/cases/{known.ref}/")
    look("case")
    page.get_by_role("link", name="I know this case").first.click()
    look("know")
    page.get_by_label("I know the child or the victim, or their family").check()
    press(page, "Send this case back")
    expect(page.get_by_text(f"{known.ref} has gone back.")).to_be_visible()
    page.goto(f"/inspections/{inspection.ref}/known-workers/")
    look("workers")

    # The lead evens out
    sign_in(context, people.lead, live_server.url)
    page.goto(f"{start}allocation/")
    expect(page.get_by_text(f"Cases that need a reader: 1 ({known.ref}).")).to_be_visible()
    press(page, "Suggest an allocation")
    before = dict(Case.objects.values_list("ref", "reader"))
    press(page, "Confirm the allocation")
    after = dict(Case.objects.values_list("ref", "reader"))
    assert after[known.ref] not in {None, people.assistant.pk}
    assert sum(before[ref] != after[ref] for ref in before) <= 4
    fair = hours(inspection)
    assert max(fair) - min(fair) <= 1.5

    # Several at once, by keyboard
    refs = [case.ref for case in sample_of(inspection).filter(reader=people.deputy)][:2]
    for ref in refs:
        page.get_by_label(f"Move {ref}").focus()
        page.keyboard.press("Space")
    page.get_by_label("Which cases").select_option("The ticked cases")
    page.get_by_label("To whom").select_option("Nobody: take them back")
    page.get_by_role("button", name="Move these cases").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Cases that have another reader now: 2.")).to_be_visible()
    look("moved")
    page.goto(f"{start}statement/")
    look("statement")
