"""How many keys a whole case read takes (ux.md U1), with the mouse blocked: from case home to sent."""

from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import BrowserContext, expect

from cases.models import Answer, Case
from cases.queries import answers
from cases.rules.answers import CaseForm, Group, Section, case_form
from standards import loader
from tests.browser.keyboard import Keyboard
from tests.factories import inspection_with_team, sampled_cases

pytestmark = pytest.mark.django_db(transaction=True)
MOST_PLAIN, MOST_QUICK = 340, 140
EVIDENCE = "Seen in the record, and heard from the child."


def form_of_sixty_prompts(form: CaseForm) -> CaseForm:
    """Six sections, each with ten prompts and a key question, made of questions of the real form."""
    group = form.sections[0].groups[0]

    def section(number: int) -> Section:
        code = f"9.{number}"
        asked = [
            replace(group.prompts[0], code=f"{code}.{place}", section=code, position=place) for place in range(1, 11)
        ]
        key = replace(group.key, code=f"{code}.k", section=code, position=11)
        return Section(code, f"Section {number}", (Group(key, tuple(asked)),))

    return replace(form, sections=tuple(map(section, range(1, 7))))


@pytest.fixture
def form(monkeypatch) -> CaseForm:
    made = form_of_sixty_prompts(case_form(loader.load("yj-2024"), "child"))
    monkeypatch.setattr(answers, "_form", lambda *of: made)
    assert [question.is_key for question in made.questions.values()].count(False) == 60
    return made


@pytest.fixture
def case(people) -> Case:
    return sampled_cases(inspection_with_team(people), reader=people.assistant)[0]


@pytest.fixture
def keyboard(context: BrowserContext, live_server, people) -> Keyboard:
    client = Client()
    client.force_login(people.assistant)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    return Keyboard(context)


def address(case: Case, name: str = "case", **more: str) -> str:
    return reverse(f"cases:{name}", kwargs={"ref": case.inspection.ref, "case_ref": case.ref, **more})


def start(keyboard: Keyboard, case: Case) -> None:
    keyboard.page.goto(address(case))
    keyboard.page.locator("body.js-enabled").wait_for()
    keyboard.past_the_header()
    assert keyboard.focused.startswith("Start reading")
    keyboard.follow("Enter")


def to_the_first_question(keyboard: Keyboard, section: Section) -> None:
    """Reading starts on it; every other page offers what is next as the first thing."""
    first = next(section.questions).code
    if keyboard.focused != f"value-{first}":
        keyboard.past_the_header()
        assert keyboard.focused == f"Next unanswered: {first}"
        keyboard.press("Enter")
    assert keyboard.focused == f"value-{first}"


def send(keyboard: Keyboard) -> None:
    keyboard.past_the_header()
    assert keyboard.focused == "Confirm and send"
    keyboard.press("Enter", "Space", "Tab", "Space", "Tab", "Space", "Tab")
    keyboard.follow("Enter")
    expect(keyboard.page.get_by_text("C-01 has been sent")).to_be_visible()


def everything_is_saved(form: CaseForm) -> bool:
    kept = {answer.question: (answer.value, answer.evidence) for answer in Answer.objects.all()}
    return kept == {code: ("yes", EVIDENCE if each.is_key else "") for code, each in form.questions.items()}


def test_with_plain_keys(keyboard: Keyboard, case: Case, form: CaseForm, capsys) -> None:
    start(keyboard, case)
    for section in form.sections:
        to_the_first_question(keyboard, section)
        for question in section.questions:
            assert keyboard.focused == f"value-{question.code}"
            keyboard.press("Space", "Tab")
            if question.is_key:
                keyboard.write(EVIDENCE)
            keyboard.press("Tab", "Tab")
        assert keyboard.focused == "done"
        keyboard.press("Space", "Tab")
        keyboard.follow("Enter")
    send(keyboard)
    said(capsys, "plain", keyboard.pressed, MOST_PLAIN)
    assert everything_is_saved(form)
    assert keyboard.pressed <= MOST_PLAIN


