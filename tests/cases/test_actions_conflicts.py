"""Who knows a case or a worker reads neither: what they have goes back, and nobody gives it to them again."""

import pytest
from django.db import IntegrityError, transaction

from accounts import clock
from accounts.models import AuditEvent
from cases.actions.allocation import allocate, share_out
from cases.actions.conflicts import ConflictRefused, end_known_worker, know_case, know_worker
from cases.actions.sample import SampleRefused, draw_sample
from cases.actions.take_over import NotTakenOver, take_over
from cases.models import Case, KnownCase, KnownWorker
from cases.queries.allocation import Suggest, shares_of
from cases.queries.conflicts import known_to
from cases.queries.sample import sample_of
from cases.queries.second import may_read_again
from inspections.models import Inspection, Notification, Stage
from tests.factories import inspection_with_team, sampled_cases

pytestmark = pytest.mark.django_db


@pytest.fixture
def inspection(people):
    return inspection_with_team(people)


@pytest.fixture
def cases(inspection, people):
    """C-01 to C-08, workers 2, 3, 0, 1 in turn, all with the assistant."""
    return sampled_cases(inspection, count=8, reader=people.assistant)


def readers(inspection) -> dict[str, str | None]:
    return dict(sample_of(inspection).values_list("ref", "reader__name"))


def refusal(action, **arguments) -> str:
    with pytest.raises((ConflictRefused, SampleRefused, NotTakenOver)) as refused:
        action(**arguments)
    return str(refused.value)


def told() -> list[tuple[str, str]]:
    return list(Notification.objects.order_by("pk").values_list("person__name", "text"))


# --- a case ---


def test_a_known_case_goes_back_and_the_lead_hears_that_and_no_more(people, inspection, cases):
    know_case(by=people.assistant, case=cases[2], kind="person")
    assert [ref for ref, reader in readers(inspection).items() if reader is None] == ["C-03"]
    assert told() == [("Lead", f"Assistant knows C-03. It needs another reader. Reading, {inspection.ref}")]
    event = AuditEvent.objects.get()
    assert (event.verb, event.subject, event.detail) == (
        "sent back a case that they know",
        "C-03",
        {"kind": "person"},
    )


def test_a_lead_who_knows_a_case_is_told_nothing(people, inspection, cases):
    Case.objects.filter(ref="C-03").update(reader=people.lead)
    know_case(by=people.lead, case=cases[2], kind="worked")
    assert (readers(inspection)["C-03"], told()) == (None, [])


@pytest.mark.parametrize(
    "change",
    [{"sent": True}, {"left": True}, {"reader": "deputy"}, {"stage": Stage.RATING}, {"stage": Stage.ANNOUNCED}],
)
def test_what_is_no_longer_theirs_to_read_does_not_go_back(people, inspection, cases, change):
    now = clock.now()
    if change.get("sent"):
        Case.objects.filter(ref="C-03").update(sent_at=now, sent_by=people.assistant)
    if change.get("left"):
        Case.objects.filter(ref="C-03").update(left_at=now, left_reason="Moved")
    if change.get("reader"):
        Case.objects.filter(ref="C-03").update(reader=people.deputy)
    Inspection.objects.update(stage=change.get("stage", Stage.FIELDWORK))
    sentence = "C-03 is no longer yours to read, or has been sent"
    assert refusal(know_case, by=people.assistant, case=cases[2], kind="other") == sentence
    assert KnownCase.objects.count() == 0


def test_nobody_gives_a_known_case_back_in_whatever_way(people, inspection, cases):
    know_case(by=people.assistant, case=cases[2], kind="person")
    sentence = "Assistant knows the case (C-03). Choose another reader"
    given = {"C-03": people.assistant.pk}
    assert refusal(allocate, by=people.lead, inspection=inspection, readers=given) == sentence
    for suggest in (Suggest.ALL, Suggest.ANEW):
        found = {item.case.ref: person for item, person in shares_of(inspection, typed={}, suggest=suggest).rows}
        assert found["C-03"] not in {None, people.assistant.pk}
    assert people.assistant not in may_read_again(inspection, Case.objects.get(ref="C-03"))


def test_a_lead_who_knows_a_case_does_not_take_it_over(people, inspection, cases):
    Case.objects.filter(ref="C-03").update(reader=people.lead)
    know_case(by=people.lead, case=cases[2], kind="worked")
    sentence = "Lead knows the case (C-03). Choose another reader"
    assert refusal(take_over, by=people.lead, case=cases[2], reason="Nobody else is free") == sentence


