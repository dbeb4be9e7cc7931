"""Running notes, their evidence and the printed sheets in a real browser."""

import re
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, expect

from cases.models import Case, Note, NoteVersion
from tests.browser.conftest import ViolationsOf
from tests.browser.test_case_read import address, line, section, sign_in
from tests.factories import inspection_with_team, sampled_cases
from tests.noting import versions, write
from tests.people import People

pytestmark = pytest.mark.django_db(transaction=True)
SAVED = re.compile(r"^All notes saved, \d{1,2}:\d\d[ap]m$")
WIDE = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


@pytest.fixture
def case(people: People) -> Case:
    return sampled_cases(inspection_with_team(people), reader=people.assistant)[0]


@pytest.fixture
def reader(context: BrowserContext, live_server: Any, people: People) -> BrowserContext:
    sign_in(context, live_server, people.assistant)
    return context


def test_a_note_typed_in_a_tab_that_is_closed_is_there_again(reader, case, page):
    page.goto(address(case, "notes"))
    page.get_by_role("textbox", name="New note", exact=True).fill("Ŵy <b>said</b>\nso")
    expect(line(page)).to_have_text(SAVED)
    page.close()
    again = reader.new_page()
    again.goto(address(case, "notes"))
    expect(again.get_by_role("textbox", name="Note 1", exact=True)).to_have_value("Ŵy <b>said</b>\nso")
    assert versions(case) == [(1, "Ŵy <b>said</b>\nso")]


def test_by_keyboard_a_note_is_written_linked_and_followed_by_the_next(reader, case, page):
    page.goto(f"{address(case, 'notes')}#text-new")
    for text in ("First.", "Second."):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
        page.keyboard.type("2.1.1a")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        expect(page.get_by_role("textbox", name="New note", exact=True)).to_be_focused()
    assert list(Note.objects.order_by("created_at").values_list("text", "questions")) == [
        ("First.", ["2.1.1a"]),
        ("Second.", ["2.1.1a"]),
    ]
    assert NoteVersion.objects.count() <= 4


def test_a_date_is_saved_as_it_is_typed(reader, case, page):
    page.goto(address(case, "notes"))
    page.get_by_role("textbox", name="New note", exact=True).fill("Seen.")
    page.get_by_role("textbox", name=re.compile("^Date in the record.*New note")).fill("3 jan 2027")
    page.keyboard.press("Tab")
    expect(line(page)).to_have_text(SAVED)
    assert [str(note.seen_on) for note in Note.objects.all()] == ["2027-01-03"]


def test_a_note_changed_in_another_tab_shows_both_texts(reader, case, people, context):
    note = write(case, people.assistant, "One.").note_id
    page = context.new_page()  # the browser itself reports the 409 on its console
    page.goto(address(case, "notes"))
    write(case, people.assistant, "Theirs.", note_id=note, base=1)
    page.get_by_role("textbox", name="Note 1", exact=True).fill("Mine.")
    box = page.locator(".app-answer-box")
    expect(box).to_contain_text("Assistant changed this note at")
    expect(box).to_contain_text("Theirs.")
    page.get_by_role("button", name=re.compile("^Use mine.*Note 1")).click()
    expect(line(page)).to_have_text(SAVED)
    assert versions(case) == [(1, "One."), (2, "Theirs."), (3, "Mine.")]


def test_below_two_panes_the_evidence_is_a_page_and_the_way_back_finds_the_question(reader, case, people, page):
    write(case, people.assistant, "In the plan.", ["2.1.1b"], source="plan")
    page.set_viewport_size({"width": 683, "height": 768})
    page.goto(section(case))
    page.get_by_text("More for 2.1.1b").click()
    page.get_by_role("link", name=re.compile("^Evidence for this section.*2.1.1b")).click()
    expect(page.get_by_text("In the plan.")).to_be_visible()
    page.get_by_role("link", name="Back to question 2.1.1b").first.click()
    expect(page.locator('[id="q-2.1.1b"]')).to_be_in_viewport()


@pytest.mark.parametrize("width", [1280, 683, 320])
def test_every_page_is_free_of_violations_and_fits(reader, case, people, page, violations: ViolationsOf, width):
    write(case, people.assistant, "Long. " * 60, ["2.1.1a", "2.1.2"], source="contact_log")
    write(case, people.assistant, "Wrong.")
    write(case, people.assistant, "W" * 300, ["2.1.1a"])
    struck = write(case, people.assistant, "Struck.").note_id
    write(case, people.assistant, "Struck.", note_id=struck, base=1, struck=True)
    page.set_viewport_size({"width": width, "height": 800})
    addresses = [
        f"{address(case, 'notes')}?question=2.1.1b",
        section(case),
        address(case, "section-evidence", section="2.1"),
        address(case, "print"),
        address(case, "paper"),
        address(case),
        address(case, "check"),
    ]
    for each in addresses:
        page.goto(each)
        assert (each, violations(page), page.evaluate(WIDE)) == (each, [], True)
