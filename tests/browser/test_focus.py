"""Going through a case read by keyboard: the bar that stays in view never covers what has focus (WCAG 2.4.11)."""

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page

from cases.models import Case
from tests.factories import inspection_with_team, sampled_cases

pytestmark = pytest.mark.django_db(transaction=True)
COVERED = """() => {
  const bar = document.querySelector(".moj-identity-bar"), focused = document.activeElement;
  if (bar.contains(focused) || !focused.offsetWidth) return [];
  const covers = bar.getBoundingClientRect(), box = focused.getBoundingClientRect();
  return box.bottom <= covers.bottom && box.top >= covers.top ? [focused.id || focused.textContent] : [];
}"""


@pytest.fixture
def case(people, context: BrowserContext, live_server) -> Case:
    """C-01, allocated to the person who is signed in."""
    client = Client()
    client.force_login(people.assistant)
    cookies = [{"name": name, "value": cookie.value, "url": live_server.url} for name, cookie in client.cookies.items()]
    context.add_cookies(cookies)
    return sampled_cases(inspection_with_team(people), reader=people.assistant)[0]


def address(case: Case) -> str:
    return reverse("cases:read-section", kwargs={"ref": case.inspection.ref, "case_ref": case.ref, "section": "2.1"})


@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
def test_what_has_focus_is_never_under_the_bar(page: Page, case: Case, key: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 700})
    page.goto(address(case))
    covered, focused = [], set()
    for _ in range(60):
        page.keyboard.press(key)
        covered += page.evaluate(COVERED)
        focused.add(page.evaluate("document.activeElement.id"))
    assert covered == []
    assert len(focused) > 20
