"""Reads to check, one of them, queries and their threads, and changing the answer that is asked about."""

from datetime import timedelta

import pytest

from accounts import clock
from accounts.models import AuditEvent
from cases.actions import queries as asking
from cases.models import Answer, Case, Query, ReviewMark
from cases.queries.quality_work import work_for
from inspections.models import Inspection, Membership, Stage
from tests.answering import versions
from tests.cases.asked import asked, sent_case, state
from tests.factories import inspection_with_team, sampled_cases
from tests.pages import fetch, form_on, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(people) -> Case:
    return sent_case(sampled_cases(inspection_with_team(people), count=1, reader=people.assistant)[0], people.assistant)


def at(case, path="") -> str:
    return f"/inspections/{case.inspection.ref}/cases/{case.ref}/{path}"


def posted(client, person, url, **fields):
    client.force_login(person)
    return client.post(url, fields, follow=True)


# --- Q1 -------------------------------------------------------------------------------------------------------


def test_first_cases_of_local_assessors_come_first_then_the_oldest(client, people):
    cases = sampled_cases(inspection_with_team(people), count=4)
    readers = [people.assistant, people.assessor, people.assessor, people.lead]
    now = clock.now()
    for hours, (case, reader) in enumerate(zip(cases, readers, strict=True)):
        Case.objects.filter(pk=case.pk).update(reader=reader, sent_at=now + timedelta(hours=hours), sent_by=reader)
    page = fetch(client, people.quality, "/qa/")
    rows = [text_of(row) for row in page.split("</table>")[0].split("<tr")[2:]]
    assert [(row.split('">')[-1].split()[0], row.split(" Sent ")[1].split(" </")[0]) for row in rows] == [
        ("C-02", "First case of a local assessor"),
        ("C-01", "Waiting longest"),
        ("C-03", "Waiting longest"),
        ("C-04", "Waiting longest"),
    ]
    own = text_of(fetch(client, people.lead, "/qa/"))
    assert ("3 case reads to check" in own, "C-04" in own) == (True, False)


def test_it_says_what_each_state_means_also_when_none_waits(client, people):
    page = text_of(fetch(client, people.quality, "/qa/"))
    assert "No case reads wait to be checked." in page
    for meaning in (
        "Reading The reader has not sent it yet.",
        "Sent The reader has sent it.",
        "Checked Somebody other than the reader agrees with every judgement",
    ):
        assert meaning in page


def test_the_server_picks_one_at_random_and_records_its_choice(client, case, people):
    response = posted(client, people.quality, "/qa/")
    assert response.redirect_chain == [(at(case, "qa/"), 302)]
    event = AuditEvent.objects.get(verb="read picked at random")
    assert (event.person, event.inspection, event.subject) == (people.quality, case.inspection.ref, "C-01")
    assert event.detail == {"of": 1}
    Case.objects.update(reader=people.quality)
    assert "No case reads wait to be checked." in text_of(posted(client, people.quality, "/qa/").content.decode())


def test_reads_of_other_inspections_or_stages_do_not_wait_for_one(client, case, people):
    assert "C-01" not in fetch(client, people.stranger, "/qa/")
    people.quality.interests.create(service=case.inspection.service, kind="personal", declared_at=clock.now())
    assert "C-01" not in fetch(client, people.quality, "/qa/")
    Membership.objects.filter(person=people.lead).update(until=clock.now())
    assert "C-01" not in fetch(client, people.lead, "/qa/")


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_any_number(client, people, count, django_assert_num_queries):
    cases = sampled_cases(inspection_with_team(people), count=count, reader=people.assistant)
    Case.objects.filter(pk__in=[case.pk for case in cases]).update(sent_at=clock.now(), sent_by=people.assistant)
    client.force_login(people.quality)
    with django_assert_num_queries(3):
        assert client.get("/qa/").content.count(b'/qa/">C-0') == count


# --- Q2 -------------------------------------------------------------------------------------------------------


