"""A section posted whole, as a browser without a script does it: nothing typed is lost, whatever happened meanwhile."""

from uuid import uuid4

import pytest
from django.urls import reverse

from accounts import clock
from accounts.models import AuditEvent
from cases.models import Answer, Case
from tests.answering import save
from tests.factories import inspection_with_team, sampled_cases
from tests.pages import evidence, fetch, form_on, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _morning(settings):
    settings.CLOCK = "2027-06-08T10:42"


@pytest.fixture
def case(people) -> Case:
    return sampled_cases(inspection_with_team(people), reader=people.assistant)[0]


def address(case, name="case", **more) -> str:
    return reverse(f"cases:{name}", kwargs={"ref": case.inspection.ref, "case_ref": case.ref, **more})


def section(case, code="2.1") -> str:
    return address(case, "read-section", section=code)


def post(client, case, form, then="continue", code="2.1"):
    return client.post(section(case, code), form | {"then": then})


def test_an_untouched_form_saves_nothing_and_goes_on(client, case, people):
    save(case, people.assistant, "2.1.1a", "na", "Two\nlines", na_reason="other")
    form = form_on(fetch(client, people.assistant, section(case)))
    response = post(client, case, form)
    assert (response.status_code, response.url) == (302, section(case, "2.2"))
    assert [answer.version for answer in Answer.objects.all()] == [1]


@pytest.mark.parametrize(
    ("code", "then", "name", "following"),
    [
        ("2.1", "home", "case", {}),
        ("2.2", "continue", "read-section", {"section": "2.3"}),
        ("2.3", "continue", "read-section", {"section": "I1"}),
        ("A1", "continue", "check", {}),
        ("2.3", "home", "case", {}),
    ],
)
def test_the_buttons_lead_where_they_say(client, case, people, code, then, name, following):
    form = form_on(fetch(client, people.assistant, section(case, code)))
    assert post(client, case, form, then, code).url == address(case, name, **following)


def test_what_was_typed_is_saved_answer_by_answer(client, case, people):
    form = form_on(fetch(client, people.assistant, section(case)))
    form |= {"value-2.1.1a": "yes", "evidence-2.1.1a": "Two\r\nlines", "evidence-2.1.2": "Not judged yet"}
    assert post(client, case, form).status_code == 302
    saved = set(Answer.objects.values_list("question", "value", "evidence", "version"))
    assert saved == {("2.1.1a", "yes", "Two\nlines", 1), ("2.1.2", "", "Not judged yet", 1)}
    assert AuditEvent.objects.filter(verb="answer saved").count() == 2


def test_posting_the_same_form_again_saves_nothing_more(client, case, people):
    form = form_on(fetch(client, people.assistant, section(case))) | {"value-2.1.1a": "yes"}
    assert [post(client, case, form).status_code for _ in range(3)] == [302, 302, 302]
    assert [answer.version for answer in Answer.objects.all()] == [1]


def conflict(client, case, people) -> str:
    """2.1.1a changed elsewhere while it was typed here; the answer to 2.1.1b came in the same form."""
    save(case, people.assistant, "2.1.1a", "yes", "First")
    form = form_on(fetch(client, people.assistant, section(case)))
    save(case, people.assistant, "2.1.1a", "no", "Theirs", base=1)
    response = post(client, case, form | {"evidence-2.1.1a": "Mine", "value-2.1.1b": "yes"})
    assert response.status_code == 409
    return response.content.decode()


def test_a_conflict_shows_both_texts_and_saves_the_others(client, case, people):
    html = conflict(client, case, people)
    words = text_of(html)
    assert evidence(html, "2.1.1a") == "Mine"
    assert "Yours Yes Mine Theirs No Theirs" in words
    assert "Assistant changed this answer at 10:42am. Choose which to keep" in words
    assert "There is a problem Choose which answer to 2.1.1a to keep" in words
    assert "Not saved: 1 answer. Everything else is saved" in words
    assert '<a href="#keep-2.1.1a">' in html
    assert Answer.objects.get(question="2.1.1b").value == "yes"


@pytest.mark.parametrize(("keep", "kept"), [("mine", ("yes", "Mine", 3)), ("theirs", ("no", "Theirs", 2))])
def test_the_choice_is_kept_and_the_other_stays_in_the_history(client, case, people, keep, kept):
    form = form_on(conflict(client, case, people))
    assert post(client, case, form | {"keep-2.1.1a": keep}).status_code == 302
    answer = Answer.objects.get(question="2.1.1a")
    assert (answer.value, answer.evidence, answer.version) == kept
    assert "Theirs" in fetch(client, people.assistant, address(case, "history"))


