"""An inspection of which each case is asked sixty questions in one section, and has answered them all."""

from random import Random
from uuid import uuid4

from accounts import clock
from accounts.models import User
from benchmarks import data, standards
from benchmarks.words import evidence
from cases.models import Answer, AnswerVersion, Case, Kind
from cases.queries.answers import form_of
from cases.rules.answers import PARTS, Content, Question
from inspections.models import Inspection, TeamRole


def inspection(by: User, readers: list[User], number: int) -> Inspection:
    """One case for each reader."""
    (made,) = data.inspections(1, by, key=standards.KEY, first=number)
    data.sample(made, Kind.CHILD, len(readers), readers[0])
    for case, reader in zip(made.cases.all(), readers, strict=True):
        data.team([made], reader, TeamRole.ASSISTANT)
        Case.objects.filter(pk=case.pk).update(reader=reader)
        answer(case, reader)
    return made


def answer(case: Case, reader: User) -> None:
    chance, now = Random(case.ref), clock.now()  # noqa: S311  nothing secret hangs on it
    answers = Answer.objects.bulk_create(
        Answer(
            case=case,
            inspection=case.inspection,
            question=question.code,
            is_key=question.is_key,
            **vars(content(case, question, chance)),
            version=1,
            changed_at=now,
            changed_by=reader,
        )
        for question in form_of(case).section(standards.SECTION).questions
    )
    AnswerVersion.objects.bulk_create(
        AnswerVersion(
            answer=row,
            version=1,
            **{part: getattr(row, part) for part in PARTS},
            at=now,
            by=reader,
            save_id=uuid4(),
        )
        for row in answers
    )


def content(case: Case, question: Question, chance: Random) -> Content:
    (value,) = chance.choices([option.code for option in question.options], [70, 22, 8])
    reason = chance.choice(form_of(case).reasons).code if value == "na" else ""
    return Content(value, reason, evidence(chance))
