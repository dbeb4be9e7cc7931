"""Unsent answers outlive the tab, the browser and the session, for their owner alone, in a real browser."""

import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from accounts.models import Session, User
from cases.models import AnswerVersion, Case
from config.local import browser
from config.local.processes import wait_until
from tests.answering import save
from tests.browser.conftest import ViolationsOf
from tests.browser.unsent import (
    CANARY,
    NO_SAVES,
    WRITTEN,
    evidence,
    fill_in_sign_in,
    found_in,
    leave_unsent,
    line,
    open_page,
    rows,
    section,
    wait_for_rows,
)
from tests.factories import inspection_with_team, sampled_cases
from tests.people import PASSWORD, People

pytestmark = pytest.mark.django_db(transaction=True)
SAVED = re.compile(r"All answers saved, \d{1,2}:\d\d[ap]m$")
NOT_KEPT = "This computer keeps no unsent answers: keep this page open until they are saved"


@pytest.fixture
def case(people: People) -> Case:
    people.assistant.set_password(PASSWORD)
    people.assistant.save()
    return sampled_cases(inspection_with_team(people), reader=people.assistant)[0]


def sign_in(context: BrowserContext, live_server: Any, person: User) -> None:
    client = Client()
    client.force_login(person)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])


@pytest.fixture
def reader(context: BrowserContext, live_server: Any, people: People, case: Case) -> BrowserContext:
    sign_in(context, live_server, people.assistant)
    return context


def kept() -> list[tuple[str, str]]:
    versions = AnswerVersion.objects.order_by("answer__question", "version")
    return list(versions.values_list("answer__question", "evidence"))


def fits(page: Page, violations: ViolationsOf) -> list[str]:
    found = []
    for width in (1280, 683, 320):
        page.set_viewport_size({"width": width, "height": 800})
        found += [f"{width}: {violation}" for violation in violations(page)]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{width}: it does not fit")
    return found


def test_what_a_closed_tab_left_is_put_back_and_sent(reader, case):
    leave_unsent(reader, case)
    page = open_page(reader, section(case))
    expect(evidence(page)).to_have_value(CANARY)
    wait_for_rows(page, 0)
    expect(line(page)).to_have_text(SAVED)
    assert kept() == [("2.1.1a", CANARY)]


def test_a_draft_of_an_old_version_asks_which_to_keep(reader, case, people):
    leave_unsent(reader, case)
    save(case, people.assistant, evidence="Changed meanwhile")
    page = open_page(reader, section(case))
    expect(page.locator(".app-answer-box")).to_contain_text("Choose which to keep")
    expect(evidence(page)).to_have_value(CANARY)
    assert kept() == [("2.1.1a", "Changed meanwhile")]


def test_a_session_that_ends_in_the_middle_of_a_word_costs_not_a_letter(reader, case, people):
    page = open_page(reader, section(case))
    typed = ""
    for time in range(3):
        evidence(page).focus()
        page.keyboard.type(f"time {time} ")
        Session.objects.all().delete()
        page.keyboard.type("half a wo")
        expect(line(page)).to_contain_text("Sign in again to save your work")
        page.wait_for_timeout(WRITTEN)
        page.reload()
        fill_in_sign_in(page, people.assistant.email)
        page.wait_for_url(f"**{section(case)}#evidence-2.1.1a")
        typed += f"time {time} half a wo"
        expect(evidence(page)).to_have_value(typed)
        expect(evidence(page)).to_be_focused()
        wait_for_rows(page, 0)
        assert kept()[-1] == ("2.1.1a", typed)


def test_the_link_to_sign_in_leads_back_to_the_question(reader, case):
    page = open_page(reader, section(case))
    evidence(page, "2.1.1b").focus()
    address = f"/sign-in/?next={section(case)}%23evidence-2.1.1b".replace("/", "%2F").replace(
        "%2Fsign-in%2F", "/sign-in/"
    )
    expect(page.locator("[data-save-sign-in]")).to_have_attribute("href", address)


def start(chromium: Browser, profile: Path, site: str) -> BrowserContext:
    """A browser with a folder of its own, which outlives its process."""
    context = chromium.browser_type.launch_persistent_context(
        profile, executable_path=browser.on_path(), base_url=site, locale="en-GB", timezone_id="Europe/London"
    )
    context.set_default_timeout(20_000)
    return context


