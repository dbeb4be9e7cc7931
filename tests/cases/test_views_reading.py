"""The pages of a case read, as people of each kind get them, with and without gaps and hostile words."""

import re

import pytest
from django.urls import reverse

from accounts import clock
from accounts.models import AuditEvent
from cases.models import Case
from cases.queries.answers import form_of
from cases.queries.names import names_on_lists
from inspections.models import Inspection, Stage
from tests.answering import answer_all, save
from tests.factories import inspection_with_team, sampled_cases
from tests.pages import evidence, fetch, form_on, inputs, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _morning(settings):
    settings.CLOCK = "2027-06-08T10:42"


@pytest.fixture
def case(people) -> Case:
    return sampled_cases(inspection_with_team(people), reader=people.assistant)[0]


def address(case, name="case", **more) -> str:
    return reverse(f"cases:{name}", kwargs={"ref": case.inspection.ref, "case_ref": case.ref, **more})


# --- case home -----------------------------------------------------------------------------------------------


def test_home_carries_on_at_the_first_unanswered_question(client, case, people):
    save(case, people.assistant, "2.1.1a")
    html = fetch(client, people.assistant, address(case))
    assert f'href="{address(case, "read-section", section="2.1")}#value-2.1.1b">Carry on' in html
    assert "1 of 14 answered" in text_of(html)
    assert text_of(html).count("Not yet started") == 2


@pytest.mark.parametrize(
    ("name", "shown"), [("assistant", True), ("lead", True), ("deputy", False), ("quality", False)]
)
def test_the_name_of_a_child_is_for_reader_and_lead(client, case, people, name, shown):
    html = fetch(client, getattr(people, name), address(case))
    assert ("Demo Child 2" in html, "L0002" in html) == (shown, shown)


def test_others_are_offered_nothing_to_change(client, case, people):
    html = fetch(client, people.lead, address(case))
    assert "Assistant reads this case" in text_of(html)
    assert re.findall(r'<form[^>]*action="([^"]*cases[^"]*)"', html) == []


# --- a section -----------------------------------------------------------------------------------------------


def section(case, code="2.1") -> str:
    return address(case, "read-section", section=code)


def test_a_section_asks_every_question_once_with_its_answer(client, case, people):
    save(case, people.assistant, "2.1.1a", "no", "Not heard.")
    save(case, people.assistant, "2.1.1b", "na", "", na_reason="too_early")
    html = fetch(client, people.assistant, section(case))
    codes = [question.code for question in form_of(case).section("2.1").questions]
    assert re.findall(r'data-question="([^"]*)"', html) == codes
    assert inputs(html, "radio") == {"value-2.1.1a": "no", "value-2.1.1b": "na"}
    assert [evidence(html, code) for code in codes] == ["Not heard.", *[""] * 13]
    assert re.findall(r'<option value="([^"]*)" selected', html) == ["too_early"]
    assert re.findall(r'data-version="([^"]*)"', html) == ["1", "1", *["0"] * 12]


def test_each_answer_has_what_the_script_needs(client, case, people):
    html = fetch(client, people.assistant, section(case))
    assert set(re.findall(r'data-save-url="([^"]*)"', html)) == {address(case, "save-answer")}
    assert re.findall(r"data-save-(line|text|now|status|alert)[ =>]", html) == [
        "line",
        "text",
        "now",
        "status",
        "alert",
    ]
    assert len(set(re.findall(r'name="save_id-[^"]*" value="([^"]*)"', html))) == 14


def test_every_id_is_there_once_and_every_label_finds_its_field(client, case, people):
    html = fetch(client, people.assistant, section(case))
    ids = re.findall(r'\bid="([^"]*)"', html)
    assert sorted(ids) == sorted(set(ids))
    assert set(re.findall(r'<label[^>]*for="([^"]*)"', html)) - set(ids) == set()


def test_the_key_question_states_the_count_of_its_prompts_and_chooses_nothing(client, case, people):
    for letter in "abc":
        save(case, people.assistant, f"2.1.1{letter}", "yes", "")
    html = fetch(client, people.assistant, section(case))
    assert re.findall(r"\d of \d prompts answered Yes", text_of(html)) == [
        "3 of 6 prompts answered Yes",
        "0 of 6 prompts answered Yes",
    ]
    assert "value-2.1.1" not in inputs(html, "radio")


def test_the_save_line_says_when_the_last_answer_was_saved(client, case, people):
    assert "No answers yet" in text_of(fetch(client, people.assistant, section(case)))
    save(case, people.assistant)
    assert "All answers saved, 10:42am" in text_of(fetch(client, people.assistant, section(case)))


def test_a_victims_case_asks_its_own_questions(client, people):
    case = sampled_cases(inspection_with_team(people), kind="victim", reader=people.assistant)[0]
    html = fetch(client, people.assistant, section(case, "V1"))
    assert re.findall(r'data-question="([^"]*)"', html) == [*(f"V1.1{letter}" for letter in "abcdef"), "V1.1"]
    client.force_login(people.assistant)
    assert client.get(section(case, "2.1")).status_code == 404