def test_without_a_choice_it_asks_again_and_keeps_the_text(client, case, people):
    form = form_on(conflict(client, case, people))
    response = post(client, case, form)
    assert (response.status_code, evidence(response.content.decode(), "2.1.1a")) == (409, "Mine")


def test_theirs_that_moved_on_once_more_is_a_conflict_again(client, case, people):
    form = form_on(conflict(client, case, people))
    save(case, people.assistant, "2.1.1a", "no", "Even later", base=2)
    response = post(client, case, form | {"keep-2.1.1a": "mine"})
    assert response.status_code == 409
    assert "Yours Yes Mine Theirs No Even later" in text_of(response.content.decode())


def test_a_text_that_is_too_long_is_shown_again_with_the_reason(client, case, people):
    form = form_on(fetch(client, people.assistant, section(case)))
    response = post(client, case, form | {"evidence-2.1.1a": "x" * 100_212, "value-2.1.1b": "no"})
    html = response.content.decode()
    assert (response.status_code, len(evidence(html, "2.1.1a"))) == (409, 100_212)
    assert text_of(html).count("Evidence must be 100,000 characters or fewer. You have 100,212") == 2
    assert Answer.objects.get().question == "2.1.1b"


def test_nonsense_in_hidden_fields_loses_nothing(client, case, people):
    form = form_on(fetch(client, people.assistant, section(case)))
    form |= {"evidence-2.1.1a": "Kept", "base_version-2.1.1a": "x", "save_id-2.1.1a": "x", "value-2.1.1b": "maybe"}
    response = post(client, case, form)
    assert response.status_code == 409
    assert Answer.objects.get().evidence == "Kept"


def test_an_id_of_another_answer_is_refused_and_the_text_shown_again(client, case, people):
    used = uuid4()
    save(case, people.assistant, "2.2.1", "yes", "Other", save_id=used)
    form = form_on(fetch(client, people.assistant, section(case)))
    response = post(client, case, form | {"evidence-2.1.1a": "Mine", "save_id-2.1.1a": str(used)})
    assert (response.status_code, evidence(response.content.decode(), "2.1.1a")) == (409, "Mine")


def test_a_case_that_went_to_somebody_else_gives_back_what_was_typed(client, case, people):
    save(case, people.assistant, "2.1.1b", "yes", "Saved before")
    form = form_on(fetch(client, people.assistant, section(case)))
    Case.objects.filter(pk=case.pk).update(reader=people.second_assistant)
    response = post(client, case, form | {"evidence-2.1.1a": "Mine <b>"})
    words = text_of(response.content.decode())
    assert response.status_code == 403
    assert "This case was given to Second Assistant. Your unsent text is below so you can copy it" in words
    assert ("Your text for 2.1.1a Mine <b>" in words, "Saved before" in words) == (True, False)
    assert Answer.objects.count() == 1


def test_a_case_sent_in_another_tab_gives_back_what_was_typed(client, case, people):
    form = form_on(fetch(client, people.assistant, section(case)))
    Case.objects.filter(pk=case.pk).update(sent_at=clock.now(), sent_by=people.assistant)
    response = post(client, case, form | {"evidence-2.1.1a": "Mine"})
    words = text_of(response.content.decode())
    assert (response.status_code, "This case was sent by Assistant at 10:42am." in words) == (403, True)
    assert "Your text for 2.1.1a Mine" in words


# --- finished? -----------------------------------------------------------------------------------------------


def test_the_reader_says_that_a_section_is_finished_and_case_home_shows_it(client, case, people):
    form = form_on(fetch(client, people.assistant, section(case)))
    assert "done" not in form
    post(client, case, form | {"value-2.1.1a": "yes", "done": "yes"})
    assert "Finished, 1 of 14 answered" in text_of(fetch(client, people.lead, address(case)))
    form = form_on(fetch(client, people.assistant, section(case)))
    assert form["done"] == "yes"
    post(client, case, form | {"done": "no"})
    assert "Finished" not in text_of(fetch(client, people.assistant, address(case)))


@pytest.mark.parametrize("said", ["", "maybe"])
def test_whoever_says_nothing_of_the_kind_leaves_it_as_it_is(client, case, people, said):
    form = form_on(fetch(client, people.assistant, section(case)))
    post(client, case, form | {"done": "yes"})
    post(client, case, form | {"done": said})
    assert "Finished, 0 of 14 answered" in text_of(fetch(client, people.assistant, address(case)))
