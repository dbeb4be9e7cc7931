"""Which sent reads wait for somebody to check them, over every inspection that the person may check."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from accounts.models import Role, User
from cases.models import Answer, Case, ReviewMark
from cases.queries.cases import read_blind_by
from cases.rules.queries import FIRST_OF_ASSESSOR, WAITING_LONGEST
from inspections import access
from inspections.queries import relations
from inspections.queries.permission import seen_by


def checked() -> Q:
    """Of a sent read: somebody other than the reader agrees with every judgement as it stands (docs/rules)."""
    judged = Answer.objects.filter(case=OuterRef("pk"), is_key=True).exclude(value="")
    marks = ReviewMark.objects.filter(answer=OuterRef("pk"), version=OuterRef("version"))
    waiting = judged.filter(~Exists(marks.exclude(by=OuterRef("case__reader"))))
    return Q(Exists(judged)) & ~Q(Exists(waiting))


def is_checked(case: Case) -> bool:
    return Case.reads.filter(checked(), pk=case.pk, sent_at__isnull=False).exists()


@dataclass(frozen=True)
class ToCheck:
    case: Case
    reason: str

    @property
    def href(self) -> str:
        return reverse("cases:qa", kwargs={"ref": self.case.inspection.ref, "case_ref": self.case.ref})


def waiting_for(person: User) -> QuerySet[Case]:
    """Sent, not checked, not their own, while they can be asked about; first cases of local assessors come first."""
    cases = (
        Case.objects.filter(left_at__isnull=True, sent_at__isnull=False)
        .exclude(reader=person)
        .alias(**relations(person, "inspection", "inspection__service"))
        .filter(seen_by(person, access.ASK_QUERY, "inspection__stage"), ~checked())
        .exclude(read_blind_by(person))
    )
    return (
        cases.annotate(comes_first=_first_of_an_assessor())
        .select_related("inspection__service", "reader")
        .order_by("-comes_first", "sent_at", "pk")
    )


def _first_of_an_assessor() -> Q:
    earlier = Case.objects.filter(
        inspection=OuterRef("inspection"), reader=OuterRef("reader"), sent_at__lt=OuterRef("sent_at")
    )
    return Q(reader__role=Role.LOCAL_ASSESSOR) & ~Q(Exists(earlier))


def to_check(cases: Iterable[Any]) -> list[ToCheck]:
    return [ToCheck(case, FIRST_OF_ASSESSOR if case.comes_first else WAITING_LONGEST) for case in cases]
