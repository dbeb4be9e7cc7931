"""Second reads: who may read a case again, both reads side by side, and what was settled."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts import clock
from accounts.models import Role, User
from cases.models import Case, Query, ReviewMark, Settlement
from cases.queries.answers import answers_of, form_of
from cases.queries.conflicts import known_to
from cases.rules.queries import Pair, agreement_words, pairs
from inspections.models import Inspection, Interest, Membership, ServiceContact, TeamRole

SECOND_READERS = (TeamRole.ASSISTANT, TeamRole.LOCAL_ASSESSOR, TeamRole.QUALITY_ASSURER)
"""Lead and deputy see provisional ratings, and with them the first answers: they cannot read blind."""


def first_of(case: Case) -> Case:
    """The first read of the pair that a case belongs to, with what a guard had fetched of the inspection."""
    if case.second_of_id is None:
        return case
    first = Case.reads.select_related("row", "reader", "sent_by").get(pk=case.second_of_id)
    first.inspection = case.inspection
    return first


def second_of(first: Case) -> Case | None:
    """The one that stands."""
    found = Case.reads.filter(second_of=first, left_at__isnull=True).select_related("reader", "sent_by").first()
    if found:
        found.inspection = first.inspection
    return found


def reads_twice(person: User, case: Case) -> bool:
    """Whether the person reads one of the two: they compare, and do not settle."""
    pair = Q(pk=case.pk) | Q(pk=case.second_of_id) | Q(second_of=case.pk)
    return Case.reads.filter(pair, reader=person, left_at__isnull=True).exists()


def is_compared(case: Case) -> bool:
    """Whether both reads of its pair have been sent."""
    pair = Q(pk=case.second_of_id or case.pk) | Q(second_of=case.second_of_id or case.pk, left_at__isnull=True)
    return Case.reads.filter(pair, sent_at__isnull=False).count() > 1


def compares_nothing(person: User, case: Case) -> bool:
    """Who reads one of the two is not told of the other before both are sent."""
    return reads_twice(person, case) and not is_compared(case)


def may_read_again(inspection: Inspection, first: Case) -> QuerySet[User]:
    """Who has no view of the case yet: not its reader, nobody who knows it, asked about it or agreed with it."""
    today, service = clock.today(), inspection.service_id
    place = Membership.objects.filter(inspection=inspection, until__isnull=True, person=OuterRef("pk"))
    interest = Interest.objects.filter(person=OuterRef("pk"), service=service, ended_at__isnull=True)
    contact = ServiceContact.objects.filter(person=OuterRef("pk"), service=service, until__isnull=True)
    asked = Query.objects.filter(case=first, asked_by=OuterRef("pk"))
    known = [person for people in known_to(inspection, [first]).values() for person in people]
    agreed = ReviewMark.objects.filter(answer__case=first, by=OuterRef("pk"))
    return (
        User.objects.filter(Exists(place.filter(role__in=SECOND_READERS)) | Q(role=Role.QUALITY_ASSURER))
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today), is_active=True)
        .exclude(Exists(interest) | Exists(contact) | Exists(asked) | Exists(agreed))
        .exclude(pk__in=[first.reader_id or 0, *known])
        .order_by("name", "pk")
    )


@dataclass(frozen=True)
class Settled:
    """One pair of answers, and what was settled about it."""

    pair: Pair
    settlement: Settlement | None


@dataclass(frozen=True)
class Comparison:
    first: Case
    second: Case
    differing: Sequence[Settled]
    same: Sequence[Pair]
    words: str


def comparison(first: Case, second: Case) -> Comparison | None:
    """None until both reads have been sent."""
    if not (first.sent_at and second.sent_at):
        return None
    found = pairs(form_of(first), answers_of(first), answers_of(second))
    settled = {each.question: each for each in second.settlements.select_related("by")}
    return Comparison(
        first=first,
        second=second,
        differing=[
            Settled(pair, settled.get(pair.question.code))
            for pair in found
            if pair.differs or pair.question.code in settled
        ],
        same=[pair for pair in found if not pair.differs and pair.question.code not in settled],
        words=agreement_words(found),
    )
