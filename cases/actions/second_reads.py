"""Second reads: a case is read again by somebody else, blind, and the differences are settled."""

from collections.abc import Iterable, Mapping

from django.db import transaction

from accounts import clock
from accounts.actions import record
from accounts.models import User
from cases.actions.locks import locked_case
from cases.actions.queries import ask_or_add
from cases.actions.telling import tell_readers
from cases.models import Case, Settlement, Stands
from cases.queries.answers import answers_of, form_of
from cases.queries.second import may_read_again, reads_twice, second_of
from cases.rules.queries import pairs
from inspections.access import ASK_QUERY, READ_CASE
from inspections.actions.refused import Refused

REMOVED = "The second read was taken back before it began"


class SecondReadRefused(Refused):
    """No second read is started, taken back or settled."""


@transaction.atomic
def start_second_read(*, by: User, case: Case, reader: User) -> Case:
    """Raises SecondReadRefused."""
    first = locked_case(case)
    _refuse_start(first, reader)
    number = Case.reads.filter(second_of=first).count() + 2
    second = Case.reads.create(
        inspection=first.inspection,
        kind=first.kind,
        ref=f"{first.ref}-{number}",
        row_id=first.row_id,
        draw_id=first.draw_id,
        reader=reader,
        second_of=first,
    )
    tell_readers(by, first.inspection, "Yours to read", {reader.pk: [second.ref]})
    detail = {"reader": reader.pk, "second_read": second.ref}
    record(by=by, verb="started a second read", inspection=first.inspection.ref, subject=first.ref, detail=detail)
    return second


def _refuse_start(first: Case, reader: User) -> None:
    if first.left_at or first.second_of_id or first.inspection.stage not in READ_CASE.stages:
        raise SecondReadRefused(f"{first.ref} cannot be read a second time")
    if second_of(first):
        raise SecondReadRefused(f"{first.ref} is being read a second time already")
    if not may_read_again(first.inspection, first).filter(pk=reader.pk).exists():
        raise SecondReadRefused(f"{reader.name} cannot read this case a second time. Choose another reader", "reader")


@transaction.atomic
def remove_second_read(*, by: User, case: Case) -> None:
    """`case` is the first. Raises SecondReadRefused once the second has begun."""
    first = locked_case(case)
    second = Case.reads.select_for_update(no_key=True).filter(second_of=first, left_at__isnull=True).first()
    if second is None or second.started_at or second.sent_at:
        raise SecondReadRefused("The second read has begun, or there is none")
    leave([first.pk], REMOVED)
    if second.reader_id:
        tell_readers(by, first.inspection, "No longer yours to read", {second.reader_id: [second.ref]})
    record(by=by, verb="took back a second read", inspection=first.inspection.ref, subject=first.ref)


def leave(firsts: Iterable[int], reason: str) -> None:
    """The second reads of these cases are read no further. Their inspection is locked."""
    second = Case.reads.filter(second_of__in=list(firsts), left_at__isnull=True)
    second.update(left_at=clock.now(), left_reason=reason)


def refuse_second_readers(readers: Mapping[Case, int | None]) -> None:
    """Nobody reads a case twice, whoever gives it to them. Raises SecondReadRefused."""
    second = Case.reads.filter(second_of__in=[case.pk for case in readers], left_at__isnull=True)
    given = {case.pk: person for case, person in readers.items()}
    for read in second.select_related("reader", "second_of"):
        if read.reader and read.second_of and given[read.second_of.pk] == read.reader_id:
            name, ref = read.reader.name, read.second_of.ref
            raise SecondReadRefused(f"{name} reads {ref} a second time. Choose another reader")


@transaction.atomic
def settle(*, by: User, case: Case, question: str, stands: str, reason: str) -> Settlement:
    """`case` is the first. Where the second answer stands, its reader is asked about the first. Raises
    SecondReadRefused, or QueryRefused."""
    first = locked_case(case)
    second = second_of(first)
    if second is None or not (first.sent_at and second.sent_at) or first.inspection.stage not in ASK_QUERY.stages:
        raise SecondReadRefused("Differences are settled once both reads are sent, until the ratings are signed off")
    if reads_twice(by, first):
        raise SecondReadRefused("You read this case yourself. Somebody else settles the differences")
    _refuse_settled(first, second, question)
    settlement = Settlement.objects.create(
        second_read=second, question=question, stands=stands, reason=reason, at=clock.now(), by=by
    )
    if stands == Stands.SECOND:
        ask_or_add(by, first, question, reason)
    subject, detail = f"{first.ref} {question}", {"stands": stands}
    record(by=by, verb="settled a difference", inspection=first.inspection.ref, subject=subject, detail=detail)
    return settlement


def _refuse_settled(first: Case, second: Case, question: str) -> None:
    found = pairs(form_of(first), answers_of(first), answers_of(second))
    if question not in {pair.question.code for pair in found if pair.differs}:
        raise SecondReadRefused(f"Both reads have the same answer to {question}")
    if second.settlements.filter(question=question).exists():
        raise SecondReadRefused(f"The difference on {question} has been settled already")
