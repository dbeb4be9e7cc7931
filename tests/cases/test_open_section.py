"""The page of an open section as it is spliced, against the same page as its templates draw it."""

import logging
import re
from typing import Any

import pytest
from django.contrib import messages
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import User
from cases.actions.sections import mark_section
from cases.models import Case, Kind
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