def kill(profile: Path) -> None:
    mark = f"--user-data-dir={profile}".encode()
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (entry / "cmdline").read_bytes():
                os.kill(int(entry.name), signal.SIGKILL)
        except OSError:
            continue


def test_a_killed_browser_has_the_answer_and_nothing_readable(chromium, live_server, tmp_path, case, people):
    context = start(chromium, tmp_path, live_server.url)
    sign_in(context, live_server, people.assistant)
    page = open_page(context, section(case))
    page.evaluate(NO_SAVES)
    evidence(page).press_sequentially(CANARY)
    page.wait_for_timeout(WRITTEN)
    kill(tmp_path)
    assert found_in(tmp_path, CANARY) == []
    assert found_in(tmp_path / "Default" / "IndexedDB", case.ref, case.inspection.ref, "2.1.1a") == []
    Session.objects.all().delete()
    context = start(chromium, tmp_path, live_server.url)
    page = open_page(context, "/")
    fill_in_sign_in(page, people.assistant.email)
    box = page.locator("[data-unsent-work]")
    expect(box).to_contain_text("1 answer for C-01 is still on this computer. Send it now")
    box.get_by_role("link", name="Send it now").click()
    wait_for_rows(page, 0)
    assert kept() == [("2.1.1a", CANARY)]
    context.close()


def test_somebody_else_at_the_same_computer_sees_nothing(reader, case, people, live_server):
    leave_unsent(reader, case)
    sign_in(reader, live_server, people.lead)
    for address in ("/", section(case)):
        page = open_page(reader, address)
        page.wait_for_load_state("networkidle")
        assert CANARY not in page.content()
        assert page.locator(".app-answer-box").count() == 0
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator(".app-answer-box")).to_contain_text("1 answer or note of somebody else who used this computer")
    page.get_by_role("button", name="Stay signed in").click()
    sign_in(reader, live_server, people.assistant)
    expect(evidence(open_page(reader, section(case)))).to_have_value(CANARY)


def test_signing_out_names_what_is_not_sent_and_sends_it_when_asked(reader, case, violations):
    leave_unsent(reader, case, "2.1.1a", "2.1.1b")
    page = open_page(reader, "/inspections/")
    page.get_by_role("button", name="Sign out").click()
    box = page.locator(".app-answer-box")
    expect(box).to_be_focused()
    expect(box).to_contain_text(
        "2 answers for C-01 (2.1.1a, 2.1.1b) have not been sent. If you sign out they are removed from this computer."
    )
    assert fits(page, violations) == []
    page.get_by_role("button", name="Stay signed in").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_focused()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Send them now").click()
    page.wait_for_url("**/sign-in/")
    assert kept() == [("2.1.1a", CANARY), ("2.1.1b", CANARY)]


def test_signing_out_and_removing_leaves_nothing(reader, case, people, live_server):
    page = open_page(reader, section(case))
    page.evaluate(NO_SAVES)
    evidence(page).press_sequentially(CANARY)
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator(".app-answer-box")).to_contain_text("1 answer for C-01 (2.1.1a) has not been sent.")
    page.get_by_role("button", name="Sign out and remove them").click()
    page.wait_for_url("**/sign-in/")
    assert rows(page) == 0
    assert kept() == []


def test_signing_out_with_everything_sent_asks_nothing(reader, case):
    page = open_page(reader, section(case))
    evidence(page).fill("Sent")
    expect(line(page)).to_have_text(SAVED)
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in/")


def test_a_case_that_was_given_away_shows_the_text_to_copy_and_sends_nothing(reader, case, people, violations):
    leave_unsent(reader, case)
    Case.objects.filter(pk=case.pk).update(reader=people.second_assistant)
    page = open_page(reader, section(case))
    box = page.locator(".app-answer-box")
    expect(box).to_contain_text("1 answer for C-01 could not be sent. Copy your text before you remove it")
    expect(box.get_by_label("Your text for 2.1.1a")).to_have_value(f"2.1.1a: Not answered\n{CANARY}")
    assert fits(page, violations) == []
    box.get_by_role("button", name="Remove your text for 2.1.1a").click()
    expect(box).to_have_count(0)
    wait_for_rows(page, 0)
    assert kept() == []