@pytest.mark.parametrize("name", ["lead", "quality", "second_assistant"])
def test_whoever_is_not_the_reader_reads_and_cannot_change(client, case, people, name):
    save(case, people.assistant, "2.1.1a", "no", "Not heard.")
    html = fetch(client, getattr(people, name), section(case))
    assert ("Not heard." in html, "<textarea" in html, "case-read.js" in html) == (True, False, False)


def test_a_sent_case_is_read_only_for_its_reader_too(client, case, people):
    Case.objects.filter(pk=case.pk).update(sent_at=clock.now(), sent_by=people.assistant)
    html = fetch(client, people.assistant, section(case))
    assert ("<textarea" in html, "The answers can be read and no longer changed" in html) == (False, True)


HOSTILE = (
    "</textarea><script>alert(1)</script>\"'&amp; {{ 7|add:7 }} {% now %} \u202eabc\u202c Ŵŷ \N{PARTY POPPER}\n\nEnd "
)


def test_words_are_shown_as_words_on_every_page(client, case, people):
    save(case, people.assistant, "2.1.1", "yes", HOSTILE)
    save(case, people.assistant, "2.1.1", "no", HOSTILE + "again", base=1)
    html = fetch(client, people.assistant, section(case))
    assert evidence(html, "2.1.1") == HOSTILE + "again"
    pages = [section(case), section(case, "2.2"), address(case, "check"), address(case, "history")]
    for page in pages:
        for person in (people.assistant, people.lead):
            html = fetch(client, person, page)
            assert ("<script>alert" in html, "&lt;script&gt;alert(1)" in html) == (False, True)


def test_a_text_that_begins_with_a_line_end_keeps_it(client, case, people):
    save(case, people.assistant, "2.1.1a", "yes", "\n\nThird line")
    assert evidence(fetch(client, people.assistant, section(case)), "2.1.1a") == "\n\nThird line"


def test_the_page_costs_the_same_queries_empty_and_full(client, case, people, django_assert_num_queries):
    names_on_lists(case.inspection_id)
    client.force_login(people.assistant)
    with django_assert_num_queries(4):
        client.get(section(case))
    answer_all(case, people.assistant)
    with django_assert_num_queries(4):
        client.get(section(case))


@pytest.mark.parametrize("name", ["chair", "contact", "stranger"])
def test_for_others_there_is_no_such_page(client, case, people, name):
    client.force_login(getattr(people, name))
    pages = [address(case), section(case), address(case, "check"), address(case, "history")]
    assert [client.get(page).status_code for page in pages] == [404] * 4
    assert [client.post(page).status_code for page in (section(case), address(case, "check"))] == [404] * 2


@pytest.mark.parametrize("code", ["9.9", "V1", "%00", "2.1.1"])
def test_a_section_that_is_not_asked_is_not_found(client, case, people, code):
    client.force_login(people.assistant)
    page = address(case, "read-section", section="2.1").replace("2.1/", f"{code}/")
    assert (client.get(page).status_code, client.post(page).status_code) == (404, 404)


# --- check and send ------------------------------------------------------------------------------------------

CONFIRMED = {"confirmed": ["record", "evidence", "names"]}


def test_gaps_come_first_and_lead_to_fields_that_exist(client, case, people):
    answer_all(case, people.assistant, but=("2.1.1a",))
    save(case, people.assistant, "2.2.1", "yes", " ", base=1)
    save(case, people.assistant, "2.3.1a", "na", "", base=1)
    html = fetch(client, people.assistant, address(case, "check"))
    links = re.findall(r'<li><a class="govuk-link" href="([^"#]*)#([^"]*)">([^<]*)</a>', html)
    assert [text for _, _, text in links] == [
        "Select Yes, No or Not applicable for 2.1.1a",
        "Write the evidence for 2.2.1 Planning: achieve positive change for the child",
        "Say why 2.3.1a does not apply to this case",
    ]
    for page, anchor, _ in links:
        assert f'id="{anchor}"' in fetch(client, people.assistant, page)


def test_a_read_with_gaps_is_not_sent_and_says_which(client, case, people):
    answer_all(case, people.assistant, but=("2.1.1a",))
    client.force_login(people.assistant)
    html = client.post(address(case, "check"), CONFIRMED).content.decode()
    assert "There is a problem Select Yes, No or Not applicable for 2.1.1a" in text_of(html)
    assert Case.objects.get(pk=case.pk).sent_at is None


@pytest.mark.parametrize("confirmed", [[], ["record"], ["record", "evidence"], ["record"] * 3, ["other", "x", "y"]])
def test_all_three_statements_are_confirmed(client, case, people, confirmed):
    answer_all(case, people.assistant)
    client.force_login(people.assistant)
    html = client.post(address(case, "check"), {"confirmed": confirmed}).content.decode()
    assert "Confirm all three statements before you send" in text_of(html)
    assert Case.objects.get(pk=case.pk).sent_at is None


def test_a_complete_read_is_sent(client, case, people):
    answer_all(case, people.assistant)
    client.force_login(people.assistant)
    response = client.post(address(case, "check"), CONFIRMED, follow=True)
    assert "C-01 has been sent" in text_of(response.content.decode())
    assert Case.objects.get(pk=case.pk).sent_by == people.assistant


