"""What a reader has to do, and where exactly each case goes on."""

from datetime import date

import pytest

from accounts import clock
from cases.models import Case
from cases.queries.work import work_for
from inspections.models import Inspection, Membership, Stage
from inspections.work import WorkItem
from tests.answering import answer_all, save
from tests.factories import inspection_with_team, sampled_cases

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(people) -> Case:
    return sampled_cases(inspection_with_team(people), count=1, reader=people.assessor)[0]


def item(case, text, path, state="In progress") -> WorkItem:
    ref = case.inspection.ref
    href = f"/inspections/{ref}/cases/C-01/{path}"
    return WorkItem(text, href, f"Reading, {ref}", state, due=date(2027, 6, 11))


def test_an_untouched_case_starts_at_its_first_question(people, case):
    expected = item(case, "Start reading C-01", "read/2.1/#value-2.1.1a", "Not yet started")
    assert work_for(people.assessor) == [expected]


def test_one_in_progress_carries_on_at_the_first_unanswered_question(people, case):
    answered = [code for code in ("2.1.1a", "2.1.1b", "2.1.1c", "2.2.1a")]
    for code in answered:
        save(case, people.assessor, code)
    save(case, people.assessor, "2.1.1d", "", "Words only")
    expected = item(case, "Carry on with C-01: Assessing, question 4", "read/2.1/#value-2.1.1d")
    assert work_for(people.assessor) == [expected]


def test_the_place_may_be_in_a_later_section(people, case):
    answer_all(case, people.assessor, but=("2.2.1d", "2.3.1"))
    expected = item(case, "Carry on with C-01: Planning, question 4", "read/2.2/#value-2.2.1d")
    assert work_for(people.assessor) == [expected]


def test_one_that_is_answered_is_checked_and_sent(people, case):
    answer_all(case, people.assessor)
    assert work_for(people.assessor) == [item(case, "Check and send C-01", "check/")]


@pytest.mark.parametrize("change", [{"sent": True}, {"left_at": clock.now(), "left_reason": "Replaced"}])
def test_what_is_sent_or_left_is_no_work(people, case, change):
    fields = {"sent_at": clock.now(), "sent_by": people.assessor} if "sent" in change else change
    Case.objects.filter(pk=case.pk).update(**fields)
    assert work_for(people.assessor) == []


@pytest.mark.parametrize("stage", [Stage.ANNOUNCED, Stage.RATING])
def test_work_is_there_during_fieldwork_only(people, case, stage):
    Inspection.objects.filter(pk=case.inspection_id).update(stage=stage)
    assert work_for(people.assessor) == []


def test_who_left_the_team_or_declared_an_interest_has_none(people, case):
    service = case.inspection.service
    interest = people.assessor.interests.create(service=service, kind="personal", declared_at=clock.now())
    assert work_for(people.assessor) == []
    interest.delete()
    Membership.objects.filter(person=people.assessor).update(until=clock.now())
    assert work_for(people.assessor) == []


def test_other_peoples_cases_are_no_work(people, case):
    assert work_for(people.assistant) == []


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_one_query_for_any_number_of_cases(people, count, django_assert_num_queries):
    for case in sampled_cases(inspection_with_team(people), count=count, reader=people.assistant):
        save(case, people.assistant)
    with django_assert_num_queries(1):
        assert len(work_for(people.assistant)) == count
