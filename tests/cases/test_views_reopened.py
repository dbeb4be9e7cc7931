"""A read that was opened again asks why each answer was changed, once for every opening."""

from uuid import uuid4

import pytest
from django.urls import reverse

from accounts import clock
from cases.actions.answers import save_answer
from cases.actions.reading import GapsLeft, reopen_case, send_case
from cases.models import Answer, Case
from cases.queries.answers import answers_of, gaps_of
from cases.rules.answers import Content
from tests.answering import answer_all
from tests.factories import inspection_with_team, sampled_cases
from tests.pages import fetch, form_on, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(people, settings) -> Case:
    """Answered, sent and opened again."""
    settings.CLOCK = "2027-06-08T09:00"
    case = sampled_cases(inspection_with_team(people), reader=people.assistant)[0]
    answer_all(case, people.assistant)
    send_case(by=people.assistant, case=case)
    settings.CLOCK = "2027-06-08T10:00"
    reopen_case(by=people.lead, case=case, reason="Wrong record")
    settings.CLOCK = "2027-06-08T11:00"
    return Case.objects.select_related("inspection", "row").get(pk=case.pk)


def change(case, by, base, reason="") -> None:
    content = Content("no", "", f"Version {base + 1}", "", reason)
    save_answer(by=by, case=case, question="2.1.1a", content=content, base_version=base, save_id=uuid4())


def address(case, name="read-section", **more) -> str:
    return reverse(f"cases:{name}", kwargs={"ref": case.inspection.ref, "case_ref": case.ref, **more})


def lacking(case) -> list[str]:
    return [gap.sentence for gap in gaps_of(case, answers_of(case))]


def test_what_stayed_as_it_was_sent_needs_no_reason(case):
    assert lacking(case) == []


def test_a_changed_answer_keeps_the_read_from_being_sent_until_it_says_why(case, people):
    change(case, people.assistant, 1)
    assert lacking(case) == ["Say why 2.1.1a was changed"]
    with pytest.raises(GapsLeft):
        send_case(by=people.assistant, case=case)
    change(case, people.assistant, 2, "The record was found")
    send_case(by=people.assistant, case=case)
    assert Case.objects.get(pk=case.pk).sent_at == clock.now()


def test_an_answer_changed_back_needs_none(case, people):
    change(case, people.assistant, 1)
    save_answer(
        by=people.assistant, case=case, question="2.1.1a", content=Content("yes"), base_version=2, save_id=uuid4()
    )
    assert lacking(case) == []


def test_a_reason_holds_for_its_own_opening_only(case, people, settings):
    change(case, people.assistant, 1, "The record was found")
    send_case(by=people.assistant, case=case)
    settings.CLOCK = "2027-06-09T10:00"
    reopen_case(by=people.lead, case=case, reason="Once more")
    settings.CLOCK = "2027-06-09T11:00"
    again = Case.objects.select_related("inspection", "row").get(pk=case.pk)
    assert (lacking(again), answers_of(again)["2.1.1a"].content.change_reason) == ([], "")
    change(again, people.assistant, 2)
    assert lacking(again) == ["Say why 2.1.1a was changed"]


def test_every_question_offers_the_reason_and_the_gap_leads_to_it(client, case, people):
    change(case, people.assistant, 1)
    html = fetch(client, people.assistant, address(case, section="2.1"))
    assert html.count("Why you changed this answer") == 14
    assert html.count("data-changed") == 1
    assert f"{address(case, section='2.1')}#change_reason-2.1.1a" in fetch(
        client, people.assistant, address(case, "check")
    )


def test_an_untouched_form_of_it_changes_nothing(client, case, people, settings):
    change(case, people.assistant, 1, "The record was found")
    form = form_on(fetch(client, people.assistant, address(case, section="2.1")))
    assert form["change_reason-2.1.1a"] == "The record was found"
    assert client.post(address(case, section="2.1"), form | {"then": "home"}).status_code == 302
    assert Answer.objects.get(question="2.1.1a").version == 2


def test_without_a_script_the_reason_comes_with_the_answer(client, case, people):
    form = form_on(fetch(client, people.assistant, address(case, section="2.1")))
    form |= {"value-2.1.1a": "no", "change_reason-2.1.1a": "Misread <b>"}
    client.post(address(case, section="2.1"), form)
    assert lacking(case) == []
    assert "Why it was changed: Misread <b>" in text_of(fetch(client, people.lead, address(case, "history")))


def test_it_costs_one_query_more_than_another(client, case, people, django_assert_num_queries):
    client.force_login(people.assistant)
    client.get(address(case, section="2.1"))  # names of the lists are held from then on
    for base in (1, 2, 3):
        with django_assert_num_queries(7):
            client.get(address(case, section="2.1"))
        change(case, people.assistant, base)
