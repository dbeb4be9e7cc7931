"""A reader asks to open a sent read again; the lead inspector opens it or says why not."""

import pytest

from accounts.models import AuditEvent
from cases.models import Case, ReopenRequest
from cases.queries.quality_work import work_for
from inspections.models import Notification
from tests.cases.asked import sent_case
from tests.factories import inspection_with_team, sampled_cases
from tests.pages import fetch, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(people) -> Case:
    return sent_case(sampled_cases(inspection_with_team(people), count=1, reader=people.assistant)[0], people.assistant)


def at(case, path="") -> str:
    return f"/inspections/{case.inspection.ref}/cases/{case.ref}/{path}"


def posted(client, person, url, **fields) -> str:
    client.force_login(person)
    return client.post(url, fields, follow=True).content.decode()


def ask(client, people, case, reason="A page was missing") -> str:
    return posted(client, people.assistant, at(case, "reopen/ask/"), reason=reason)


def told(person) -> list[str]:
    return [note.text.split(". ")[0] for note in Notification.objects.filter(person=person)]


def test_the_lead_is_told_finds_it_in_their_work_and_opens_with_the_same_reason(client, case, people):
    assert "The lead inspector has been asked." in ask(client, people, case)
    assert told(people.lead) == ["Assistant asks to reopen C-01"]
    assert [(item.text, item.href) for item in work_for(people.lead)] == [("Decide whether to reopen C-01", at(case))]
    page = fetch(client, people.lead, at(case))
    assert ">\nA page was missing</textarea>" in page
    assert "asked on" in text_of(page)
    assert "C-01 is open again." in posted(client, people.lead, at(case, "reopen/"), reason="A page was missing")
    request = ReopenRequest.objects.get()
    assert (request.outcome, request.decided_by, request.outcome_reason) == (
        "reopened",
        people.lead,
        "A page was missing",
    )
    assert (told(people.assistant), work_for(people.lead)) == (["Opened again: C-01"], [])


def test_a_refusal_needs_a_reason_which_the_reader_sees(client, case, people):
    ask(client, people, case)
    empty = posted(client, people.lead, at(case, "reopen/refuse/"), refusal=" ")
    assert "Say why the case read is not opened again" in empty
    posted(client, people.lead, at(case, "reopen/refuse/"), refusal="The meeting has begun")
    page = text_of(fetch(client, people.assistant, at(case)))
    assert "Not opened again by Lead on" in page
    assert "The meeting has begun" in page
    assert Case.objects.get().sent_at is not None
    assert told(people.assistant) == ["Not opened again: C-01"]


def test_one_request_waits_at_a_time(client, case, people):
    ask(client, people, case)
    assert "Ask to reopen" not in fetch(client, people.assistant, at(case))
    assert "Somebody has asked already" in ask(client, people, case)
    assert ReopenRequest.objects.count() == 1


def test_a_reason_is_needed_and_what_was_typed_stays(client, case, people):
    assert "Error: Say why the case read should be opened again" in text_of(ask(client, people, case, "  "))
    long = ask(client, people, case, "x" * 501)
    assert ("The text must be 500 characters or fewer" in long, "x" * 501 in long) == (True, True)
    assert ReopenRequest.objects.count() == 0


def test_only_what_was_asked_can_be_refused_and_only_what_is_sent_asked_for(client, case, people):
    page = posted(client, people.lead, at(case, "reopen/refuse/"), refusal="No")
    assert "Nobody asks to reopen C-01 any more" in page
    Case.objects.update(sent_at=None, sent_by=None)
    assert "C-01 is open already, or can no longer be opened" in ask(client, people, case)
    assert ReopenRequest.objects.count() == 0


def test_the_record_of_it_has_no_word_of_the_reason(client, case, people):
    ask(client, people, case)
    posted(client, people.lead, at(case, "reopen/refuse/"), refusal="The meeting has begun")
    events = AuditEvent.objects.filter(verb__contains="reopen").order_by("pk").values_list("verb", "subject", "detail")
    assert list(events) == [("asked to reopen", "C-01", {}), ("refused to reopen", "C-01", {})]
