"""Each case is asked what its facts call for: on its pages, in figures, when it is saved and when it is sent."""

import re
from datetime import date

import pytest
from django.urls import reverse

from cases.actions.answers import AnswerRefused
from cases.actions.reading import send_case
from cases.models import Case, CaseloadRow, WorkType
from cases.queries.answers import form_for, form_of
from cases.queries.progress import progress_of
from cases.queries.work import work_for
from cases.rules.facts import facts
from inspections.models import Inspection
from standards.schema import WORK_TYPES, Facts
from tests.answering import answer_all, save
from tests.factories import inspection_with_team, sampled_cases
from tests.pages import evidence, fetch, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def inspection(people) -> Inspection:
    return inspection_with_team(people)


@pytest.fixture
def case(people, inspection) -> Case:
    return known(sampled_cases(inspection, count=1, reader=people.assistant)[0], care_experienced=False)


def known(case, **what) -> Case:
    CaseloadRow.objects.filter(pk=case.row_id).update(**what)
    return Case.objects.select_related("inspection", "row", "reader").get(pk=case.pk)


def address(case, name, **more) -> str:
    return reverse(f"cases:{name}", kwargs={"ref": case.inspection.ref, "case_ref": case.ref, **more})


def depending(case) -> list[str]:
    return [code for code in form_of(case).questions if code in ("2.2.1g", "2.3.2g", "I1d", "I1e")]


def test_the_kinds_of_work_are_those_that_lists_know():
    assert list(WORK_TYPES) == WorkType.values


@pytest.mark.parametrize(
    ("row", "asked"),
    [
        ({"work_type": "court"}, []),
        ({"work_type": "resettlement"}, ["2.2.1g"]),
        ({"work_type": "bail_and_remand", "care_experienced": True}, ["2.3.2g", "I1d"]),
        ({"work_type": ""}, ["2.2.1g", "2.3.2g"]),
        ({"work_type": "court", "care_experienced": None}, ["I1d"]),
    ],
)
def test_the_list_decides_what_is_asked_and_what_it_leaves_open_is_asked(case, row, asked):
    assert depending(known(case, **row)) == asked


def test_a_case_that_is_discussed_is_asked_more(case):
    Case.objects.filter(pk=case.pk).update(is_macd=True)
    assert depending(known(case)) == ["I1e"]


def test_facts_are_those_of_the_first_day_of_fieldwork():
    listed = {"work_type": "", "care_experienced": None, "welsh_speaking": True, "is_macd": False}
    on = date(2027, 6, 7)
    assert facts(kind="child", born=date(2012, 6, 7), on=on, **listed) == Facts(None, None, True, False, 15)
    assert facts(kind="victim", born=date(2012, 6, 8), on=on, **listed) == Facts(None, None, True, None, 14)
    assert facts(kind="child", born=None, on=on, **listed).age is None


def test_cases_of_the_same_facts_have_the_same_form(inspection):
    whole = form_for(inspection, "child")
    asked = form_for(inspection, "child", Facts(work_type="court", age=15))
    assert form_for(inspection, "child", Facts(work_type="out_of_court", age=16)) is asked
    assert set(whole.questions) - set(asked.questions) == {"2.2.1g", "2.3.2g"}


def test_figures_go_by_what_each_case_is_asked(people, inspection):
    court, released, victim = sampled_cases(inspection, count=3, reader=people.assistant)
    court, released = known(court, work_type="court"), known(released, work_type="resettlement")
    for code in ("2.1.1a", "2.2.1g", "I1a"):
        save(released, people.assistant, code)
    save(released, people.assistant, "A1a", "", "Seen.")
    known(victim, work_type="resettlement")
    save(known(victim), people.assistant, "2.2.1g")
    known(victim, work_type="court")
    found = [(row.answered, row.asked) for row in progress_of(inspection)]
    assert found == [(0, 42), (2, 43), (0, 42)]


@pytest.mark.parametrize("count", [1, 3])
def test_figures_cost_two_queries_with_the_bank_holidays(people, inspection, count, django_assert_num_queries):
    sampled_cases(inspection, count=count, reader=people.assistant)
    with django_assert_num_queries(2):
        assert len(progress_of(inspection)) == count


def test_a_question_that_is_not_asked_takes_no_answer(people, case):
    with pytest.raises(AnswerRefused, match=r"This case read does not ask a question 2\.2\.1g"):
        save(case, people.assistant, "2.2.1g")