def test_a_question_is_asked_from_the_check_and_opens_its_thread(client, case, people):
    assert "Ask a question about 2.1.1a" in text_of(fetch(client, people.quality, at(case, "qa/")))
    assert "Ask about the answer to 2.1.1" in fetch(client, people.quality, at(case, "qa/2.1.1/"))
    assert "Yes Seen." in text_of(fetch(client, people.quality, at(case, "qa/2.1.1/")))
    empty = posted(client, people.quality, at(case, "qa/2.1.1a/"), text="  ")
    assert "Error: Write your question about this answer" in text_of(empty.content.decode())
    response = posted(client, people.quality, at(case, "qa/2.1.1a/"), text="Where is it written?")
    query = Query.objects.get()
    assert response.redirect_chain == [(at(case, f"queries/{query.pk}/"), 302)]
    assert "Query open The reader has not replied yet." in text_of(response.content.decode())
    twice = posted(client, people.quality, at(case, "qa/2.1.1a/"), text="Once more")
    page = twice.content.decode()
    assert ("You have an open query on 2.1.1a. Go on there" in page, "Once more" in page) == (True, True)


def test_agreeing_marks_the_version_that_was_shown(client, case, people):
    page = posted(client, people.quality, at(case, "qa/2.1.1/agree/"), version="1").content.decode()
    assert "You agree with the answer to 2.1.1." in page
    assert "Quality agreed on" in text_of(page)
    for stale in ("2", "", "x", "9" * 30):
        page = posted(client, people.quality, at(case, "qa/2.1.1/agree/"), version=stale).content.decode()
        assert "2.1.1 changed after you opened this page. Read the change, then agree." in text_of(page)
    assert ReviewMark.objects.count() == 1


def test_nobody_is_asked_to_agree_twice_with_the_same_answer(client, case, people):
    agree = at(case, "qa/2.1.1/agree/")
    assert agree in fetch(client, people.quality, at(case, "qa/"))
    posted(client, people.quality, agree, version="1")
    assert agree not in fetch(client, people.quality, at(case, "qa/"))
    assert agree in fetch(client, people.lead, at(case, "qa/"))
    Answer.objects.filter(question="2.1.1").update(version=2)
    assert agree in fetch(client, people.quality, at(case, "qa/"))


@pytest.mark.parametrize("path", ["qa/9.9/", "qa/9.9/agree/", "queries/999999/", f"queries/{'9' * 30}/"])
def test_what_there_is_not_is_not_found(client, case, people, path):
    client.force_login(people.quality)
    assert (client.get if "agree" not in path else client.post)(at(case, path)).status_code == 404


def test_a_query_of_another_case_is_not_found_here(client, people):
    one, other = sampled_cases(inspection_with_team(people), count=2, reader=people.assistant)
    query = asked(sent_case(one, people.assistant), people.quality)
    client.force_login(people.quality)
    assert client.get(at(other, f"queries/{query.pk}/")).status_code == 404


def test_its_reader_is_told_that_somebody_else_checks(client, case, people):
    Case.objects.update(reader=people.lead)
    page = text_of(fetch(client, people.lead, at(case, "qa/")))
    assert ("You are the reader of this case. Somebody else checks it." in page, "Agree" in page) == (True, False)
    refused = posted(client, people.lead, at(case, "qa/2.1.1a/"), text="Mine?").content.decode()
    assert "You are the reader of C-01. Somebody else checks it" in refused


# --- Q3 -------------------------------------------------------------------------------------------------------


ABOUT = ["2.1.1a", "2.1.1b", "2.1.1c"]


def listed(client, person, case, state) -> list[str]:
    page = fetch(client, person, f"/inspections/{case.inspection.ref}/queries/?state={state}")
    return [code for code in ABOUT if f"C-01 {code}</a>" in page]


