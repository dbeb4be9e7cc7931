"""Two interviews from the day's work to the printed read: one about a child, one about three victims' cases."""

import re
from html import unescape

import pytest

from cases.models import Interview, Note
from tests.answering import save as answer
from tests.factories import inspection_with_team, sampled_cases
from tests.interviewing import booked
from tests.journeys.browser import Browser
from tests.noting import write
from tests.pages import text_of

pytestmark = pytest.mark.django_db


def form_at(html, action) -> dict[str, str]:
    """The hidden fields of the last form that goes to an address which ends so."""
    form = re.findall(rf'<form[^>]*action="[^"]*{re.escape(action)}"[^>]*>(.*?)</form>', html, re.S)[-1]
    tags = re.findall(r"<input[^>]*>", form)
    return {
        re.search(r'name="([^"]*)"', tag)[1]: unescape(re.search(r'value="([^"]*)"', tag)[1])
        for tag in tags
        if "csrf" not in tag
    }


def note(browser, topic, text, ref) -> None:
    """Typed into the free box of a topic, as without a script."""
    address = f"/cases/{ref}/interview/notes/{topic}/"
    stamp = form_at(browser.html, address)
    base = browser.path.partition("/cases/")[0]
    browser.arrive(browser.client.post(f"{base}{address}", stamp | {"text": text, "then": "stay"}, follow=True))


def press(browser, name, ref, **typed) -> None:
    base = browser.path.partition("/cases/")[0]
    browser.arrive(browser.client.post(f"{base}/cases/{ref}/interview/{name}/", typed, follow=True))


def test_a_case_manager_is_interviewed_about_what_the_record_leaves_open(people, settings):
    settings.CLOCK = "2027-06-08T13:40"
    case = sampled_cases(inspection_with_team(people), reader=people.assistant, count=1)[0]
    answer(case, people.assistant, "2.1.1a", "no")
    write(case, people.assistant, "Who took the child home?")
    booked([case], people.assistant)

    reader = Browser(people.assistant).open("/").follow("Interview with the case manager for C-01, 2pm")
    reader.follow("Prepare on paper")
    for asked in ("2.1.1a", "Answered No.", "Who took the child home?", "Management oversight"):
        assert asked in text_of(reader.html)
    assert "Sam Worker" not in reader.html
    reader.follow("Write on the interview about C-01")

    settings.CLOCK = "2027-06-08T14:00"
    press(reader, "start", "C-01")
    assert "Started at 2pm. It can last until 3:30pm." in text_of(reader.html)
    note(reader, "2.1.1a", "The child was heard at home.", "C-01")
    note(reader, "case_manager_services", "Nine weeks for speech and language.", "C-01")
    press(reader, "topics/2.1.1a", "C-01", covered="yes")
    assert "Not covered after all" in reader.html

    settings.CLOCK = "2027-06-08T15:36"
    reader.follow("Finish, or say that it was not held").send(outcome="held")
    assert "Held, and overran" in text_of(reader.html)
    assert "Held from 2pm to 3:36pm, 1 hour 36 minutes. It overran by 6 minutes." in text_of(reader.html)
    assert "Interview with the case manager" not in text_of(Browser(people.assistant).open("/").html)

    base = reader.path.removesuffix("interview/")
    pane = text_of(reader.open(f"{base}read/2.1/evidence/").html)
    assert "2.1.1a" in pane
    assert "Interview The child was heard at home." in pane
    assert "Nine weeks for speech and language." in pane
    printed = text_of(Browser(people.deputy).open(f"{base}print/").html)
    assert "Interview: Held, and overran." in printed
    assert "Interview The child was heard at home." in printed
    assert "Interview Nine weeks for speech and language." in printed


def test_one_interview_of_a_victim_worker_writes_to_three_cases(people, settings):
    settings.CLOCK = "2027-06-08T14:00"
    inspection = inspection_with_team(people)
    victims = sampled_cases(inspection, "victim", 3, reader=people.assessor, interview_group=1)
    booked(victims, people.assessor, "victim_worker", minutes=60)

    reader = Browser(people.assessor).open("/")
    reader.follow("Interview with the victim worker for V-01, V-02 and V-03, 2pm")
    press(reader, "start", "V-01")
    note(reader, "V1.1", "The third was never asked.", "V-03")
    note(reader, "victim_worker_oversight", "One manager reads all three.", "V-01")
    note(reader, "for-all", "They share one worker.", "V-01")
    press(reader, "topics/for-all", "V-01", covered="yes")
    settings.CLOCK = "2027-06-08T14:50"
    reader.follow("Finish, or say that it was not held").send(outcome="held")

    assert Interview.objects.get().outcome == "held"
    assert set(Note.objects.values_list("case__ref", "text", "questions__0")) == {
        ("V-01", "One manager reads all three.", "I2a"),
        ("V-01", "They share one worker.", None),
        ("V-02", "One manager reads all three.", "I2a"),
        ("V-02", "They share one worker.", None),
        ("V-03", "The third was never asked.", "V1.1"),
        ("V-03", "One manager reads all three.", "I2a"),
        ("V-03", "They share one worker.", None),
    }
    assert Note.objects.count() == 7
    for ref, texts in (("V-02", ("One manager", "They share")), ("V-03", ("The third was", "One manager"))):
        printed = text_of(Browser(people.deputy).open(f"/inspections/{inspection.ref}/cases/{ref}/print/").html)
        assert all(text in printed for text in texts)
        assert "Interview: Held." in printed