def test_with_quick_answers(keyboard: Keyboard, case: Case, form: CaseForm, people, capsys) -> None:
    people.assistant.quick_answers = True
    people.assistant.save()
    start(keyboard, case)
    for section in form.sections:
        to_the_first_question(keyboard, section)
        for question in section.questions:
            assert keyboard.focused == f"value-{question.code}"
            keyboard.press("y")
        keyboard.write(EVIDENCE)
        keyboard.follow("Control+Enter")
    send(keyboard)
    said(capsys, "quick answers", keyboard.pressed, MOST_QUICK)
    assert everything_is_saved(form)
    assert keyboard.pressed <= MOST_QUICK


def said(capsys, how: str, pressed: int, most: int) -> None:
    with capsys.disabled():
        print(f"\nkeys for 60 prompts and 6 key questions, {how}: {pressed} of at most {most}")


# --- what each key does --------------------------------------------------------------------------------------


def opened(keyboard: Keyboard, case: Case, code: str = "2.1.1a") -> None:
    keyboard.page.goto(f"{address(case, 'read-section', section='2.1')}#value-{code}")
    keyboard.page.locator("body.js-enabled").wait_for()
    assert keyboard.focused == f"value-{code}"


def test_quick_keys_answer_only_where_choices_have_focus(keyboard: Keyboard, case: Case, people) -> None:
    people.assistant.quick_answers = True
    people.assistant.save()
    opened(keyboard, case)
    keyboard.press("n")
    assert keyboard.focused == "value-2.1.1b"
    keyboard.press("a")
    assert keyboard.focused == "na_reason-2.1.1b"
    keyboard.press("ArrowDown", "Control+Enter")
    assert keyboard.focused == "value-2.1.1c"
    keyboard.press("e")
    assert keyboard.focused == "evidence-2.1.1c"
    keyboard.press("y", "e", "s", "Control+Enter")
    assert keyboard.focused == "value-2.1.1d"
    keyboard.press("x", "Alt+y", "Shift+y")
    assert keyboard.focused == "value-2.1.1d"
    expect(keyboard.page.locator("[data-save-text]")).to_contain_text("All answers saved")
    kept = sorted(Answer.objects.values_list("question", "value", "na_reason", "evidence"))
    assert [(code, value, bool(reason), text) for code, value, reason, text in kept] == [
        ("2.1.1a", "no", False, ""),
        ("2.1.1b", "na", True, ""),
        ("2.1.1c", "", False, "yes"),
    ]


def test_a_judgement_by_a_quick_key_goes_to_its_evidence(keyboard: Keyboard, case: Case, people) -> None:
    people.assistant.quick_answers = True
    people.assistant.save()
    opened(keyboard, case, "2.1.1")
    keyboard.press("y")
    assert keyboard.focused == "evidence-2.1.1"
    keyboard.write("Seen.")
    keyboard.press("Control+Enter", *["Shift+Tab"] * 4, "n")
    assert keyboard.focused == "value-2.1.2a"


def test_without_the_setting_letters_answer_nothing(keyboard: Keyboard, case: Case) -> None:
    opened(keyboard, case)
    keyboard.press("y", "n", "e", "Control+Enter")
    assert keyboard.focused == "value-2.1.1a"
    assert list(Answer.objects.all()) == []
    assert keyboard.page.get_by_text("Quick answers are on").count() == 0


def test_next_unanswered_is_kept_up(keyboard: Keyboard, case: Case) -> None:
    opened(keyboard, case)
    first, second = keyboard.page.locator("[data-next-unanswered]").all()
    assert (first.text_content(), second.text_content()) == ("Next unanswered: 2.1.1a", "Next unanswered: 2.1.2a")
    keyboard.press("Space")
    expect(first).to_have_text("Next unanswered: 2.1.1b")
    expect(first).to_have_attribute("href", "#value-2.1.1b")
    expect(second).to_have_text("Next unanswered: 2.1.2a")
