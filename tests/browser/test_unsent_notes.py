"""Unsent notes outlive their tab for their owner alone, as unsent answers do, in a real browser."""

import re
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import BrowserContext, expect

from accounts.models import User
from cases.models import Case
from tests.browser.conftest import ViolationsOf
from tests.browser.unsent import (
    CANARY,
    NO_SAVES,
    WRITTEN,
    leave_unsent,
    leave_unsent_note,
    line,
    note,
    notes,
    open_page,
    rows,
    section,
    wait_for_rows,
)
from tests.factories import inspection_with_team, sampled_cases
from tests.noting import versions, write
from tests.people import People

pytestmark = pytest.mark.django_db(transaction=True)
SAVED = re.compile(r"All notes saved, \d{1,2}:\d\d[ap]m$")
WIDE = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
LATE_KEYS = """(() => {
  const through = window.fetch;
  const late = (...asked) => new Promise(resolve => setTimeout(() => resolve(through(...asked)), 5_000));
  window.fetch = (address, ...more) => (address === "/unsent-key/" ? late : through)(address, ...more);
})()"""


@pytest.fixture
def case(people: People) -> Case:
    return sampled_cases(inspection_with_team(people), reader=people.assistant)[0]


def sign_in(context: BrowserContext, live_server: Any, person: User) -> None:
    client = Client()
    client.force_login(person)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])


@pytest.fixture
def reader(context: BrowserContext, live_server: Any, people: People, case: Case) -> BrowserContext:
    sign_in(context, live_server, people.assistant)
    return context


def test_a_new_note_that_a_closed_tab_left_is_put_back_and_saved_once(reader, case):
    leave_unsent_note(reader, case)
    page = open_page(reader, notes(case))
    expect(note(page)).to_have_value(CANARY)
    wait_for_rows(page, 0)
    expect(line(page)).to_have_text(SAVED)
    note(page).press_sequentially(" and more")
    page.get_by_role("button", name="Add note").click()
    expect(note(page, "Note 1")).to_have_value(f"{CANARY} and more")
    expect(note(page)).to_have_value("")
    assert versions(case) == [(1, CANARY), (2, f"{CANARY} and more")]


def test_a_note_that_was_there_is_put_back_where_it_stands(reader, case, people):
    write(case, people.assistant, "First.")
    write(case, people.assistant, "Second.")
    leave_unsent_note(reader, case, "Note 1")
    page = open_page(reader, notes(case))
    wait_for_rows(page, 0)
    expect(note(page, "Note 1")).to_have_value(CANARY)
    expect(note(page, "Note 2")).to_have_value("Second.")
    assert versions(case) == [(1, "First."), (1, "Second."), (2, CANARY)]


def test_what_was_typed_meanwhile_stays_and_the_kept_note_can_be_copied(reader, case):
    leave_unsent_note(reader, case)
    reader.add_init_script(LATE_KEYS)
    page = open_page(reader, notes(case))
    note(page).fill("Meanwhile")
    expect(line(page)).to_have_text(SAVED)
    box = page.locator(".app-answer-box")
    expect(box.get_by_label("Your text for New note")).to_have_value(f"New note\n{CANARY}")
    expect(note(page)).to_have_value("Meanwhile")
    assert (rows(page), versions(case)) == (1, [(1, "Meanwhile")])


def test_use_theirs_leaves_both_texts_of_a_kept_note_in_its_history(reader, case, people):
    made = write(case, people.assistant, "One.").note_id
    leave_unsent_note(reader, case, "Note 1")
    write(case, people.assistant, "Theirs.", note_id=made, base=1)
    page = open_page(reader, notes(case))
    expect(page.locator(".app-answer-box")).to_contain_text("Assistant changed this note at")
    expect(note(page, "Note 1")).to_have_value(CANARY)
    page.get_by_role("button", name=re.compile("^Use theirs.*Note 1")).click()
    wait_for_rows(page, 0)
    expect(note(page, "Note 1")).to_have_value("Theirs.")
    assert versions(case) == [(1, "One."), (2, "Theirs."), (3, CANARY), (4, "Theirs.")]


def test_somebody_else_at_the_same_computer_sees_no_note(reader, case, people, live_server):
    leave_unsent_note(reader, case)
    sign_in(reader, live_server, people.lead)
    for address in ("/", notes(case)):
        page = open_page(reader, address)
        page.wait_for_load_state("networkidle")
        assert CANARY not in page.content()
        assert page.locator(".app-answer-box").count() == 0
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator(".app-answer-box")).to_contain_text("1 answer or note of somebody else")
    page.get_by_role("button", name="Stay signed in").click()
    sign_in(reader, live_server, people.assistant)
    expect(note(open_page(reader, notes(case)))).to_have_value(CANARY)