def test_a_case_is_known_under_its_next_reference_too(people, inspection, cases):
    know_case(by=people.assistant, case=cases[2], kind="person")
    draw_sample(by=people.lead, inspection=inspection, kind="child", size=14, groups=[], reason="Again")
    again = sample_of(inspection).get(row=cases[2].row)
    assert again.ref != "C-03"
    assert refusal(allocate, by=people.lead, inspection=inspection, readers={again.ref: people.assistant.pk}) == (
        f"Assistant knows the case ({again.ref}). Choose another reader"
    )


def test_a_second_reader_who_knows_the_case_reads_it_no_further(people, inspection, cases):
    same = {"inspection": inspection, "kind": "child", "row": cases[2].row, "draw": cases[2].draw}
    second = Case.reads.create(ref="C-03-2", reader=people.second_assistant, second_of=cases[2], **same)
    know_case(by=people.second_assistant, case=second, kind="person")
    second.refresh_from_db()
    assert (second.left_reason, readers(inspection)["C-03"]) == ("The second reader knows the case", "Assistant")
    assert told() == [
        ("Lead", f"Second Assistant knows C-03. It needs another second reader. Reading, {inspection.ref}")
    ]
    assert people.second_assistant not in may_read_again(inspection, cases[2])


# --- a worker ---


def know(people, inspection, worker="Worker 2", by=None, person=None, kind="personal") -> list[str]:
    person = person or people.assistant
    return know_worker(by=by or person, inspection=inspection, person=person, worker=worker, kind=kind)


def test_unsent_cases_of_a_known_worker_go_back_and_sent_ones_stay(people, inspection, cases):
    Case.objects.filter(ref="C-01").update(sent_at=clock.now(), sent_by=people.assistant)
    assert know(people, inspection) == ["C-05"]
    assert {ref for ref, reader in readers(inspection).items() if reader is None} == {"C-05"}
    assert told() == [("Lead", f"Assistant knows a worker. C-05 needs another reader. Reading, {inspection.ref}")]


def test_the_log_and_what_people_hear_do_not_name_the_worker(people, inspection, cases):
    know(people, inspection, by=people.lead)
    assert told() == [("Assistant", f"No longer yours to read: C-01 and C-05. Reading, {inspection.ref}")]
    event = AuditEvent.objects.get()
    assert (event.person, event.verb) == (people.lead, "said whose cases somebody cannot read")
    assert event.detail == {"person": people.assistant.pk, "kind": "personal", "cases": ["C-01", "C-05"]}


def test_nobody_is_given_a_case_of_a_worker_whom_they_know(people, inspection, cases):
    know(people, inspection)
    given = {"C-05": people.assistant.pk}
    assert refusal(allocate, by=people.lead, inspection=inspection, readers=given) == (
        "Assistant knows Worker 2 (C-05). Choose another reader"
    )
    found = {item.case.ref: person for item, person in shares_of(inspection, typed={}, suggest=Suggest.ANEW).rows}
    assert people.assistant.pk not in {found["C-01"], found["C-05"]}


def test_another_spelling_of_the_name_is_the_same_worker(people, inspection, cases):
    cases[4].row.worker = "WORKER  2"
    cases[4].row.save()
    assert know(people, inspection) == ["C-01", "C-05"]


def test_what_has_ended_keeps_nobody_from_a_case(people, inspection, cases):
    know(people, inspection)
    known = KnownWorker.objects.get()
    end_known_worker(by=people.lead, known=known)
    allocate(by=people.lead, inspection=inspection, readers={"C-05": people.assistant.pk})
    assert readers(inspection)["C-05"] == "Assistant"
    assert refusal(end_known_worker, by=people.lead, known=known) == "This has ended already"


@pytest.mark.parametrize(
    ("worker", "name", "sentence"),
    [
        ("Somebody else", "assistant", "This name is on no list any more. Select a name from the list"),
        ("Worker 2", "chair", "Chair reads no cases of this inspection. Choose somebody else"),
        ("Worker 3", "assistant", "Worker 3 has been named already"),
    ],
)
def test_who_and_whom_are_of_this_inspection_and_said_once(people, inspection, cases, worker, name, sentence):
    know(people, inspection, "Worker 3")
    said = {"person": getattr(people, name), "worker": worker, "kind": "work"}
    assert refusal(know_worker, by=people.lead, inspection=inspection, **said) == sentence


def test_after_fieldwork_nobody_says_it_any_more(people, inspection, cases):
    Inspection.objects.update(stage=Stage.RATING)
    said = {"person": people.assistant, "worker": "Worker 2", "kind": "work"}
    assert refusal(know_worker, by=people.lead, inspection=inspection, **said) == (
        "Fieldwork has closed. Nobody gets a case any more"
    )


