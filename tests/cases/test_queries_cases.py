"""One query finds the case and says whether this person may have it now."""

import pytest
from django.http import Http404

from cases.queries.cases import case_for
from inspections import access
from inspections.models import Stage
from tests.factories import inspection_with_team, sampled_cases

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(people):
    return sampled_cases(inspection_with_team(people), reader=people.assessor)[0]


def test_case_inspection_and_permission_come_in_one_query(people, case, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = case_for(people.assessor, case.inspection.ref, case.ref, access.READ_CASE)
        assert (found, found.inspection.parties) == (case, frozenset({"local_assessor"}))


@pytest.mark.parametrize("name", ["lead", "deputy", "assistant", "quality", "head", "assessor"])
def test_the_team_sees_it(people, case, name):
    assert case_for(getattr(people, name), case.inspection.ref, case.ref, access.SEE_CASE) == case


@pytest.mark.parametrize("name", ["lead", "assistant", "second_assistant", "quality", "head"])
def test_nobody_but_its_reader_answers_it(people, case, name):
    with pytest.raises(Http404):
        case_for(getattr(people, name), case.inspection.ref, case.ref, access.READ_CASE)


@pytest.mark.parametrize("name", ["chair", "communications", "administrator", "contact", "outsider", "stranger"])
def test_for_others_it_does_not_exist(people, case, name):
    with pytest.raises(Http404):
        case_for(getattr(people, name), case.inspection.ref, case.ref, access.SEE_CASE)


def test_a_local_assessor_sees_no_case_of_another_reader(people, case):
    type(case).objects.filter(pk=case.pk).update(reader=people.assistant)
    with pytest.raises(Http404):
        case_for(people.assessor, case.inspection.ref, case.ref, access.SEE_CASE)


def test_a_declared_interest_closes_it_even_to_its_reader(people, case):
    people.assessor.interests.create(
        service=case.inspection.service, kind="employment", declared_at=case.inspection.created_at
    )
    with pytest.raises(Http404):
        case_for(people.assessor, case.inspection.ref, case.ref, access.SEE_CASE)


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage != Stage.FIELDWORK])
def test_answers_are_taken_during_fieldwork_only(people, case, stage):
    type(case.inspection).objects.filter(pk=case.inspection_id).update(stage=stage)
    with pytest.raises(Http404):
        case_for(people.assessor, case.inspection.ref, case.ref, access.READ_CASE)
