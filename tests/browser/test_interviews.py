"""Interviews in a real browser: by keyboard, at three widths, with and without a connection."""

import re
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, expect

from accounts import clock
from cases.actions.interviews import start
from cases.models import Case, Note, TopicCovered
from tests.answering import save as answer
from tests.browser.conftest import ViolationsOf
from tests.browser.test_case_read import address, line, sign_in
from tests.factories import inspection_with_team, sampled_cases
from tests.interviewing import booked, heard
from tests.noting import write
from tests.people import People

pytestmark = pytest.mark.django_db(transaction=True)
SAVED = re.compile(r"^All notes saved, \d{1,2}:\d\d[ap]m$")
WIDE = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


@pytest.fixture
def victims(people: People) -> list[Case]:
    inspection = inspection_with_team(people)
    return sampled_cases(inspection, "victim", 3, reader=people.assistant, interview_group=1)


@pytest.fixture
def slot(victims, people):
    return booked(victims, people.assistant, "victim_worker", minutes=60, at=clock.now() - timedelta(minutes=5))


@pytest.fixture
def reader(context: BrowserContext, live_server: Any, people: People) -> BrowserContext:
    sign_in(context, live_server, people.assistant)
    return context


def test_what_is_typed_about_all_is_saved_on_each_case_while_it_is_typed(reader, victims, slot, page):
    page.goto(address(victims[0], "interview"))
    box = page.get_by_role("textbox", name="Note on I2a", exact=True)
    box.fill("One manager.")
    expect(line(page)).to_have_text(SAVED)
    box.fill("One manager for all three.")
    box.blur()
    expect(line(page)).to_have_text(SAVED)
    page.reload()
    expect(page.get_by_role("textbox", name="Note 1 on I2a", exact=True)).to_have_value("One manager for all three.")
    assert list(Note.objects.order_by("case__ref").values_list("case__ref", "text", "version")) == [
        (ref, "One manager for all three.", 2) for ref in ("V-01", "V-02", "V-03")
    ]


def test_by_keyboard_a_topic_is_ticked_without_leaving_what_is_typed(reader, victims, slot, page):
    page.goto(address(victims[0], "interview"))
    page.get_by_role("textbox", name="Note on anything else about V-01", exact=True).fill("Half a sen")
    tick = page.locator('[id="tick-V-01-V1.1"] button')
    tick.focus()
    page.keyboard.press("Enter")
    expect(tick).to_have_text(re.compile("^Not covered after all"))
    expect(tick).to_be_focused()
    expect(page.get_by_role("textbox", name="Note on anything else about V-01", exact=True)).to_have_value("Half a sen")
    page.keyboard.press("Enter")
    expect(tick).to_have_text(re.compile("^Mark as covered"))
    assert TopicCovered.objects.count() == 0


def test_the_time_runs_once_it_has_started(reader, victims, slot, people, page):
    start(by=people.assistant, slot=slot)
    page.goto(address(victims[0], "interview"))
    expect(page.locator("[data-timer]")).to_have_text(re.compile(r"^0 minutes so far, (60|59) minutes left\.$"))


def test_a_note_is_kept_without_a_connection_and_sent_when_it_is_back(reader, victims, slot):
    page = reader.new_page()  # the browser itself reports the failure on its console
    page.goto(address(victims[1], "interview"))
    failed = lambda route: route.abort()  # noqa: E731
    page.route("**/interview/notes/**", failed)
    page.get_by_role("textbox", name="Note on anything else about V-02", exact=True).fill("Kept.")
    expect(line(page)).to_contain_text("Not saved yet: 1 note.")
    page.unroute("**/interview/notes/**", failed)
    page.get_by_role("button", name="Send now").click()
    expect(line(page)).to_have_text(re.compile("All notes saved"))
    assert list(Note.objects.values_list("case__ref", "text")) == [("V-02", "Kept.")]


@pytest.mark.parametrize("width", [1280, 683, 320])
def test_every_page_is_free_of_violations_and_fits(
    reader, victims, slot, people, page, violations: ViolationsOf, width
):
    answer(victims[0], people.assistant, "V1.1a", "no")
    write(victims[1], people.assistant, "W" * 250)
    heard(slot, victims, people.assistant, "Long. " * 60, "for-all")
    page.set_viewport_size({"width": width, "height": 800})
    ref, pk = slot.inspection.ref, slot.pk
    addresses = [
        address(victims[0], "interview"),
        address(victims[0], "finish-interview"),
        f"/inspections/{ref}/timetable/{pk}/prep/",
        f"/inspections/{ref}/timetable/{pk}/",
        address(victims[0]),
        "/interviews/",
    ]
    for each in addresses:
        page.goto(each)
        assert (each, violations(page), page.evaluate(WIDE)) == (each, [], True)
