"""Signing in, in a real browser."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ViolationsOf

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_page_is_accessible_and_styled(page: Page, violations: ViolationsOf) -> None:
    page.goto("/sign-in/")
    assert violations(page) == []
    button = page.get_by_role("button", name="Sign in")
    assert button.evaluate("element => getComputedStyle(element).backgroundColor") == "rgb(15, 122, 82)"


def test_an_error_is_in_the_summary_and_leads_to_its_field(page: Page, violations: ViolationsOf) -> None:
    page.goto("/sign-in/")
    page.get_by_role("button", name="Sign in").click()
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    summary.get_by_role("link").first.click()
    assert page.evaluate("document.activeElement.tagName") == "INPUT"
    assert violations(page) == []
