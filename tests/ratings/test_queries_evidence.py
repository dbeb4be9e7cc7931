"""Which answers count, and how they are tallied."""

import pytest

from accounts import clock
from cases.models import Answer, Case, Kind
from inspections.models import Inspection
from ratings.queries.evidence import counting, provisional, tallied, tallies, to_stamp
from ratings.rules import Tally
from ratings.rules.evidence import LeftOut, evidence_from_json, evidence_to_json, tallies_of
from tests.factories import inspection_with_team, sampled_cases
from tests.ratings.given import CHILDREN, answered, at_rating

pytestmark = pytest.mark.django_db

EMPTY = dict.fromkeys((*CHILDREN, "V1.1"), Tally(0, 0))


def tallies_now(inspection: Inspection) -> dict[str, Tally]:
    return tallies(inspection, tallied(counting(inspection.pk)))


@pytest.fixture
def inspection(people):
    return inspection_with_team(people)


def test_not_applicable_is_in_neither_number(people, inspection):
    answered(sampled_cases(inspection, count=5), {"2.1.1": "yyna-"}, people.assistant)
    assert tallies_now(inspection) == EMPTY | {"2.1.1": Tally(2, 3)}


def test_a_cleared_answer_and_a_prompt_count_nothing(people, inspection):
    cases = sampled_cases(inspection, count=3)
    answered(cases, {"2.1.1": "yyy"}, people.assistant)
    Answer.objects.filter(case=cases[0]).update(value="")
    Answer.objects.filter(case=cases[1]).update(is_key=False)
    assert tallies_now(inspection) == EMPTY | {"2.1.1": Tally(1, 1)}


def test_a_case_that_left_the_sample_counts_nothing_and_says_why(people, inspection):
    cases = sampled_cases(inspection, count=3)
    answered(cases, {"2.1.1": "ynn"}, people.assistant)
    Case.objects.filter(pk=cases[1].pk).update(left_at=clock.now(), left_reason="The file was sealed")
    counted = tallied(counting(inspection.pk))
    assert tallies(inspection, counted) == EMPTY | {"2.1.1": Tally(1, 2)}
    evidence = provisional(inspection, counted)
    assert evidence.left_out == (LeftOut("C-02", "child", "Left the sample: The file was sealed"),)
    assert [case.case for case in evidence.cases] == ["C-01", "C-03"]


def test_answers_of_another_inspection_count_nothing(people, inspection):
    other = inspection_with_team(people, service__name="Derby")
    answered(sampled_cases(other, count=3), {"2.1.1": "yyy"}, people.assistant)
    assert tallies_now(inspection) == EMPTY


def test_the_database_and_the_stored_evidence_count_alike(people):
    inspection = at_rating(people)
    counted = tallied(counting(inspection.pk))
    stored = evidence_from_json(evidence_to_json(provisional(inspection, counted)))
    assert tallies_of(inspection.standards, stored) == tallies(inspection, counted)


def test_one_statement_tallies_and_lists_the_answers(people, inspection, django_assert_num_queries):
    answered(sampled_cases(inspection, count=3), dict.fromkeys(CHILDREN, "yna"), people.assistant)
    with django_assert_num_queries(1):
        counted = tallied(counting(inspection.pk))
    assert counted["2.1.1"]["answers"] == [
        {"case": "C-01", "question": "2.1.1", "value": "yes", "version": 1, "na_reason": ""},
        {"case": "C-02", "question": "2.1.1", "value": "no", "version": 1, "na_reason": ""},
        {"case": "C-03", "question": "2.1.1", "value": "na", "version": 1, "na_reason": "too_early"},
    ]


def test_a_stamp_takes_sent_cases_and_says_why_the_others_are_left_out(people, inspection):
    cases = sampled_cases(inspection, Kind.CHILD, 3, sent_at=clock.now(), sent_by=people.assistant)
    Case.objects.filter(pk=cases[2].pk).update(sent_at=None, sent_by=None)
    answered(cases, {"2.1.1": "yny"}, people.assistant)
    evidence = to_stamp(inspection)
    assert [(answer.case, answer.value) for answer in evidence.answers] == [("C-01", "yes"), ("C-02", "no")]
    assert [case.case for case in evidence.cases] == ["C-01", "C-02"]
    assert evidence.left_out == (LeftOut("C-03", "child", "Not sent before fieldwork was closed"),)
    assert tallied(counting(inspection.pk))["2.1.1"]["sufficient"] == 2