def test_threads_are_filtered_by_state(client, case, people):
    first, second, third = (asked(case, people.quality, code) for code in ABOUT)
    asking.reply(by=people.assistant, query=second, text="Page 4.")
    asking.close(by=people.quality, query=third)
    assert {name: listed(client, people.head, case, name) for name in ("open", "answered", "closed", "", "other")} == {
        "open": ["2.1.1a"],
        "answered": ["2.1.1b"],
        "closed": ["2.1.1c"],
        "": ABOUT,
        "other": ABOUT,
    }
    page = text_of(fetch(client, people.head, f"/inspections/{case.inspection.ref}/queries/"))
    assert "Closed Whoever asked is content." in page
    assert state(first) == "Query open"


def test_a_local_assessor_sees_the_queries_on_their_own_cases_only(client, people):
    one, other = sampled_cases(inspection_with_team(people), count=2)
    Case.objects.filter(pk=one.pk).update(reader=people.assistant)
    Case.objects.filter(pk=other.pk).update(reader=people.assessor)
    for case, reader in ((one, people.assistant), (other, people.assessor)):
        case.refresh_from_db()
        asked(sent_case(case, reader), people.quality)
    page = fetch(client, people.assessor, f"/inspections/{one.inspection.ref}/queries/")
    assert ("C-01 2.1.1a" in page, "C-02 2.1.1a" in page) == (False, True)


@pytest.mark.parametrize("count", [1, 3])
def test_the_threads_cost_the_same_for_any_number(client, case, people, count, django_assert_num_queries):
    for code in ABOUT[:count]:
        asked(case, people.quality, code)
    client.force_login(people.lead)
    url = f"/inspections/{case.inspection.ref}/queries/"
    with django_assert_num_queries(3):
        page = client.get(url).content
    assert page.count(b"C-01 2.1.1") == count


def test_the_reader_replies_and_whoever_asked_closes(client, case, people):
    url = at(case, f"queries/{asked(case, people.quality).pk}/")
    assert "Close this query" not in fetch(client, people.assistant, url)
    empty = posted(client, people.assistant, url, text="").content.decode()
    assert "Error: Write your reply" in text_of(empty)
    page = text_of(posted(client, people.assistant, url, text="On page 4.").content.decode())
    assert ("Answered The reader has replied" in page, "On page 4." in page) == (True, True)
    again = posted(client, people.quality, f"{url}follow/", again="Ask again", text=" ").content.decode()
    assert 'href="#follow-text">Write what you ask further</a>' in again
    assert "Query open" in posted(client, people.quality, f"{url}follow/", again="1", text="Which?").content.decode()
    lead = posted(client, people.lead, f"{url}follow/", close="1", text="").content.decode()
    assert "Only Quality can close this query." in lead
    closed = posted(client, people.quality, f"{url}follow/", close="1", text="Thank you.").content.decode()
    assert ("Closed" in text_of(closed), "Thank you." in closed, "<textarea" in closed) == (True, True, False)
    late = posted(client, people.assistant, url, text="Too late").content.decode()
    assert ("This query is closed" in late, Query.objects.get().messages.count()) == (True, 4)


# --- changing the answer --------------------------------------------------------------------------------------


@pytest.fixture
def change_url(case, people) -> str:
    return at(case, f"queries/{asked(case, people.quality, '2.1.1').pk}/change/")


def typed(client, person, url, **fields) -> dict[str, str]:
    return form_on(fetch(client, person, url)) | {"value": "no", "change_reason": "The plan says otherwise"} | fields