def test_it_is_on_no_page_and_no_gap(client, people, case):
    html = fetch(client, people.assistant, address(case, "read-section", section="2.2"))
    assert "2.2.1g" not in re.findall(r'data-question="([^"]*)"', html)
    assert "2.2.1g" not in fetch(client, people.assistant, address(case, "check"))


def test_an_answer_that_is_asked_for_no_more_is_kept_and_shown_and_holds_nothing_up(client, people, case):
    released = known(case, work_type="resettlement")
    save(released, people.assistant, "2.2.1g", "no", "Nothing was <settled>.")
    case = known(case, work_type="court")
    answer_all(case, people.assistant)
    page = text_of(fetch(client, people.assistant, address(case, "check")))
    assert "No longer asked" in page
    assert "No Nothing was <settled>." in page
    assert "Every question that needs an answer has one." in page
    history = text_of(fetch(client, people.assistant, address(case, "history") + "?question=2.2.1g"))
    assert ("History of the answer to 2.2.1g" in history, "2.2.1g: No" in history) == (True, True)
    send_case(by=people.assistant, case=case)
    assert known(case).sent_at is not None


def test_without_such_an_answer_nothing_is_said_of_it(client, people, case):
    assert "No longer asked" not in fetch(client, people.assistant, address(case, "check"))


def test_the_place_to_go_on_is_one_that_is_asked(people, case):
    case = known(case, work_type="resettlement")
    answer_all(case, people.assistant, but=("2.2.1g",))
    assert work_for(people.assistant)[0].text == "Carry on with C-01: Planning, question 7"
    known(case, work_type="court")
    assert work_for(people.assistant)[0].text == "Check and send C-01"


# --- questions that count for nothing ------------------------------------------------------------------------


def test_they_are_asked_after_the_standards_and_may_stay_open(client, people, case):
    answer_all(case, people.assistant)
    home = text_of(fetch(client, people.assistant, address(case, "case")))
    assert "I1 Interview with the case manager Optional A1 Anything else Optional" in home
    assert ("Ready to send" in home, "Check and send" in home) == (True, True)
    save(case, people.assistant, "I1a")
    save(case, people.assistant, "A1a", "", "Seen.")
    home = text_of(fetch(client, people.assistant, address(case, "case")))
    assert "I1 Interview with the case manager 1 of 3 answered A1 Anything else 1 of 2 answered" in home


def test_a_section_in_words_asks_for_words_and_judges_nothing(client, people, case):
    save(case, people.assistant, "A1a", "", "Seen & heard.")
    html = fetch(client, people.assistant, address(case, "read-section", section="A1"))
    assert [evidence(html, code) for code in ("A1a", "A1b")] == ["Seen & heard.", ""]
    assert ('name="value-' in html, "prompts answered Yes" in html) == (False, False)
    assert "These questions count towards no rating." in text_of(html)
    assert 'href="#evidence-A1b" data-next-unanswered>Next unanswered: <span data-next-code>A1b</span>' in html
    ids = re.findall(r'\bid="([^"]*)"', html)
    assert sorted(ids) == sorted(set(ids))


def test_words_posted_without_a_script_are_saved(client, people, case):
    client.force_login(people.assistant)
    url = address(case, "read-section", section="A1")
    client.post(url, {"evidence-A1a": "Seen.", "base_version-A1a": "0", "then": "continue"})
    assert text_of(fetch(client, people.assistant, address(case, "check"))).count("Answered in words Seen.") == 1
    history = text_of(fetch(client, people.assistant, address(case, "history")))
    assert "A1a: Answered in words" in history


def test_the_lead_reads_them_too(client, people, case):
    save(case, people.assistant, "A1a", "", "Seen.")
    save(case, people.assistant, "I1a", "no", "Never looked at.")
    words = text_of(fetch(client, people.lead, address(case, "read-section", section="A1")))
    assert ("Answered in words Seen." in words, "These questions count towards no rating." in words) == (True, True)
    assert "Never looked at." in fetch(client, people.lead, address(case, "read-section", section="I1"))


def test_they_move_no_rating(people, case):
    before = Inspection.objects.get(pk=case.inspection_id).evidence_version
    save(case, people.assistant, "I1a")
    save(case, people.assistant, "A1a", "", "Seen.")
    assert Inspection.objects.get(pk=case.inspection_id).evidence_version == before
    assert case.answers.filter(is_key=True).count() == 0


def test_a_victims_case_ends_with_its_own(client, people, inspection):
    case = sampled_cases(inspection, kind="victim", count=1, reader=people.assistant)[0]
    assert [section.code for section in form_of(case).sections] == ["V1", "I2", "A2"]
    answer_all(case, people.assistant)
    send_case(by=people.assistant, case=case)
