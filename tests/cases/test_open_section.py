"""The page of an open section as it is spliced, against the same page as its templates draw it."""

import logging
import re
from datetime import date
from typing import Any

import pytest
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import User
from cases.actions.reading import reopen_case, send_case
from cases.actions.sections import mark_section
from cases.models import Case, CaseloadRow, Kind
from cases.queries.answers import form_of
from cases.views import reading
from cases.views.spliced import SplicedPage
from inspections.models import Service
from tests.answering import answer_all, save
from tests.factories import inspection_with_team, sampled_cases
from tests.noting import write

pytestmark = pytest.mark.django_db
HOSTILE = "</span>\"quoted\" 'twice' & %(age)s %% {{ case.ref }} \N{DRAGON}"
TOKEN = re.compile(r'(?<=name="csrfmiddlewaretoken" value=")\w+')  # masked anew each time


class Twice(SplicedPage):
    """Draws each page both ways, and keeps both."""

    def __init__(self, page: SplicedPage) -> None:
        vars(self).update(vars(page))
        self.frame.patterns.clear()
        self.drawn: list[tuple[str, str]] = []

    def render(self, request: HttpRequest, context: dict[str, Any]) -> str:
        fast = super().render(request, context)
        self.drawn.append((fast, render_to_string(self.frame.template, context, request)))
        return fast


@pytest.fixture
def twice(monkeypatch) -> Twice:
    page = Twice(reading.OPEN_SECTION)
    monkeypatch.setattr(reading, "OPEN_SECTION", page)
    return page


@pytest.fixture
def case(people) -> Case:
    return sampled_cases(inspection_with_team(people), reader=people.assistant)[0]


def get(client, case: Case, person: User, section: str = "2.1") -> str:
    client.force_login(person)
    address = reverse("cases:read-section", args=[case.inspection.ref, case.ref, section])
    return client.get(address).content.decode()


def same(drawn: tuple[str, str]) -> bool:
    fast, plain = (TOKEN.sub("", html) for html in drawn)
    return fast == plain


def test_it_is_what_the_templates_draw_new_and_known(client, twice, case, people, caplog):
    with caplog.at_level(logging.ERROR):
        for _ in range(2):
            get(client, case, people.assistant)
    assert [same(drawn) for drawn in twice.drawn] == [True] * 2
    assert (len(twice.frame.patterns), caplog.messages) == (1, [])


def quick_answers(case, people):
    User.objects.filter(pk=people.assistant.pk).update(quick_answers=True)


def hostile_names(case, people):
    User.objects.filter(pk=people.assistant.pk).update(name=HOSTILE)
    Service.objects.filter(pk=case.inspection.service_id).update(name=HOSTILE)


def some_answers(case, people):
    save(case, people.assistant, "2.1.1a", "no", HOSTILE)
    save(case, people.assistant, "2.2.1", "yes", HOSTILE)


def every_answer(case, people):
    answer_all(case, people.assistant)


def finished(case, people):
    mark_section(by=people.assistant, case=case, section="2.1", done=True)


def notes(case, people):
    write(case, people.assistant, HOSTILE, ["2.1.1a", "2.1.1"], seen_on=date(2027, 6, 7))
    write(case, people.assistant, "Struck out.", ["2.1.1a"], struck=True)


def opened_again(case, people):
    every_answer(case, people)
    send_case(by=people.assistant, case=case)
    reopen_case(by=people.lead, case=case, reason="One answer is about another child.")


def of_no_known_age(case, people):
    CaseloadRow.objects.update(date_of_birth=None, work_type="")


STATES = [
    quick_answers,
    hostile_names,
    some_answers,
    every_answer,
    finished,
    notes,
    opened_again,
    of_no_known_age,
]


@pytest.mark.parametrize("state", STATES)
def test_whatever_stands_on_it_it_is_what_the_templates_draw(client, twice, case, people, state, caplog):
    """Also where the page of another state was drawn before it."""
    get(client, case, people.assistant)
    state(case, people)
    with caplog.at_level(logging.ERROR):
        for section in ("2.1", "2.2", "2.1"):
            get(client, case, people.assistant, section)
    assert [same(drawn) for drawn in twice.drawn] == [True] * 4
    assert caplog.messages == []


@pytest.mark.parametrize("demo", [True, False])
@pytest.mark.parametrize("kind", list(Kind))
def test_for_each_kind_of_case_and_reader_it_is_what_the_templates_draw(client, twice, people, settings, demo, kind):
    settings.DEMO = demo
    readers = (people.lead, people.deputy, people.assistant, people.assessor)
    for case, reader in zip(sampled_cases(inspection_with_team(people), kind, count=4), readers, strict=True):
        Case.objects.filter(pk=case.pk).update(reader=reader)
        get(client, case, reader, form_of(case).sections[0].code)
    assert [same(drawn) for drawn in twice.drawn] == [True] * 4


def test_every_section_of_the_form_is_what_the_templates_draw(client, twice, case, people):
    codes = [section.code for section in form_of(case).sections]
    for code in codes:
        get(client, case, people.assistant, code)
    assert [same(drawn) for drawn in twice.drawn] == [True] * len(codes)


def test_what_the_last_action_did_is_said_and_kept_in_no_pattern(client, twice, case, people):
    client.force_login(people.assistant)
    page = reverse("cases:read-section", args=[case.inspection.ref, case.ref, "2.1"])
    client.post(reverse("accounts:settings"), {"quick_answers": "on", "speaks_welsh": "no", "email_news": "digest"})
    assert "Your settings are saved." in client.get(page).content.decode()
    assert twice.frame.patterns == {}
    assert "Your settings are saved." not in client.get(page).content.decode()


def test_another_case_of_another_person_needs_no_other_pattern_and_stays_in_none(client, twice, people):
    """Whatever differs from one case to the next and is kept as part of a shape would fill the memory."""
    first, second, _ = sampled_cases(inspection_with_team(people), reader=people.assistant)
    Case.objects.filter(pk=second.pk).update(reader=people.second_assistant)
    for case, reader in ((first, people.assistant), (second, people.second_assistant)):
        User.objects.filter(pk=reader.pk).update(name=f"Name of {reader.pk}")
        save(case, reader, "2.1.1b", evidence=f"Evidence of {reader.pk}")
        write(case, reader, f"Note of {reader.pk}", ["2.1.1a"])
        get(client, case, reader)
    assert [same(drawn) for drawn in twice.drawn] == [True] * 2
    ((key, pattern),) = twice.frame.patterns.items()
    kept = f"{key} {''.join(pattern.parts)}"
    told = ["C-01", "C-02", first.inspection.ref, "Reading", "Name of", "Evidence of", "Note of", "Demo Child"]
    assert [word for word in told if word in kept] == []


def test_somebody_elses_read_is_drawn_plainly(client, twice, case, people):
    assert "2.1.1a" in get(client, case, people.lead)
    assert twice.drawn == []