def test_the_database_refuses_the_same_twice(people, inspection, cases):
    know(people, inspection)
    twin = {"inspection": inspection, "person": people.assistant, "worker": "Worker 2", "kind": "work"}
    with pytest.raises(IntegrityError, match="known_worker_stands_once"), transaction.atomic():
        KnownWorker.objects.create(declared_at=clock.now(), declared_by=people.lead, **twin)


def test_why_somebody_may_not_read_a_case_is_said_of_each(people, inspection, cases):
    know(people, inspection)
    know_case(by=people.assistant, case=cases[2], kind="person")
    found = known_to(inspection, sample_of(inspection))
    assert {ref: why for ref, why in found.items() if why} == {
        "C-01": {people.assistant.pk: "knows Worker 2"},
        "C-03": {people.assistant.pk: "knows the case"},
        "C-05": {people.assistant.pk: "knows Worker 2"},
    }


def test_no_suggestion_gives_the_first_read_to_the_second_reader_and_no_page_tells_of_it(people, inspection, cases):
    same = {"inspection": inspection, "kind": "child", "row": cases[2].row, "draw": cases[2].draw}
    Case.reads.create(ref="C-03-2", reader=people.second_assistant, second_of=cases[2], **same)
    Case.objects.filter(ref="C-03").update(reader=None)
    for suggest in (Suggest.ALL, Suggest.ANEW):
        shares = shares_of(inspection, typed={}, suggest=suggest)
        assert dict((item.case.ref, person) for item, person in shares.rows)["C-03"] != people.second_assistant.pk
        assert [note for load in shares.loads for note in load.notes if "C-03" in note] == []
        assert "Second Assistant" in [member.name for _, _, able in shares.choices[2:3] for member in able]


# --- moving several ---


def test_all_cases_of_one_reader_are_shared_out_among_the_others(people, inspection, cases):
    moved = share_out(
        by=people.lead, inspection=inspection, refs=[case.ref for case in cases], but=[people.assistant.pk]
    )
    assert len(moved) == 8
    assert sorted(set(readers(inspection).values())) == ["Assessor", "Deputy", "Second Assistant"]


def test_sharing_some_out_moves_no_other(people, inspection, cases):
    share_out(by=people.lead, inspection=inspection, refs=["C-01", "C-02"], but=[people.assistant.pk])
    assert [ref for ref, name in readers(inspection).items() if name != "Assistant"] == ["C-01", "C-02"]


def test_where_nobody_else_may_read_a_case_nothing_moves(people, inspection, cases):
    everybody = [people.deputy, people.second_assistant, people.assessor, people.lead]
    KnownCase.objects.bulk_create(
        KnownCase(case=cases[0], person=person, kind="other", declared_at=clock.now()) for person in everybody
    )
    shared = {"refs": ["C-01", "C-02"], "but": [people.assistant.pk]}
    assert refusal(share_out, by=people.lead, inspection=inspection, **shared) == (
        "Nobody else may read C-01. Choose a reader, or take the cases back"
    )
    assert set(readers(inspection).values()) == {"Assistant"}


def test_a_welsh_case_is_suggested_to_a_welsh_speaker(people, inspection, cases):
    cases[0].row.welsh_speaking = True
    cases[0].row.save()
    people.assessor.speaks_welsh = True
    people.assessor.save()
    shares = shares_of(inspection, typed={}, suggest=Suggest.ANEW)
    assert dict((item.case.ref, person) for item, person in shares.rows)["C-01"] == people.assessor.pk
    assert "In Welsh: C-01" in next(load for load in shares.loads if load.name == "Assessor").notes


def test_after_a_case_went_back_the_suggestion_moves_few_and_is_fair(people, inspection, cases):
    allocate(
        by=people.lead,
        inspection=inspection,
        readers={item.case.ref: who for item, who in shares_of(inspection, typed={}, suggest=Suggest.ANEW).rows},
    )
    before = dict(sample_of(inspection).values_list("ref", "reader"))
    mine = sample_of(inspection).filter(reader=people.assistant)[0]
    know_case(by=people.assistant, case=mine, kind="person")
    shares = shares_of(inspection, typed={}, suggest=Suggest.ALL)
    after = {item.case.ref: person for item, person in shares.rows}
    assert after[mine.ref] != people.assistant.pk
    assert sum(before[ref] != after[ref] for ref in before) == 2
    assert {load.hours for load in shares.loads if load.counts} == {"9.0"}