def test_signing_out_names_notes_and_sends_them_when_asked(reader, case):
    leave_unsent_note(reader, case)
    leave_unsent(reader, case, before=1)
    page = open_page(reader, "/inspections/")
    page.get_by_role("button", name="Sign out").click()
    box = page.locator(".app-answer-box")
    expect(box).to_contain_text(
        "1 answer and 1 note for C-01 (New note, 2.1.1a) have not been sent. "
        "If you sign out they are removed from this computer."
    )
    page.get_by_role("button", name="Send them now").click()
    page.wait_for_url("**/sign-in/")
    assert versions(case) == [(1, CANARY)]


def test_signing_out_on_the_page_of_notes_asks_and_removes(reader, case):
    page = open_page(reader, notes(case))
    page.evaluate(NO_SAVES)
    note(page).press_sequentially(CANARY)
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator(".app-answer-box")).to_contain_text("1 note for C-01 (New note) has not been sent.")
    page.get_by_role("button", name="Sign out and remove them").click()
    page.wait_for_url("**/sign-in/")
    assert (rows(page), versions(case)) == (0, [])


def test_the_days_page_leads_to_each_page_that_sends(reader, case, violations: ViolationsOf):
    leave_unsent_note(reader, case)
    leave_unsent(reader, case, before=1)
    page = open_page(reader, "/")
    boxes = page.locator("[data-unsent-work] .app-answer-box")
    expect(boxes).to_have_count(2)
    expect(boxes.nth(0)).to_contain_text("1 note for C-01 is still on this computer. Send it now")
    expect(boxes.nth(1)).to_contain_text("1 answer for C-01 is still on this computer. Send it now")
    boxes.nth(0).locator("summary", has_text="Your text for New note").click()
    expect(boxes.nth(0).get_by_label("Your text for New note")).to_have_value(f"New note\n{CANARY}")
    assert (violations(page), page.evaluate(WIDE)) == ([], True)
    boxes.nth(0).get_by_role("link", name="Send it now").click()
    expect(note(page)).to_be_focused()
    wait_for_rows(page, 1)
    assert versions(case) == [(1, CANARY)]


def test_a_closed_case_shows_the_note_to_copy(reader, case, people):
    leave_unsent_note(reader, case)
    Case.objects.filter(pk=case.pk).update(reader=people.second_assistant)
    page = open_page(reader, notes(case))
    box = page.locator(".app-answer-box")
    expect(box).to_contain_text("1 note for C-01 could not be sent. Copy your text before you remove it")
    expect(box.get_by_label("Your text for New note")).to_have_value(f"New note\n{CANARY}")
    assert versions(case) == []


def test_without_a_connection_notes_go_on_even_after_a_reload(reader, case, people, violations: ViolationsOf):
    write(case, people.assistant, "First.")
    page = open_page(reader, notes(case))
    wait_for_rows(page, 1, "pages")
    note(page, "Note 1").fill("Saved before")
    expect(line(page)).to_have_text(SAVED)
    wait_for_rows(page, 1, "saved")
    reader.set_offline(True)
    note(page).press_sequentially(CANARY)
    page.wait_for_timeout(WRITTEN)
    page.reload()
    expect(note(page)).to_have_value(CANARY)
    expect(note(page, "Note 1")).to_have_value("Saved before")
    expect(page.locator(".app-save-line__note")).to_contain_text(
        "You are not connected. You can go on with your notes."
    )
    assert (violations(page), page.evaluate(WIDE)) == ([], True)
    page.goto(section(case))
    expect(page.locator("main")).to_contain_text("Other pages will open when you are back.")
    page.get_by_role("link", name="Go back to Notes, case C-01").click()
    expect(note(page)).to_have_value(CANARY)
    reader.set_offline(False)
    expect(line(page)).to_have_text(SAVED)
    assert versions(case) == [(1, "First."), (2, "Saved before"), (1, CANARY)]


def test_a_form_posted_without_a_connection_stays_with_what_was_typed(reader, case, violations: ViolationsOf):
    address = notes(case).replace("/notes/", "/concern/")
    page = open_page(reader, address)
    text = page.locator("main textarea").first
    text.fill(CANARY)
    reader.set_offline(True)
    page.locator("main form button[type=submit]").click()
    said = page.get_by_role("alert").filter(has_text="You are not connected. What you typed is still here.")
    expect(said).to_be_visible()
    expect(text).to_have_value(CANARY)
    assert (page.url.endswith(address), violations(page), page.evaluate(WIDE)) == (True, [], True)
    reader.set_offline(False)
    expect(said).to_have_count(0)
