"""Case reads in a real browser against the real product: what is said to be saved is in the database."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from accounts.models import Session, User
from cases.models import Answer, AnswerVersion, Case, SetAside
from tests.answering import answer_all, save
from tests.browser.conftest import ViolationsOf
from tests.factories import inspection_with_team, sampled_cases
from tests.people import PASSWORD, People

pytestmark = pytest.mark.django_db(transaction=True)
SAVED = re.compile(r"^All answers saved, \d{1,2}:\d\d[ap]m$")


@pytest.fixture
def case(people: People) -> Case:
    return sampled_cases(inspection_with_team(people), reader=people.assistant)[0]


def sign_in(context: BrowserContext, live_server: Any, person: User) -> None:
    client = Client()
    client.force_login(person)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])


@pytest.fixture
def reader(context: BrowserContext, live_server: Any, people: People) -> BrowserContext:
    sign_in(context, live_server, people.assistant)
    return context


def address(case: Case, name: str = "case", **more: str) -> str:
    return reverse(f"cases:{name}", kwargs={"ref": case.inspection.ref, "case_ref": case.ref, **more})


def section(case: Case) -> str:
    return address(case, "read-section", section="2.1")


def line(page: Page) -> Any:
    return page.locator("[data-save-text]")


def block(page: Page, code: str) -> Any:
    return page.locator(f'[data-question="{code}"]')


def kept(code: str) -> list[tuple[str, str]]:
    versions = AnswerVersion.objects.filter(answer__question=code).order_by("version")
    return list(versions.values_list("value", "evidence"))


def test_a_choice_and_a_text_are_saved_as_they_are_given(reader, case, page):
    page.goto(section(case))
    block(page, "2.1.1a").get_by_label("Yes").check()
    expect(line(page)).to_have_text(SAVED)
    assert kept("2.1.1a") == [("yes", "")]
    block(page, "2.1.1a").get_by_label("Evidence").fill("Heard in the child's own words <b>Ŵy</b>")
    page.keyboard.press("Tab")
    expect(block(page, "2.1.1a")).to_have_attribute("data-version", "2")
    assert kept("2.1.1a")[-1] == ("yes", "Heard in the child's own words <b>Ŵy</b>")


def test_after_the_script_saved_the_button_saves_nothing_more(reader, case, page):
    page.goto(section(case))
    page.get_by_role("radio", name="No, question 2.1.1a").check()
    block(page, "2.1.2").get_by_label("Evidence").fill("Two\nlines")
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url(f"**{address(case, 'read-section', section='2.2')}")
    assert sorted(Answer.objects.values_list("question", "version", "value", "evidence")) == [
        ("2.1.1a", 1, "no", ""),
        ("2.1.2", 1, "", "Two\nlines"),
    ]


def test_a_reason_is_asked_for_when_a_question_does_not_apply(reader, case, page):
    page.goto(section(case))
    reason = page.get_by_label("Why 2.1.1a does not apply")
    expect(reason).to_be_hidden()
    block(page, "2.1.1a").get_by_label("Not applicable").check()
    reason.select_option(label="This kind of work does not include it")
    expect(block(page, "2.1.1a")).to_have_attribute("data-version", "2")
    answer = Answer.objects.get()
    assert (answer.value, answer.na_reason) == ("na", "kind_of_work")


def test_an_answer_can_be_cleared(reader, case, people, page):
    save(case, people.assistant, evidence="Stays")
    page.goto(section(case))
    page.get_by_text("More for 2.1.1a").click()
    page.get_by_role("button", name="Clear this answer to 2.1.1a").click()
    expect(block(page, "2.1.1a")).to_have_attribute("data-version", "2")
    assert kept("2.1.1a")[-1] == ("", "Stays")


@pytest.mark.parametrize(
    ("button", "versions"),
    [
        ("Use mine for 2.1.1a", [("yes", "Heard."), ("no", "Theirs"), ("yes", "Mine")]),
        ("Use theirs for 2.1.1a", [("yes", "Heard."), ("no", "Theirs")]),
    ],
)
def test_two_tabs_on_one_answer_lose_neither_text(reader, case, people, button, versions):
    save(case, people.assistant)
    first, second = reader.new_page(), reader.new_page()
    for page in (first, second):
        page.goto(section(case))
    save(case, people.assistant, "2.1.1a", "no", "Theirs", base=1)
    block(second, "2.1.1a").get_by_label("Evidence").fill("Mine")
    second.keyboard.press("Tab")
    box = block(second, "2.1.1a").locator(".app-answer-box")
    expect(box).to_contain_text("Assistant changed this answer at")
    expect(box).to_contain_text("Theirs")
    expect(box).to_contain_text("Mine")
    box.get_by_role("button", name=button).click()
    expect(line(second)).to_have_text(SAVED)
    assert kept("2.1.1a") == versions
    assert block(second, "2.1.1a").get_by_label("Evidence").input_value() == versions[-1][1]
    given_up = SetAside.objects.values_list("evidence", flat=True)
    assert {evidence for _, evidence in kept("2.1.1a")} | set(given_up) == {"Heard.", "Theirs", "Mine"}


def test_a_case_given_away_while_somebody_types_says_to_whom_and_keeps_the_text(reader, case, people):
    page = reader.new_page()
    page.goto(section(case))
    Case.objects.filter(pk=case.pk).update(reader=people.second_assistant)
    block(page, "2.1.1a").get_by_label("Evidence").fill("Not lost")
    page.keyboard.press("Tab")
    box = block(page, "2.1.1a").locator(".app-answer-box")
    expect(box).to_contain_text("This case was given to Second Assistant")
    expect(box.get_by_label("Your text for 2.1.1a")).to_have_value(re.compile("Not lost"))
    assert list(Answer.objects.all()) == []


def ended_while_typing(reader: BrowserContext, case: Case) -> Page:
    page = reader.new_page()
    page.goto(section(case))
    Session.objects.all().delete()
    block(page, "2.1.1a").get_by_label("Evidence").fill("Not lost")
    page.keyboard.press("Tab")
    expect(line(page)).to_have_text("Sign in again to save your work. Nothing you typed has been lost.")
    return page


def sign_in_elsewhere(page: Page, person: User) -> None:
    person.set_password(PASSWORD)
    person.save()
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Sign in (opens in a new tab)").click()
    other = opened.value
    other.get_by_label("Email address").fill(person.email)
    other.get_by_label("Password", exact=True).fill(PASSWORD)
    other.get_by_role("button", name="Sign in").click()
    expect(other.get_by_role("button", name="Sign out")).to_be_visible()
    other.close()


def test_after_the_session_ended_signing_in_elsewhere_saves_what_was_typed(reader, case, people):
    page = ended_while_typing(reader, case)
    block(page, "2.1.2").get_by_label("Evidence").fill("Nor this")
    sign_in_elsewhere(page, people.assistant)
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(line(page)).to_have_text(SAVED)
    assert (kept("2.1.1a"), kept("2.1.2")) == ([("", "Not lost")], [("", "Nor this")])


def test_what_one_typed_is_not_saved_in_the_name_of_another(reader, case, people):
    page = ended_while_typing(reader, case)
    sign_in_elsewhere(page, people.lead)
    page.get_by_role("button", name="Send now").click()
    expect(line(page)).to_contain_text("Lead is signed in now. Sign in as Assistant to save your work.")
    assert block(page, "2.1.1a").get_by_label("Evidence").input_value() == "Not lost"
    assert list(Answer.objects.all()) == []


def test_a_server_that_is_gone_for_a_while_loses_nothing(reader, case):
    page = reader.new_page()
    page.goto(section(case))
    reader.set_offline(True)
    block(page, "2.1.1a").get_by_label("Evidence").fill("Written in a cellar")
    page.keyboard.press("Tab")
    expect(line(page)).to_have_text("Not saved yet: 1 answer. We'll keep trying. Keep this page open.")
    reader.set_offline(False)
    expect(line(page)).to_have_text(re.compile("All answers saved"))
    assert kept("2.1.1a") == [("", "Written in a cellar")]


def test_without_a_script_a_section_is_saved_whole(chromium, live_server, case, people):
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    sign_in(context, live_server, people.assistant)
    page = context.new_page()
    page.goto(section(case))
    block(page, "2.1.1a").get_by_label("Yes").check()
    block(page, "2.1.1a").get_by_label("Evidence").fill("One\nTwo")
    page.get_by_role("button", name="Save and go to case home").click()
    expect(page.get_by_role("heading", name="Case C-01")).to_be_visible()
    context.close()
    assert kept("2.1.1a") == [("yes", "One\nTwo")]


def test_progress_moves_without_a_reload(context, live_server, case, people, page):
    sign_in(context, live_server, people.lead)
    page.goto(reverse("cases:progress", kwargs={"ref": case.inspection.ref}))
    row = page.get_by_role("row", name=re.compile("C-01"))
    expect(row).to_contain_text("0 of 42")
    save(case, people.assistant)
    expect(row).to_contain_text("1 of 42", timeout=20_000)


Go = Callable[[Page, Case, People], None]


def conflict(page: Page, case: Case, people: People) -> None:
    """What a browser without a script gets: both texts and a choice."""
    save(case, people.assistant)
    page.goto(section(case))
    page.evaluate("document.querySelectorAll('script').forEach(script => script.remove())")
    form = page.locator("form:has([data-answer])")
    save(case, people.assistant, "2.1.1a", "no", "Theirs", base=1)
    form.evaluate("form => { form.elements['evidence-2.1.1a'].value = 'Mine'; form.submit() }")
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()


def check_with_gaps(page: Page, case: Case, people: People) -> None:
    answer_all(case, people.assistant, but=("2.1.1a",))
    page.goto(address(case, "check"))
    page.get_by_role("button", name="Send this case read").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()


PAGES: dict[str, Go] = {
    "home": lambda page, case, people: page.goto(address(case)) and None,
    "section": lambda page, case, people: page.goto(section(case)) and None,
    "history": lambda page, case, people: save(case, people.assistant) and page.goto(address(case, "history")) and None,
    "conflict": conflict,
    "check": check_with_gaps,
}


def faults(page: Page, violations: ViolationsOf) -> list[str]:
    """Of the page as it stands, on a desk, in half of a screen, and on a telephone or at 400%."""
    found = []
    for width in (1280, 683, 320):
        page.set_viewport_size({"width": width, "height": 800})
        found += [f"{width}: {violation}" for violation in violations(page)]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{width}: it does not fit")
    return found


@pytest.mark.parametrize("go", PAGES.values(), ids=PAGES)
def test_its_pages_fit_and_break_no_rule_of_accessibility(reader, case, people, go, violations):
    page = reader.new_page()
    go(page, case, people)
    assert faults(page, violations) == []


@pytest.mark.parametrize("name", ["progress", "close-fieldwork"])
def test_the_leads_pages_fit_and_break_no_rule_of_accessibility(
    context, live_server, case, people, page, name, violations
):
    sign_in(context, live_server, people.lead)
    page.goto(reverse(f"cases:{name}", kwargs={"ref": case.inspection.ref}))
    assert faults(page, violations) == []