def test_sending_twice_says_that_it_was_sent(client, case, people):
    answer_all(case, people.assistant)
    client.force_login(people.assistant)
    for _ in range(2):
        response = client.post(address(case, "check"), CONFIRMED, follow=True)
    assert "This case was sent by Assistant at 10:42am." in text_of(response.content.decode())
    assert AuditEvent.objects.filter(verb="case read sent").count() == 1


def test_the_summary_says_what_was_not_provided(client, case, people):
    html = fetch(client, people.lead, address(case, "check"))
    assert text_of(html).count("Not answered Evidence not provided") == 42 + 6
    assert "Send this case read" not in html


# --- history -------------------------------------------------------------------------------------------------


def test_history_shows_every_version_newest_first(client, case, people):
    save(case, people.assistant, "2.1.1a", "yes", "One")
    save(case, people.assistant, "2.1.1b", "no", "")
    save(case, people.assistant, "2.1.1a", "na", "Two", base=1, na_reason="other")
    html = fetch(client, people.lead, address(case, "history"))
    titles = re.findall(r'moj-timeline__title">([^<]*)<', html)
    assert titles == ["2.1.1a: Not applicable: Another reason", "2.1.1b: No", "2.1.1a: Yes"]
    assert "Was: Yes Evidence before One Evidence after Two" in text_of(html)


def test_history_of_one_answer(client, case, people):
    save(case, people.assistant, "2.1.1a", "yes", "One")
    save(case, people.assistant, "2.1.1b", "no", "")
    html = fetch(client, people.lead, address(case, "history") + "?question=2.1.1b")
    assert re.findall(r'moj-timeline__title">([^<]*)<', html) == ["2.1.1b: No"]


@pytest.mark.parametrize("query", ["?page=99", "?page=x", "?question=%00", "?question=9.9.9", "?question=%ff&page=-1"])
def test_history_takes_any_address(client, case, people, query):
    save(case, people.assistant)
    assert fetch(client, people.lead, address(case, "history") + query)


def test_history_costs_the_same_for_one_change_and_for_many(client, case, people, django_assert_num_queries):
    client.force_login(people.lead)
    for base in range(3):
        save(case, people.assistant, base=base)
        with django_assert_num_queries(7):
            client.get(address(case, "history"))


# --- a judgement against its prompts -------------------------------------------------------------------------


def test_a_judgement_against_its_prompts_is_asked_why_and_the_read_waits_for_it(client, case, people):
    answer_all(case, people.assistant)
    html = fetch(client, people.assistant, section(case))
    assert html.count("data-despite hidden") == 2
    save(case, people.assistant, "2.1.1", "no", "Outweighed.", base=1)
    sentence = "You answered No, but 6 of 6 prompts are Yes. Say why"
    html = fetch(client, people.assistant, section(case))
    assert (html.count("data-despite hidden"), sentence in text_of(html)) == (1, True)
    client.post(address(case, "check"), {"confirmed": ["record", "evidence", "names"]})
    html = fetch(client, people.assistant, address(case, "check"))
    assert f'<a class="govuk-link" href="{section(case)}#despite_reason-2.1.1">{sentence}</a>' in html
    client.post(
        section(case), form_on(fetch(client, people.assistant, section(case))) | {"despite_reason-2.1.1": "Fact"}
    )
    assert sentence not in fetch(client, people.assistant, address(case, "check"))
    assert "Why it stands against its prompts: Fact" in text_of(fetch(client, people.lead, section(case)))


# --- opening again -------------------------------------------------------------------------------------------


def sent(case, people) -> None:
    Case.objects.filter(pk=case.pk).update(sent_at=clock.now(), sent_by=people.assistant)


def test_the_lead_opens_a_sent_read_again_with_a_reason(client, case, people):
    sent(case, people)
    assert "Open this case read again" in fetch(client, people.lead, address(case))
    client.post(address(case, "reopen"), {"reason": "Wrong record"})
    assert Case.objects.get(pk=case.pk).sent_at is None


def test_without_a_reason_it_stays_sent(client, case, people):
    sent(case, people)
    client.force_login(people.lead)
    html = client.post(address(case, "reopen"), {"reason": " "}).content.decode()
    assert "Say why the case read is opened again" in text_of(html)
    assert Case.objects.get(pk=case.pk).sent_at is not None


@pytest.mark.parametrize("name", ["assistant", "deputy", "quality", "head"])
def test_others_do_not_open_it(client, case, people, name):
    sent(case, people)
    client.force_login(getattr(people, name))
    assert client.post(address(case, "reopen"), {"reason": "I would"}).status_code == 404
    assert "Open this case read again" not in client.get(address(case)).content.decode()


def test_after_fieldwork_nobody_opens_it(client, case, people):
    sent(case, people)
    Inspection.objects.filter(pk=case.inspection_id).update(stage=Stage.RATING)
    client.force_login(people.lead)
    assert client.post(address(case, "reopen"), {"reason": "Late"}).status_code == 404
