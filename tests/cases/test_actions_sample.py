"""A sample is drawn once and again, changed case by case, marked and grouped."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from accounts import clock
from accounts.models import AuditEvent
from cases.actions.sample import (
    AlreadyLeft,
    SampleRefused,
    choose_discussions,
    draw_sample,
    group_victims,
    replace_case,
)
from cases.models import Answer, Case, Draw, Kind
from cases.queries.draws import drawn_again
from cases.queries.sample import left_sample, sample_of
from inspections.models import Inspection, Notification, Stage
from tests import people as people_module
from tests.factories import accepted_caseload, inspection_with_team

pytestmark = pytest.mark.django_db


@pytest.fixture
def inspection(people):
    return inspection_with_team(people)


def drawn(people, inspection, *, eligible: int = 40, size: int = 14, kind: str = Kind.CHILD, **fields) -> Draw:
    if not inspection.caseload_lists.filter(kind=kind).exists():
        accepted_caseload(inspection, kind, eligible)
    groups = fields.pop("groups", ["work_type", "sex"] if kind == Kind.CHILD else ["worker"])
    return draw_sample(by=people.lead, inspection=inspection, kind=kind, size=size, groups=groups, **fields)


def refs(cases) -> list[str]:
    return [case.ref for case in cases]


def begin(case: Case, person) -> None:
    """As the first answer leaves it."""
    now = clock.now()
    Answer.objects.create(
        case=case,
        inspection=case.inspection,
        question="2.1.1",
        is_key=True,
        value="yes",
        version=1,
        changed_at=now,
        changed_by=person,
    )
    Case.objects.filter(pk=case.pk).update(started_at=now, reader=person)


def refusal(action, **arguments) -> str:
    with pytest.raises(SampleRefused) as refused:
        action(**arguments)
    return str(refused.value)


def test_the_drawn_rows_become_cases_with_references(people, inspection):
    draw = drawn(people, inspection)
    cases = list(sample_of(inspection))
    assert refs(cases) == [f"C-{number:02d}" for number in range(1, 15)]
    assert {case.draw for case in cases} == {draw}


def test_the_same_list_seed_size_and_groups_give_the_same_sample(people, inspection):
    draw = drawn(people, inspection)
    assert drawn_again(draw) == [case.row.local_reference for case in sample_of(inspection)]


def test_each_draw_has_a_seed_of_its_own(people, inspection):
    first, second = drawn(people, inspection), drawn(people, inspection, reason="The list was cut")
    assert len({first.seed, second.seed, "", None}) == 4


def test_a_sample_larger_than_the_caseload_takes_all_and_says_so(people, inspection):
    draw = drawn(people, inspection, eligible=11, size=31)
    assert (sample_of(inspection).count(), draw.note) == (
        11,
        "There are 11 eligible cases. All of them will be inspected",
    )


@pytest.mark.parametrize("size", [13, 92])
def test_a_size_outside_the_limits_is_refused(people, inspection, size):
    accepted_caseload(inspection, Kind.CHILD, 100)
    sentence = "A sample has between 14 and 91 children's cases. Enter a number between them"
    draw = {"by": people.lead, "inspection": inspection, "kind": "child", "size": size, "groups": []}
    assert refusal(draw_sample, **draw) == sentence
    assert Draw.objects.count() == 0


def test_without_an_accepted_list_nothing_is_drawn(people, inspection):
    draw = {"by": people.lead, "inspection": inspection, "kind": "child", "size": 14, "groups": []}
    assert refusal(draw_sample, **draw) == "No list has been accepted yet. Accept one, then draw the sample"


def test_after_fieldwork_the_sample_stands(people, inspection):
    drawn(people, inspection)
    Inspection.objects.update(stage=Stage.RATING)
    sentence = "Fieldwork has closed. The sample can no longer be changed"
    case = sample_of(inspection)[0]
    assert refusal(replace_case, by=people.lead, case=case, reason="Why") == sentence


def test_rows_with_a_problem_are_never_drawn(people, inspection):
    caseload = accepted_caseload(inspection, Kind.CHILD, 20)
    caseload.rows.filter(number__lte=6).update(problem="date of birth is missing", left_out_reason="Not found")
    drawn(people, inspection, size=15)
    assert {case.row.problem for case in sample_of(inspection)} == {""}


def test_drawing_is_recorded_with_all_that_it_takes_to_repeat_it(people, inspection):
    draw = drawn(people, inspection, seed="5f")
    event = AuditEvent.objects.get()
    assert (event.verb, event.subject, event.person) == ("drew the sample", "child 1", people.lead)
    assert event.detail == {
        "list": 1,
        "seed": "5f",
        "size": 14,
        "groups": ["work_type", "sex"],
        "targets": "proportional",
        "cases": refs(draw.cases.all()),
        "reason": "",
    }


def test_drawing_again_needs_a_reason(people, inspection):
    drawn(people, inspection)
    again = {"by": people.lead, "inspection": inspection, "kind": "child", "size": 14, "groups": []}
    assert refusal(draw_sample, **again) == "Say why you are drawing again"


def test_drawing_again_keeps_the_former_cases_and_gives_new_references(people, inspection):
    first = drawn(people, inspection)
    second = drawn(people, inspection, reason="The list was cut")
    assert refs(sample_of(inspection)) == [f"C-{number}" for number in range(15, 29)]
    assert refs(left_sample(inspection)) == [f"C-{number:02d}" for number in range(1, 15)]
    assert {case.left_reason for case in first.cases.all()} == {"Drawn again: The list was cut"}
    assert (second.number, second.reason) == (2, "The list was cut")


def test_cases_with_answers_cannot_be_dropped_by_drawing_again(people, inspection):
    drawn(people, inspection)
    for case in sample_of(inspection)[2:5]:
        begin(case, people.assistant)
    again = {"by": people.lead, "inspection": inspection, "kind": "child", "size": 14, "groups": [], "reason": "x"}
    assert refusal(draw_sample, **again) == (
        "C-03, C-04 and C-05 have answers, so the sample cannot be drawn again. Replace cases one by one"
    )
    assert (Draw.objects.count(), left_sample(inspection).count()) == (1, 0)


def test_what_depends_on_the_sample_is_stale_after_drawing_and_replacing(people, inspection):
    drawn(people, inspection)
    replace_case(by=people.lead, case=sample_of(inspection)[0], reason="The child has moved")
    assert Inspection.objects.get(pk=inspection.pk).evidence_version == 2


def test_a_replaced_case_keeps_its_reference_and_its_answers(people, inspection):
    drawn(people, inspection)
    case = sample_of(inspection)[2]
    begin(case, people.assistant)
    new = replace_case(by=people.lead, case=case, reason="The child has moved")
    case.refresh_from_db()
    assert (case.ref, case.left_reason, case.answers.count()) == ("C-03", "Replaced by C-15: The child has moved", 1)
    assert (new.ref, new.reader, refs(sample_of(inspection))[-1]) == ("C-15", None, "C-15")


def test_the_next_case_of_the_same_group_takes_the_place(people, inspection):
    drawn(people, inspection)
    case = sample_of(inspection)[0]
    new = replace_case(by=people.lead, case=case, reason="The child has moved")
    assert (new.row.work_type, new.row.sex) == (case.row.work_type, case.row.sex)


def test_replacements_come_in_the_same_order_every_time(people, inspection):
    draw = drawn(people, inspection, groups=[], seed="5f")
    while case := sample_of(inspection).first():
        if replace_case(by=people.lead, case=case, reason="x") is None:
            break
    everyone = [case.row.local_reference for case in Case.objects.order_by("pk")]
    assert everyone[:14] == drawn_again(draw)
    draw.size = 91
    assert everyone == drawn_again(draw)


def test_where_nobody_is_left_the_case_leaves_alone(people, inspection):
    drawn(people, inspection, eligible=14)
    case = sample_of(inspection)[0]
    assert replace_case(by=people.lead, case=case, reason="The child has moved") is None
    case.refresh_from_db()
    assert (case.left_reason, sample_of(inspection).count()) == ("The child has moved", 13)


def test_readers_hear_which_of_their_cases_left(people, inspection):
    drawn(people, inspection)
    sample_of(inspection).filter(ref__in=["C-01", "C-02"]).update(reader=people.assistant)
    sample_of(inspection).filter(ref="C-03").update(reader=people.lead)
    replace_case(by=people.lead, case=sample_of(inspection)[0], reason="The child has moved")
    drawn(people, inspection, reason="The list was cut")
    assert list(Notification.objects.order_by("pk").values_list("person__name", "text")) == [
        ("Assistant", f"Left the sample and no longer yours to read: C-01. Reading, {inspection.ref}"),
        ("Assistant", f"Left the sample and no longer yours to read: C-02. Reading, {inspection.ref}"),
    ]


def test_a_case_that_is_discussed_is_so_no_longer_when_it_leaves(people, inspection):
    drawn(people, inspection)
    choose_discussions(by=people.lead, inspection=inspection, refs=["C-01", "C-02"])
    replace_case(by=people.lead, case=sample_of(inspection)[0], reason="The child has moved")
    assert refs(Case.objects.filter(is_macd=True)) == ["C-02"]


def test_a_case_is_replaced_once(people, inspection):
    drawn(people, inspection)
    case = sample_of(inspection)[0]
    replace_case(by=people.lead, case=case, reason="The child has moved")
    with pytest.raises(AlreadyLeft, match=r"C-01 is no longer in the sample\. Replaced by C-15: The child has moved"):
        replace_case(by=people.deputy, case=case, reason="Another reason")


@pytest.mark.django_db(transaction=True)
def test_of_two_who_replace_the_same_case_at_once_one_wins_and_the_other_is_told():
    people = people_module.make()
    inspection = inspection_with_team(people)
    drawn(people, inspection, eligible=60)
    for _ in range(20):
        assert sorted(race(sample_of(inspection)[0], [people.lead, people.deputy])) == ["lost", "won"]
    assert (sample_of(inspection).count(), left_sample(inspection).count()) == (14, 20)


def race(case: Case, people) -> list[str]:
    start = Barrier(len(people), timeout=30)

    def replace(person) -> str:
        try:
            start.wait()
            replace_case(by=person, case=case, reason="The child has moved")
        except AlreadyLeft:
            return "lost"
        finally:
            connection.close()
        return "won"

    with ThreadPoolExecutor(len(people)) as pool:
        return list(pool.map(replace, people))


def test_exactly_two_children_are_chosen_for_discussion(people, inspection):
    drawn(people, inspection)
    choose_discussions(by=people.lead, inspection=inspection, refs=["C-04", "C-09"])
    choose_discussions(by=people.lead, inspection=inspection, refs=["C-02", "C-09"])
    assert refs(Case.objects.filter(is_macd=True).order_by("ref")) == ["C-02", "C-09"]
    assert AuditEvent.objects.first().detail == {"cases": ["C-02", "C-09"]}


@pytest.mark.parametrize(
    "chosen", [[], ["C-01"], ["C-01", "C-02", "C-03"], ["C-01", "C-01"], ["C-01", "C-99"], ["C-01", "V-01"]]
)
def test_any_other_choice_is_refused(people, inspection, chosen):
    drawn(people, inspection)
    drawn(people, inspection, kind=Kind.VICTIM, size=9)
    assert refusal(choose_discussions, by=people.lead, inspection=inspection, refs=chosen) == (
        "Choose exactly two cases for multi-agency case discussion"
    )


def groups(inspection) -> dict[str, int | None]:
    return dict(sample_of(inspection).filter(kind=Kind.VICTIM).values_list("ref", "interview_group"))


def test_victims_cases_come_in_threes_of_one_victim_worker(people, inspection):
    drawn(people, inspection, kind=Kind.VICTIM, size=10)
    interviews: dict[int, list[str]] = {}
    for case in sample_of(inspection):
        interviews.setdefault(case.interview_group, []).append(case.row.worker)
    assert {len(set(workers)) for workers in interviews.values()} == {1}
    assert sorted(map(len, interviews.values())) == [2, 2, 3, 3]


def test_a_victims_case_moves_to_another_interview_or_to_none(people, inspection):
    drawn(people, inspection, kind=Kind.VICTIM, size=9)
    first, *_ = sample_of(inspection)
    group_victims(by=people.lead, inspection=inspection, groups={first.ref: 9})
    assert groups(inspection)[first.ref] == 9
    group_victims(by=people.lead, inspection=inspection, groups={first.ref: None})
    assert groups(inspection)[first.ref] is None


def test_an_interview_covers_three_cases_at_most(people, inspection):
    caseload = accepted_caseload(inspection, Kind.VICTIM, 9)
    caseload.rows.update(worker="One worker")
    drawn(people, inspection, kind=Kind.VICTIM, size=9)
    before = groups(inspection)
    change = {"by": people.lead, "inspection": inspection, "groups": {"V-04": 1}}
    assert refusal(group_victims, **change) == (
        "A victim worker interview covers up to three cases. Move one to another interview"
    )
    assert groups(inspection) == before


def test_an_interview_is_with_one_victim_worker(people, inspection):
    drawn(people, inspection, kind=Kind.VICTIM, size=9, groups=[])
    cases = {case.row.worker: case.ref for case in sample_of(inspection)}
    one, other = sorted(cases.values())[:2]
    change = {"by": people.lead, "inspection": inspection, "groups": {one: 20, other: 20}}
    assert refusal(group_victims, **change) == (
        f"An interview is with one victim worker. {one} and {other} are cases of different workers"
    )


def test_a_case_that_is_not_a_sampled_victims_case_refuses_the_whole_change(people, inspection):
    drawn(people, inspection)
    drawn(people, inspection, kind=Kind.VICTIM, size=9)
    before = groups(inspection)
    change = {"by": people.lead, "inspection": inspection, "groups": {"V-01": None, "C-01": 1}}
    assert refusal(group_victims, **change) == "The sample has no C-01 any more. Open this page again"
    assert groups(inspection) == before


def test_a_replacing_victims_case_of_the_same_worker_takes_the_place_in_the_interview(people, inspection):
    caseload = accepted_caseload(inspection, Kind.VICTIM, 12)
    caseload.rows.update(worker="One worker")
    drawn(people, inspection, kind=Kind.VICTIM, size=9)
    case = sample_of(inspection).get(ref="V-05")
    new = replace_case(by=people.lead, case=case, reason="The victim has moved")
    new.refresh_from_db()
    assert (case.interview_group, new.interview_group) == (2, 2)
