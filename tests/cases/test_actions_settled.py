"""A sample is locked, targets are set for it, and once it is settled a change needs a reason."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts import clock
from accounts.models import AuditEvent
from cases.actions.sample import (
    SampleRefused,
    choose_discussions,
    draw_sample,
    group_victims,
    lock_sample,
    replace_case,
)
from cases.models import Case, Draw, Kind, SampleLock
from cases.queries.draws import drawn_again, set_targets
from cases.queries.sample import sample_of, settled
from inspections.models import Inspection
from tests.factories import accepted_caseload, inspection_with_team

pytestmark = pytest.mark.django_db


@pytest.fixture
def inspection(people, settings):
    """Fieldwork starts on 7 June 2027; today is a month before."""
    settings.CLOCK = "2027-05-07T09:00"
    inspection = inspection_with_team(people)
    accepted_caseload(inspection, Kind.CHILD, 40)
    accepted_caseload(inspection, Kind.VICTIM, 20)
    return inspection


def draw(people, inspection, kind="child", size=14, groups=("work_type",), **more) -> Draw:
    return draw_sample(by=people.lead, inspection=inspection, kind=kind, size=size, groups=groups, **more)


def discuss(people, inspection, *refs, **more) -> None:
    choose_discussions(by=people.lead, inspection=inspection, refs=refs, **more)


def refusal(action, **arguments) -> tuple[str, str | None]:
    with pytest.raises(SampleRefused) as refused:
        action(**arguments)
    return str(refused.value), refused.value.field


# --- the lock ---


def test_the_lock_says_who_and_when_and_is_put_on_once(people, inspection):
    draw(people, inspection)
    discuss(people, inspection, "C-01", "C-02")
    lock = lock_sample(by=people.lead, inspection=inspection)
    assert (lock.locked_by, lock.locked_at) == (people.lead, clock.now())
    assert AuditEvent.objects.first().verb == "locked the sample"
    assert refusal(lock_sample, by=people.lead, inspection=inspection)[0] == "Lead has locked the sample already"


def test_only_a_whole_sample_is_locked(people, inspection):
    no_cases = "No children's cases have been drawn yet. Draw the sample, then lock it"
    assert refusal(lock_sample, by=people.lead, inspection=inspection)[0] == no_cases
    draw(people, inspection)
    too_few = "Choose exactly two cases for multi-agency case discussion, then lock the sample"
    assert refusal(lock_sample, by=people.lead, inspection=inspection)[0] == too_few
    assert SampleLock.objects.count() == 0


def test_the_database_has_one_lock_for_an_inspection(people, inspection):
    lock = {"inspection": inspection, "locked_at": clock.now(), "locked_by": people.lead}
    SampleLock.objects.create(**lock)
    with pytest.raises(IntegrityError), transaction.atomic():
        SampleLock.objects.create(**lock)


@pytest.fixture(params=["locked", "a week before"])
def settled_inspection(request, people, inspection, settings):
    draw(people, inspection)
    draw(people, inspection, "victim", 9, groups=("worker",))
    discuss(people, inspection, "C-01", "C-02")
    if request.param == "locked":
        lock_sample(by=people.lead, inspection=inspection)
    else:
        settings.CLOCK = "2027-05-31T00:00"
    return inspection


def test_a_change_of_a_settled_sample_needs_a_reason(people, settled_inspection):
    asked = {"by": people.lead, "inspection": settled_inspection}
    assert refusal(choose_discussions, refs=["C-01", "C-03"], **asked) == (
        "Say why the cases for discussion change",
        "reason",
    )
    assert refusal(group_victims, groups={"V-01": None}, **asked) == ("Say why the interviews change", "reason")
    assert set(Case.objects.filter(is_macd=True).values_list("ref", flat=True)) == {"C-01", "C-02"}
    discuss(people, settled_inspection, "C-01", "C-03", reason="The family moved")
    assert AuditEvent.objects.first().detail == {"cases": ["C-01", "C-03"], "reason": "The family moved"}
    group_victims(groups={"V-01": None}, reason="The worker is ill", **asked)
    assert Case.objects.get(ref="V-01").interview_group is None


def test_what_changes_nothing_or_fills_a_gap_needs_none(people, settled_inspection):
    discuss(people, settled_inspection, "C-01", "C-02")
    same = {"V-01": Case.objects.get(ref="V-01").interview_group}
    group_victims(by=people.lead, inspection=settled_inspection, groups=same)
    replace_case(by=people.lead, case=sample_of(settled_inspection)[1], reason="The child has moved")
    discuss(people, settled_inspection, "C-01", "C-03")
    assert set(Case.objects.filter(is_macd=True).values_list("ref", flat=True)) == {"C-01", "C-03"}


def test_before_it_is_settled_no_reason_is_asked(people, inspection, settings):
    settings.CLOCK = "2027-05-30T23:59"
    draw(people, inspection)
    discuss(people, inspection, "C-01", "C-02")
    discuss(people, inspection, "C-03", "C-04")
    assert not settled(inspection).is_settled


def test_it_settles_seven_days_before_fieldwork(inspection):
    assert settled(inspection).on == inspection.fieldwork_start - timedelta(days=7)


# --- targets ---


def taken(inspection) -> dict[str, int]:
    rows = [case.row.work_type for case in sample_of(inspection).filter(kind="child")]
    return {work: rows.count(work) for work in sorted(set(rows))}


def test_what_the_lead_sets_is_what_is_drawn_and_can_be_drawn_again(people, inspection):
    made = draw(people, inspection, wanted={("Court",): 11, ("Out of court",): 3})
    assert taken(inspection) == {"court": 11, "out_of_court": 3}
    assert drawn_again(Draw.objects.get(pk=made.pk)) == [case.row.local_reference for case in sample_of(inspection)]
    assert [(target.words, target.wanted, target.usual) for target in set_targets(made)] == [
        ("Court", 11, 7),
        ("Out of court", 3, 7),
    ]
    assert AuditEvent.objects.first().detail["targets"] == "set"


@pytest.mark.parametrize(
    "wanted",
    [
        {("Court",): 14, ("Elsewhere",): 0},
        {("Court",): 10, ("Out of court",): 3},
        {("Court",): 21, ("Out of court",): -7},
    ],
)
def test_targets_of_another_list_or_another_sum_are_refused(people, inspection, wanted):
    asked = {"by": people.lead, "inspection": inspection, "kind": "child", "size": 14, "groups": ["work_type"]}
    assert refusal(draw_sample, wanted=wanted, **asked)[0] == (
        "The list has changed since you opened this page. Open it again"
    )
    assert Draw.objects.count() == 0


def test_where_all_are_taken_there_are_no_targets(people, inspection):
    Inspection.objects.filter(pk=inspection.pk).first().caseload_lists.get(kind="child").rows.filter(
        number__gt=13
    ).delete()
    asked = {"by": people.lead, "inspection": inspection, "kind": "child", "size": 14, "groups": ["work_type"]}
    wanted = {("Court",): 7, ("Out of court",): 7}
    assert refusal(draw_sample, wanted=wanted, **asked)[0] == (
        "There are 12 eligible cases. All of them will be inspected"
    )


# --- references ---


def test_no_reference_is_ever_used_twice_not_even_by_the_database(people, inspection):
    draw(people, inspection)
    for _ in range(3):
        replace_case(by=people.lead, case=sample_of(inspection).filter(kind="child")[0], reason="Moved")
        draw(people, inspection, reason="Again")
    refs = list(Case.reads.filter(inspection=inspection).values_list("ref", flat=True))
    assert len(refs) == len(set(refs)) == 14 * 4 + 3
    last = Case.objects.get(ref="C-01")
    with pytest.raises(IntegrityError, match="case_ref_once"), transaction.atomic():
        Case.objects.create(inspection=inspection, kind="child", ref="C-01", row=last.row, draw=last.draw)