def test_the_days_page_says_what_is_left_with_its_text(reader, case, violations):
    leave_unsent(reader, case, "2.1.1a", "2.1.1b", "2.1.2")
    page = open_page(reader, "/")
    box = page.locator("[data-unsent-work]")
    expect(box).to_contain_text("3 answers for C-01 are still on this computer. Send them now")
    box.locator("summary", has_text="Your text for 2.1.2").click()
    expect(box.get_by_label("Your text for 2.1.2")).to_have_value(f"2.1.2: Not answered\n{CANARY}")
    assert fits(page, violations) == []


def test_on_the_days_page_a_text_can_be_removed_on_its_own(reader, case):
    leave_unsent(reader, case, "2.1.1a", "2.1.1b")
    page = open_page(reader, "/")
    box = page.locator("[data-unsent-work] .app-answer-box")
    box.locator("summary", has_text="Your text for 2.1.1a").click()
    box.get_by_role("button", name="Remove your text for 2.1.1a").click()
    expect(box).to_contain_text("1 answer for C-01 is still on this computer. Send it now")
    expect(box.locator("summary", has_text="Your text for 2.1.1a")).to_have_count(0)
    box.locator("summary", has_text="Your text for 2.1.1b").click()
    box.get_by_role("button", name="Remove your text for 2.1.1b").click()
    expect(box).to_have_count(0)
    wait_for_rows(page, 0)
    assert kept() == []


def test_where_nothing_may_be_kept_the_page_says_so(reader, case, settings):
    settings.KEEP_UNSENT = False
    page = open_page(reader, section(case))
    expect(page.locator(".app-save-line__note")).to_have_text(NOT_KEPT)
    evidence(page).fill("Sent all the same")
    expect(line(page)).to_have_text(SAVED)
    assert rows(page) == 0


@pytest.fixture
def offline(reader: BrowserContext, case: Case) -> Iterator[Page]:
    """A section that was open, after the connection was lost; one answer was saved after it had been kept."""
    page = open_page(reader, section(case))
    wait_for_rows(page, 1, "pages")
    evidence(page, "2.1.2").fill("Saved before")
    expect(line(page)).to_have_text(SAVED)
    wait_for_rows(page, 1, "saved")
    reader.set_offline(True)
    yield page
    reader.set_offline(False)


def test_without_a_connection_the_open_section_goes_on_even_after_a_reload(reader, case, offline, violations):
    evidence(offline).press_sequentially(CANARY)
    offline.wait_for_timeout(WRITTEN)
    offline.reload()
    expect(evidence(offline)).to_have_value(CANARY)
    expect(evidence(offline, "2.1.2")).to_have_value("Saved before")
    expect(offline.locator(".app-save-line__note")).to_contain_text(
        "You are not connected. You can go on with this section"
    )
    assert fits(offline, violations) == []
    evidence(offline, "2.1.2").press_sequentially(" and after")
    expect(line(offline)).to_contain_text("Not saved yet: 2 answers")
    reader.set_offline(False)
    expect(line(offline)).to_have_text(SAVED)
    assert kept() == [("2.1.1a", CANARY), ("2.1.2", "Saved before"), ("2.1.2", "Saved before and after")]


def test_other_pages_say_that_they_need_a_connection_and_lead_back(reader, case, offline, violations):
    offline.goto("/inspections/")
    expect(offline.get_by_role("heading", name="You are not connected")).to_be_visible()
    expect(offline.locator("main")).to_contain_text("Other pages will open when you are back.")
    assert fits(offline, violations) == []
    offline.get_by_role("link", name="Go back to 2.1 Assessing, case C-01").click()
    expect(evidence(offline, "2.1.2")).to_have_value("Saved before")


def test_somebody_else_without_a_connection_gets_no_page_of_another(reader, case, people, live_server, offline):
    reader.set_offline(False)
    sign_in(reader, live_server, people.lead)
    other = open_page(reader, "/")
    other.wait_for_load_state("networkidle")
    offline.close()
    reader.set_offline(True)
    other.goto(section(case))
    expect(other.locator("main")).to_contain_text("Unsent answers and notes are kept locked on this computer.")
    assert wait_until(lambda: rows(other, "pages") == 0, seconds=5)
