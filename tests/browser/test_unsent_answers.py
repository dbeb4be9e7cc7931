"""Unsent answers outlive the tab, the browser and the session, for their owner alone, in a real browser."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from accounts.models import User
from cases.models import AnswerVersion, Case
from config.local.processes import wait_until
from tests.factories import inspection_with_team, sampled_cases
from tests.people import PASSWORD, People

pytestmark = pytest.mark.django_db(transaction=True)
SAVED = re.compile(r"All answers saved, \d{1,2}:\d\d[ap]m$")
CANARY = "Kanarienvogel"


@pytest.fixture
def case(people: People) -> Case:
    return sampled_cases(inspection_with_team(people), reader=people.assistant)[0]


def sign_in(context: BrowserContext, live_server: Any, person: User) -> None:
    client = Client()
    client.force_login(person)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])


@pytest.fixture
def reader(context: BrowserContext, live_server: Any, people: People) -> BrowserContext:
    people.assistant.set_password(PASSWORD)
    people.assistant.save()
    sign_in(context, live_server, people.assistant)
    return context


def section(case: Case, code: str = "2.1") -> str:
    address = {"ref": case.inspection.ref, "case_ref": case.ref, "section": code}
    return reverse("cases:read-section", kwargs=address)


def line(page: Page) -> Any:
    return page.locator("[data-save-text]")


def evidence(page: Page, code: str) -> Any:
    return page.locator(f'textarea[name="evidence-{code}"]')


def kept() -> list[tuple[str, str]]:
    versions = AnswerVersion.objects.order_by("answer__question", "version")
    return list(versions.values_list("answer__question", "evidence"))


DRAFTS = """async () => {
  const open = indexedDB.open("unsent", 1);
  await new Promise(resolve => { open.onsuccess = resolve; });
  if (!open.result.objectStoreNames.contains("drafts")) return -1;
  const rows = open.result.transaction("drafts").objectStore("drafts").count();
  await new Promise(resolve => { rows.onsuccess = resolve; });
  open.result.close();
  return rows.result;
}"""


def drafts(page: Page) -> int:
    return int(page.evaluate(DRAFTS))


def no_saves(context: BrowserContext) -> None:
    context.route("**/answers/", lambda route: route.abort())


def leave_unsent(context: BrowserContext, case: Case, **texts: str) -> None:
    """Typed on a page whose saves do not get through, and whose tab is closed."""
    no_saves(context)
    page = context.new_page()
    page.goto(section(case))
    for code, text in (texts or {"2.1.1a": CANARY}).items():
        evidence(page, code.replace("_", ".")).press_sequentially(text)
    expect(line(page)).to_contain_text("Not saved yet")
    wait_until(lambda: drafts(page) == len(texts or [1]), seconds=5)
    page.close()
    context.unroute("**/answers/")


def test_what_a_closed_tab_left_is_put_back_and_sent(reader, case):
    leave_unsent(reader, case)
    page = reader.new_page()
    page.goto(section(case))
    expect(line(page)).to_have_text(SAVED)
    assert evidence(page, "2.1.1a").input_value() == CANARY
    assert kept() == [("2.1.1a", CANARY)]
    assert wait_until(lambda: drafts(page) == 0, seconds=5)


def test_a_draft_of_an_old_version_asks_which_to_keep(reader, case, people):
    leave_unsent(reader, case)
    from tests.answering import save

    save(case, people.assistant, evidence="Theirs")
    page = reader.new_page()
    page.goto(section(case))
    expect(page.locator(".app-answer-box")).to_contain_text("Choose which to keep")
    assert kept() == [("2.1.1a", "Theirs")]
