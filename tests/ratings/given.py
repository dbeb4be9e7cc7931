"""Answers, meetings and reasons for the tests of ratings, as small as the constraints allow."""

from collections.abc import Iterable, Mapping
from uuid import uuid4

from django.db import transaction
from django.test import Client

from accounts import clock
from accounts.models import User
from cases.models import Answer, AnswerVersion, Case, Kind
from inspections.actions import mark_evidence_changed
from inspections.models import Inspection, Stage
from ratings.actions.decisions import decide
from ratings.actions.meetings import freeze, start
from ratings.models import Meeting
from ratings.queries.meetings import Agenda, meeting_of
from tests.factories import inspection_with_team, sampled_cases
from tests.people import People

LETTERS = {"y": "yes", "n": "no", "a": "na"}
CHILDREN = ("2.1.1", "2.1.2", "2.2.1", "2.2.2", "2.3.1", "2.3.2")
REASON = (
    "Contact with victims was made early and in the way they asked for, and what they wanted was acted on and "
    "checked again at the end of the work."
)


def answered(cases: Iterable[Case], answers: Mapping[str, str], by: User) -> None:
    """`answers`: by key question one letter a case: y, n, a (not applicable), or - for none."""
    cases = list(cases)
    made = [
        answer_of(case, question, LETTERS[letter], by)
        for question, letters in answers.items()
        for case, letter in zip(cases, letters, strict=True)
        if letter != "-"
    ]
    kept = Answer.objects.bulk_create(made)
    AnswerVersion.objects.bulk_create(version_of(answer) for answer in kept)
    mark_evidence_changed(cases[0].inspection_id)


def answer_of(case: Case, question: str, value: str, by: User) -> Answer:
    return Answer(
        case=case,
        inspection_id=case.inspection_id,
        question=question,
        is_key=True,
        value=value,
        na_reason="too_early" if value == "na" else "",
        evidence=f"What was read about {question} in {case.ref}.",
        version=1,
        changed_at=clock.now(),
        changed_by=by,
    )


def version_of(answer: Answer) -> AnswerVersion:
    return AnswerVersion(
        answer=answer,
        version=answer.version,
        value=answer.value,
        na_reason=answer.na_reason,
        evidence=answer.evidence,
        at=answer.changed_at,
        by=answer.changed_by,
        save_id=uuid4(),
    )


def changed(inspection: Inspection, case: str, question: str, value: str) -> None:
    """The answer as its next version, with everything that goes with it."""
    with transaction.atomic():
        mark_evidence_changed(inspection.pk)
        found = Answer.objects.select_related("changed_by")
        answer = found.get(inspection=inspection, case__ref=case, question=question)
        answer.value, answer.version, answer.changed_at = value, answer.version + 1, clock.now()
        answer.save(update_fields=["value", "version", "changed_at"])
        version_of(answer).save()


def at_rating(people: People, inspection_type: str = "iyjwcv", victims: str = "yyyyyynnn") -> Inspection:
    """14 children's cases (2.1.2 at 9 of 14, the others higher) and 9 victims' cases, all sent; no meeting yet."""
    inspection = inspection_with_team(people, inspection_type=inspection_type, stage=Stage.RATING)
    sent = {"sent_at": clock.now(), "sent_by": people.assistant, "reader": people.assistant}
    children = sampled_cases(inspection, Kind.CHILD, 14, **sent)
    letters = dict.fromkeys(CHILDREN, "y" * 10 + "n" * 4) | {"2.1.2": "y" * 9 + "n" * 5}
    answered(children, letters, people.assistant)
    answered(sampled_cases(inspection, Kind.VICTIM, 9, **sent), {"V1.1": victims}, people.assistant)
    inspection.refresh_from_db()
    return inspection


def meeting_started(people: People, inspection_type: str = "iyjwcv", victims: str = "yyyyyynnn") -> Meeting:
    inspection = at_rating(people, inspection_type, victims)
    return start(inspection=inspection, by=people.lead)


def decided(meeting: Meeting, by: User, **values: str) -> None:
    """Each item in turn, by whoever has seen everything; `V1_2="yes"` for V1.2."""
    for name, value in values.items():
        item = name.lstrip("_").replace("_", ".")
        found = meeting_of(meeting.inspection)
        assert found is not None
        seen = Agenda(found).item(item).seen
        decide(meeting=meeting, item=item, value=value, reason=REASON, seen=seen, by=by)


def frozen_meeting(people: People, inspection_type: str = "iyjwcv") -> Meeting:
    meeting = meeting_started(people, inspection_type)
    if inspection_type == "iyjs":
        decided(meeting, people.chair, _1_1="good", _1_2="requires_improvement", _1_3="good")
    decided(meeting, people.chair, V1_2="yes", V1="good")
    return freeze(meeting=meeting, by=people.chair)


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client