def test_the_reader_changes_the_answer_with_a_reason_and_it_is_in_the_history(client, case, people, change_url):
    fields = typed(client, people.assistant, change_url, evidence="Read again.")
    page = posted(client, people.assistant, change_url, **fields).content.decode()
    assert "The answer to 2.1.1 was changed at" in page
    assert versions(case, "2.1.1") == [(1, "yes", "Seen."), (2, "no", "Read again.")]
    for path in ("history/", f"queries/{Query.objects.get().pk}/"):
        shown = text_of(fetch(client, people.quality, at(case, path)))
        for words in ("Was: Yes", "Evidence before Seen.", "Read again.", "The plan says otherwise", "Where is this"):
            assert (path, words in shown) == (path, True)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"change_reason": " "}, "Say why 2.1.1 was changed"),
        ({"value": ""}, "Select Yes, No or Not applicable for 2.1.1"),
        ({"value": "na"}, "Say why 2.1.1 does not apply to this case"),
        ({"evidence": " "}, "Write the evidence for 2.1.1"),
        ({"evidence": "x" * 100_001}, "Evidence must be 100,000 characters or fewer. You have 100,001"),
        ({"change_reason": "x" * 1_001}, "A reason must be 1,000 characters or fewer"),
    ],
)
def test_what_is_to_be_put_right_is_said_and_what_was_typed_stays(client, case, people, change_url, fields, sentence):
    sent = typed(client, people.assistant, change_url, evidence="Typed\0 words.") | fields
    page = posted(client, people.assistant, change_url, **sent).content.decode()
    assert sentence in page
    assert "The plan says otherwise" in page or "change_reason" in fields
    assert len(versions(case, "2.1.1")) == 1


def test_another_tab_that_was_first_is_shown_and_the_next_attempt_keeps_mine(client, case, people, change_url):
    fields = typed(client, people.assistant, change_url, evidence="Mine.")
    other = typed(client, people.assistant, change_url, evidence="Other tab.")
    posted(client, people.assistant, change_url, **other)
    refused = posted(client, people.assistant, change_url, **fields)
    page = refused.content.decode()
    assert refused.status_code == 409
    assert ("Assistant changed this answer at" in text_of(page), "Other tab." in page, "Mine." in page) == (True,) * 3
    posted(client, people.assistant, change_url, **form_on(page) | {"value": "no"})
    assert [evidence for _, _, evidence in versions(case, "2.1.1")] == ["Seen.", "Other tab.", "Mine."]


def test_when_the_query_closed_meanwhile_the_text_can_be_copied(client, case, people, change_url):
    fields = typed(client, people.assistant, change_url, evidence="Mine.")
    [query] = case.queries.all()
    asking.close(by=people.quality, query=query)
    refused = posted(client, people.assistant, change_url, **fields)
    page = text_of(refused.content.decode())
    assert refused.status_code == 403
    assert ("This case was sent by Assistant" in page, "Mine." in page) == (True, True)
    assert len(versions(case, "2.1.1")) == 1


@pytest.mark.parametrize("name", ["quality", "lead", "second_assistant", "head", "assessor"])
def test_nobody_else_finds_the_page(client, people, change_url, name):
    client.force_login(getattr(people, name))
    assert (client.get(change_url).status_code, client.post(change_url).status_code) == (404, 404)


# --- whose turn it is -------------------------------------------------------------------------------------------


def test_it_is_the_readers_turn_then_that_of_whoever_asked(case, people):
    query = asked(case, people.quality)
    link = at(case, f"queries/{query.pk}/")
    assert [(item.text, item.href) for item in work_for(people.assistant)] == [
        ("Answer the query on C-01 2.1.1a", link)
    ]
    assert work_for(people.quality) == []
    asking.reply(by=people.assistant, query=query, text="Page 4.")
    assert work_for(people.assistant) == []
    assert [(item.text, item.href) for item in work_for(people.quality)] == [("Read the reply about C-01 2.1.1a", link)]
    Inspection.objects.update(stage=Stage.SIGNED)
    assert work_for(people.quality) == []


@pytest.mark.parametrize("count", [1, 3])
def test_work_costs_two_queries_for_any_number(case, people, count, django_assert_num_queries):
    for code in ABOUT[:count]:
        asked(case, people.quality, code)
    with django_assert_num_queries(2):
        assert len(work_for(people.assistant)) == count


def test_the_read_page_links_to_the_open_query(client, case, people):
    query = asked(case, people.quality)
    page = fetch(client, people.assistant, at(case, "read/2.1/"))
    assert f'href="{at(case, f"queries/{query.pk}/")}">Query open: answer it' in page
    assert "Query open: answer it" not in fetch(client, people.lead, at(case, "read/2.1/"))
