"""The evidence of a section on a page of its own, the printed read, the blank form."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import clock
from cases.actions.queries import agree, ask, reply
from cases.actions.reading import reopen_case
from cases.models import Case
from cases.queries.answers import form_of
from tests.answering import save
from tests.cases.asked import sent_case
from tests.factories import inspection_with_team, sampled_cases
from tests.noting import write
from tests.pages import fetch, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(people) -> Case:
    return sampled_cases(inspection_with_team(people), reader=people.assistant)[0]


def page(case, name, **more) -> str:
    return reverse(f"cases:{name}", kwargs={"ref": case.inspection.ref, "case_ref": case.ref, **more})


def test_what_was_heard_about_other_sections_stands_in_the_pane_too(client, case, people):
    write(case, people.assistant, "About planning.", ["2.2.1"], source="interview")
    write(case, people.assistant, "About assessing.", ["2.1.1a"], source="interview")
    write(case, people.assistant, "About nothing yet.", source="interview")
    html = fetch(client, people.assistant, page(case, "section-evidence", section="2.1"))
    pane = html[html.index("From the interview") : html.index("Judgements in other sections")]
    said = [text in pane for text in ("About planning.", "About assessing.", "About nothing yet.")]
    assert (said, html.count("About assessing.")) == ([True, False, True], 1)


def test_linked_notes_stand_beside_the_questions_and_on_a_page_of_their_own_alike(client, case, people):
    write(case, people.assistant, "In the plan.", ["2.1.1a"], source="plan", seen_on=date(2027, 1, 3))
    write(case, people.assistant, "Of another section.", ["2.2.1"])
    panes = []
    for name in ("read-section", "section-evidence"):
        html = fetch(client, people.assistant, page(case, name, section="2.1"))
        start = html.index("Notes for this section")
        panes.append(text_of(html[start : html.index("From the interview", start)]))
    question = form_of(case).questions["2.1.1a"].text
    assert panes == [f"Notes for this section 2.1.1a {question} Plan, 3 January 2027 In the plan. Change note 1"] * 2


def test_a_struck_note_is_no_evidence(client, case, people):
    note = write(case, people.assistant, "Not so.", ["2.1.1a"]).note_id
    write(case, people.assistant, "Not so.", ["2.1.1a"], note_id=note, base=1, struck=True)
    assert "Not so." not in fetch(client, people.assistant, page(case, "section-evidence", section="2.1"))


def test_the_way_back_leads_to_the_question_that_it_came_from(client, case, people):
    questions = page(case, "read-section", section="2.1")
    address = page(case, "section-evidence", section="2.1")
    html = fetch(client, people.assistant, questions)
    assert f'href="{address}?question=2.1.1b"' in html
    html = fetch(client, people.assistant, f"{address}?question=2.1.1b")
    assert f'<a class="govuk-link" href="{questions}#q-2.1.1b">Back to question 2.1.1b</a>' in html
    for other in ("", "?question=2.2.1", "?question=%00"):
        html = fetch(client, people.assistant, address + other)
        assert f'<a class="govuk-link" href="{questions}">Back to 2.1' in html


@pytest.mark.parametrize("code", ["9.9", "V1", "2.1.1"])
def test_a_section_that_there_is_not_has_no_evidence(client, case, people, code):
    client.force_login(people.assistant)
    assert client.get(page(case, "section-evidence", section=code)).status_code == 404


def test_everything_is_printed_in_the_order_of_the_screen(client, case, people, settings):
    settings.CLOCK = "2027-06-08T16:05"
    save(case, people.assistant, "2.1.1a", evidence="Asked at home.")
    save(case, people.assistant, "2.1.1b", "na", "Other.", na_reason="other")
    write(case, people.assistant, "Linked.", ["2.1.1a"])
    write(case, people.assistant, "Loose.")
    note = write(case, people.assistant, "Wrong.").note_id
    write(case, people.assistant, "Wrong.", note_id=note, base=1, struck=True)
    text = text_of(fetch(client, people.assistant, page(case, "print")))
    told = ["Asked at home.", "Linked.", "2.1.1b", "Other.", "2.3.2 ", "Loose.", "struck out", "Wrong."]
    places = [text.index(words) for words in told]
    assert places == sorted(places)
    assert all(code in text for code in form_of(case).questions)


def test_queries_and_changed_answers_are_printed_with_their_question(client, case, people, settings):
    settings.CLOCK = "2027-06-08T16:05"
    sent_case(case, people.assistant)
    query = ask(by=people.lead, case=case, question="2.1.1a", text="Where was it seen?")
    reply(by=people.assistant, query=query, text="In the plan.")
    agree(by=people.lead, case=case, question="2.1.2", version=1)
    settings.CLOCK = "2027-06-08T16:10"
    reopen_case(by=people.lead, case=case, reason="Look again")
    case.refresh_from_db()
    settings.CLOCK = "2027-06-08T16:15"
    save(case, people.assistant, "2.1.2", "no", "Changed.", base=1, despite_reason="So.")
    text = text_of(fetch(client, people.lead, page(case, "print")))
    told = ["2.1.1a ", "Asked by Lead on 8 June 2027 at 4:05pm: Where was it seen?"]
    told += ["Reply by Assistant on 8 June 2027 at 4:05pm: In the plan.", "2.1.1b "]
    told += ["2.1.2 ", "Changed since it was sent.", "Changed since Lead agreed on 8 June 2027."]
    places = [text.index(words) for words in told]
    assert places == sorted(places)
    assert text.count("Changed since it was sent.") == 1


def test_the_print_costs_the_same_for_one_query_and_for_many(client, case, people, django_assert_num_queries):
    sent_case(case, people.assistant)
    client.force_login(people.lead)
    ask(by=people.lead, case=case, question="2.1.1a", text="Where?")
    client.get(page(case, "print"))  # the first page of a session costs one more
    with CaptureQueriesContext(connection) as one:
        client.get(page(case, "print"))
    for question in ("2.1.1b", "2.1.2"):
        ask(by=people.lead, case=case, question=question, text="Where?")
    with django_assert_num_queries(len(one)):
        client.get(page(case, "print"))


def test_every_sheet_says_whose_it_is_and_that_it_is_a_draft_until_sent(client, case, people, settings):
    settings.CLOCK = "2027-06-08T16:05"
    head = f"OFFICIAL-SENSITIVE Inspection {case.inspection.ref} · case C-01 · %s "
    head += "Printed by Assistant on 8 June 2027 at 4:05pm"
    assert head % "Draft" in text_of(fetch(client, people.assistant, page(case, "print")))
    Case.objects.filter(pk=case.pk).update(sent_at=clock.now(), sent_by=people.assistant)
    text = text_of(fetch(client, people.assistant, page(case, "print")))
    assert (head % "Sent" in text, "Draft" in text) == (True, False)


@pytest.mark.parametrize("kind", ["child", "victim"])
def test_the_paper_form_asks_everything_and_answers_nothing(client, people, kind):
    case = sampled_cases(inspection_with_team(people), kind, reader=people.assistant)[0]
    code = next(iter(form_of(case).questions))
    save(case, people.assistant, code, evidence="An answer.")
    write(case, people.assistant, "A note.", [code])
    html = fetch(client, people.assistant, page(case, "paper"))
    places = [html.index(f">{code} {question.text[:5]}") for code, question in form_of(case).questions.items()]
    assert places == sorted(places)
    chosen = [question for question in form_of(case).questions.values() if question.options]
    assert html.count("<li>Not applicable</li>") == len(chosen)
    assert ("An answer." in html, "A note." in html, case.row.name in html) == (False, False, False)


def test_the_printed_read_bears_no_name_of_the_child(client, case, people):
    assert case.row.name not in fetch(client, people.assistant, page(case, "print"))


def test_case_home_leads_to_both(client, case, people):
    html = fetch(client, people.assistant, page(case, "case"))
    assert (page(case, "print") in html, page(case, "paper") in html) == (True, True)
