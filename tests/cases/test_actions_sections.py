"""The reader says which sections are finished, and may take it back."""

import pytest

from accounts.models import AuditEvent
from cases.actions.answers import CaseClosed
from cases.actions.sections import mark_section
from cases.models import Case, SectionDone
from inspections.models import Inspection, Stage
from tests.factories import inspection_with_team, sampled_cases
from tests.races import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(people) -> Case:
    return sampled_cases(inspection_with_team(people), reader=people.assistant)[0]


def mark(case, by, section="2.1", done=True) -> None:
    mark_section(by=by, case=case, section=section, done=done)


def sections_done(case) -> set[str]:
    return set(case.sections_done.values_list("section", flat=True))


def test_it_is_said_once_and_taken_back(case, people):
    for _ in range(2):
        mark(case, people.assistant)
    mark(case, people.assistant, "2.2")
    assert sections_done(case) == {"2.1", "2.2"}
    mark(case, people.assistant, done=False)
    mark(case, people.assistant, "2.3", done=False)
    assert sections_done(case) == {"2.2"}
    assert [(event.verb, event.subject) for event in AuditEvent.objects.order_by("id")] == [
        ("finished a section", "C-01 2.1"),
        ("finished a section", "C-01 2.2"),
        ("went back to a section", "C-01 2.1"),
    ]


@pytest.mark.django_db(transaction=True)
def test_said_four_times_at_once_it_is_said_once(case, people):
    assert at_once([lambda: mark(case, people.assistant)] * 4) == [None] * 4
    assert SectionDone.objects.count() == 1


def test_only_the_reader_says_so_and_only_during_fieldwork(case, people):
    with pytest.raises(CaseClosed):
        mark(case, people.lead)
    Inspection.objects.update(stage=Stage.RATING)
    with pytest.raises(CaseClosed):
        mark(case, people.assistant)
    assert SectionDone.objects.count() == 0
