"""A panel at work in a real browser, by keyboard alone: the room view down to one answer and back, and what if."""

import re

import pytest
from django.apps import apps
from playwright.sync_api import BrowserContext, expect

from ratings.actions.meetings import start
from tests.browser.keyboard import Keyboard
from tests.browser.test_ratings import sign_in
from tests.people import People
from tests.ratings.given import at_rating, decided

pytestmark = pytest.mark.django_db(transaction=True)


def rows() -> dict[str, int]:
    counted = (model for model in apps.get_models() if model._meta.label != "accounts.Session")
    return {model._meta.label: model._default_manager.count() for model in counted}


def tab_to(keyboard: Keyboard, name: str) -> None:
    """By Tab alone; fails when it is nowhere."""
    for _ in range(80):
        keyboard.press("Tab")
        if keyboard.page.evaluate("document.activeElement.textContent.trim()").startswith(name):
            return
    raise AssertionError(f"Tab leads to no {name}")


def test_a_panel_walks_the_room_view_down_to_an_answer_and_back(
    context: BrowserContext, people: People, live_server
) -> None:
    """Seven band strips, the lower one opened, one case's evidence, and back up by breadcrumb."""
    meeting = start(inspection=at_rating(people), by=people.lead)
    sign_in(context, people.chair, live_server.url)
    keyboard = Keyboard(context)
    page, base = keyboard.page, f"/inspections/{meeting.inspection.ref}/panel/"
    page.goto(f"{base}room/")
    walked = []
    for _ in range(7):
        walked.append(page.get_by_role("heading", level=1).inner_text().split()[0])
        with page.expect_event("load"):
            keyboard.press("ArrowRight")
    assert walked == ["2.1.1", "2.1.2", "2.2.1", "2.2.2", "2.3.1", "2.3.2", "V1.1"]
    page.goto(f"{base}room/?show=2")
    tab_to(keyboard, "9 of 14 (64.3%)")
    with page.expect_event("load"):
        keyboard.press("Enter")
    tab_to(keyboard, "C-14")
    keyboard.follow("Enter")
    expect(page.get_by_text("What was read about 2.1.2 in C-14.")).to_be_visible()
    tab_to(keyboard, "Overall rating")
    keyboard.follow("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Overall rating")


def test_what_if_shows_a_band_go_up_and_keeps_nothing(context: BrowserContext, people: People, live_server) -> None:
    meeting = start(inspection=at_rating(people), by=people.lead)
    decided(meeting, people.chair, V1_2="yes", V1="good")
    sign_in(context, people.chair, live_server.url)
    page, base, before = context.new_page(), f"/inspections/{meeting.inspection.ref}/panel/", rows()
    page.goto(f"{base}what-if/")
    page.get_by_label("Key question", exact=True).select_option("2.1.2")
    page.get_by_label("Case", exact=True).select_option("C-14")
    page.get_by_label("Yes", exact=True).check()
    page.get_by_role("button", name="Try this answer").press("Enter")
    row = page.get_by_role("row", name=re.compile(r"^2\.1\.2"))
    expect(row).to_contain_text("What if: 10 of 14 (71.4%): Good")
    expect(row).to_contain_text("Higher")
    expect(page.get_by_role("row", name=re.compile(r"^Overall rating"))).to_contain_text("No change")
    label = page.locator(".app-what-if-label")
    expect(label).to_have_text("What if \N{EN DASH} not the result")
    page.emulate_media(media="print")
    expect(label).to_be_visible()
    page.goto(f"{base}key-questions/")
    expect(page.get_by_role("row", name=re.compile(r"^2\.1\.2"))).to_contain_text("9 of 14 (64.3%)")
    page.goto(f"{base}what-if/")
    expect(page.get_by_text("Answers that are tried: 0")).to_be_visible()
    assert rows() == before
