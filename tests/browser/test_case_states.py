"""The read page in every state that somebody may find it in: it fits, and breaks no rule of accessibility."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from accounts import clock
from accounts.models import Session
from cases.actions.take_over import take_over
from cases.models import Case
from tests.answering import answer_all, save
from tests.browser.conftest import ViolationsOf
from tests.browser.test_case_read import address, block, faults, line, section, sign_in
from tests.factories import inspection_with_team, sampled_cases
from tests.people import People

pytestmark = pytest.mark.django_db(transaction=True)
LONG = "The child was seen at home on Monday, and again at school. " * 4
State = Callable[[Page, Case, People], None]


@pytest.fixture
def case(people: People) -> Case:
    return sampled_cases(inspection_with_team(people), reader=people.assistant)[0]


@pytest.fixture
def opened(context: BrowserContext, live_server: Any, people: People) -> Page:
    """Not the page fixture: a cut network and a refusal rightly complain in the console."""
    sign_in(context, live_server, people.assistant)
    return context.new_page()


def type_evidence(page: Page, text: str) -> None:
    block(page, "2.1.1a").get_by_label("Evidence").fill(text)
    page.keyboard.press("Tab")


def box(page: Page) -> Any:
    return block(page, "2.1.1a").locator(".app-answer-box")


def unsent(page: Page, case: Case, people: People) -> None:
    page.goto(section(case))
    page.context.set_offline(True)
    type_evidence(page, LONG)
    expect(line(page)).to_contain_text("Not saved yet: 1 answer.")


def conflict(page: Page, case: Case, people: People) -> None:
    save(case, people.assistant, evidence=LONG)
    page.goto(section(case))
    save(case, people.assistant, value="no", evidence=f"{LONG}The school said no.", base=1)
    type_evidence(page, f"First it was not. {LONG}")
    expect(box(page).locator("ins")).to_have_count(2)


def locked(page: Page, case: Case, people: People) -> None:
    page.goto(section(case))
    take_over(by=people.lead, case=case, reason="On leave")
    type_evidence(page, LONG)
    expect(box(page)).to_contain_text("This case was given to Lead at")


def session_ended(page: Page, case: Case, people: People) -> None:
    page.goto(section(case))
    Session.objects.all().delete()
    type_evidence(page, LONG)
    expect(line(page)).to_have_text("Sign in again to save your work. Nothing you typed has been lost.")


def session_ending(page: Page, case: Case, people: People) -> None:
    Session.objects.update(expire_date=timezone.now() + timedelta(minutes=4))
    page.goto(section(case))
    expect(page.locator("[data-ends-in]")).to_contain_text("Your session ends at")


def refused(page: Page, case: Case, people: People) -> None:
    page.goto(section(case))
    type_evidence(page, "x" * 100_001)
    expect(box(page)).to_have_text("Evidence must be 100,000 characters or fewer. You have 100,001")


def soft_check(page: Page, case: Case, people: People) -> None:
    answer_all(case, people.assistant)
    page.goto(section(case))
    block(page, "2.1.1").get_by_role("radio", name="No, question 2.1.1", exact=True).check()
    expect(page.get_by_label("You answered No, but 6 of 6 prompts are Yes. Say why")).to_be_visible()


def quick(page: Page, case: Case, people: People) -> None:
    people.assistant.quick_answers = True
    people.assistant.save()
    page.goto(section(case))
    expect(page.get_by_text("Quick answers are on.")).to_be_visible()


def reopened(page: Page, case: Case, people: People) -> None:
    answer_all(case, people.assistant)
    Case.objects.filter(pk=case.pk).update(reopened_at=clock.now(), reopened_by=people.lead)
    page.goto(section(case))
    expect(page.get_by_label("Why you changed this answer to 2.1.1a")).to_be_hidden()
    type_evidence(page, LONG)
    expect(page.get_by_label("Why you changed this answer to 2.1.1a")).to_be_visible()


def set_aside(page: Page, case: Case, people: People) -> None:
    conflict(page, case, people)
    box(page).get_by_role("button", name="Use theirs").click()
    expect(line(page)).to_contain_text("All answers saved")
    page.goto(address(case, "history"))
    expect(page.get_by_text("gave way to version 2")).to_be_visible()


STATES: dict[str, State] = {
    "unsent": unsent,
    "conflict": conflict,
    "locked": locked,
    "session ended": session_ended,
    "session ending": session_ending,
    "refused": refused,
    "soft check": soft_check,
    "quick answers": quick,
    "reopened": reopened,
    "set aside": set_aside,
}


@pytest.mark.parametrize("state", STATES.values(), ids=STATES)
def test_every_state_fits_and_breaks_no_rule_of_accessibility(
    opened: Page, case: Case, people: People, state: State, violations: ViolationsOf
) -> None:
    state(opened, case, people)
    assert faults(opened, violations) == []


def test_the_page_to_take_a_case_over_fits_and_breaks_no_rule(
    context: BrowserContext, live_server: Any, case: Case, people: People, page: Page, violations: ViolationsOf
) -> None:
    sign_in(context, live_server, people.lead)
    page.goto(address(case, "take-over"))
    assert faults(page, violations) == []


# --- what moves while somebody answers -----------------------------------------------------------------------


def test_the_count_of_prompts_and_what_asks_for_a_reason_follow_the_answers(opened: Page, case: Case) -> None:
    opened.goto(section(case))
    key, asked = block(opened, "2.1.1"), opened.locator('[name="despite_reason-2.1.1"]')
    key.get_by_role("radio", name="No, question 2.1.1", exact=True).check()
    for letter, count in zip("abc", (1, 2, 3), strict=True):
        expect(asked).to_be_hidden()
        block(opened, f"2.1.1{letter}").get_by_label("Yes").check()
        expect(key).to_contain_text(f"{count} of 6 prompts answered Yes.")
    expect(opened.get_by_label("You answered No, but 3 of 3 prompts are Yes. Say why")).to_be_visible()
    asked.fill("They concern one week only.")
    opened.keyboard.press("Tab")
    expect(line(opened)).to_contain_text("All answers saved")
    key.get_by_role("radio", name="Yes, question 2.1.1", exact=True).check()
    expect(asked).to_be_hidden()
    expect(line(opened)).to_contain_text("All answers saved")
    assert case.answers.get(question="2.1.1").despite_reason == "They concern one week only."


def test_one_press_keeps_the_session_going_and_other_tabs_know(opened: Page, case: Case, people: People) -> None:
    other = opened.context.new_page()
    session_ending(opened, case, people)
    session_ending(other, case, people)
    expect(opened.locator("[data-save-alert]")).to_have_text(f"{opened.locator('[data-session-words]').text_content()}")
    evidence = block(opened, "2.1.1a").get_by_label("Evidence")
    evidence.focus()
    opened.get_by_role("button", name="Stay signed in").click()
    for page in (opened, other):
        expect(page.locator("[data-ends-in]")).to_be_hidden()
    expect(evidence).to_be_focused()
    assert Session.objects.get().expire_date > timezone.now() + timedelta(hours=11)


def test_a_save_after_the_case_was_taken_over_takes_no_more_and_keeps_the_text(
    opened: Page, case: Case, people: People
) -> None:
    locked(opened, case, people)
    assert block(opened, "2.1.1a").get_by_label("Evidence", exact=False).first.is_disabled()
    expect(box(opened).locator("textarea")).to_have_value(f"2.1.1a: Not answered\n{LONG}")
    assert case.answers.count() == 0
