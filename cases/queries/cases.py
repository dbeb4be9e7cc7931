"""What is read about cases; every read that carries permission fetches and authorises in one query."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from accounts.models import User
from cases.models import Case, SectionDone
from inspections import access
from inspections.access import Permission
from inspections.models import Stage
from inspections.queries import parties_of, relations
from inspections.queries.compiled import Compiled
from inspections.queries.permission import RELATIONS


def by_refs(person: User, ref: str, case_ref: str) -> QuerySet[Case]:
    relation = relations(person, "inspection", "inspection__service")
    found = Case.reads.annotate(**relation, **pairing(person), **finished())
    return found.filter(inspection__ref=ref, ref=case_ref).order_by()


def finished() -> dict[str, Any]:
    """An annotation with the codes of the sections that the reader says are finished."""
    return {"done": ArraySubquery(SectionDone.objects.filter(case=OuterRef("pk")).order_by().values("section"))}


def pairing(person: User) -> dict[str, Any]:
    """Annotations that say whether the person reads the other of a first and a second read, and has not sent it."""
    other = Q(second_of=OuterRef("pk")) | Q(pk=OuterRef("second_of"))
    own = Case.reads.filter(other, reader=person, left_at__isnull=True)
    return {"is_pair": Exists(own), "is_pair_open": Exists(own.filter(sent_at__isnull=True))}


BY_REFS = Compiled(
    by_refs,
    stand_ins=(User(pk=-1), "<ref>", "<case ref>"),
    related=("inspection", "inspection__service", "row", "reader", "sent_by"),
    annotations=(*RELATIONS, "is_pair", "is_pair_open", "done"),
)


def case_for(person: User, ref: str, case_ref: str, permission: Permission) -> Case:
    """The case with its inspection (which carries `parties`), if this person may do this with it now; else Http404."""
    case = BY_REFS.find(person, ref, case_ref)
    if case is None:
        raise Http404
    case.inspection.parties = parties_of(person, case)
    if may(person, case, permission):
        return case
    raise Http404


def may(person: User, case: Case, permission: Permission) -> bool:
    """Parties that the permission ties to their own cases need to be the case's reader.

    To quality assurers only second reads are their own. Who reads a case blind sees nothing of the other read.
    """
    inspection = case.inspection
    own = case.reader_id == person.pk and (bool(case.second_of_id) or access.QUALITY_ASSURER not in inspection.parties)
    return permission.given_to(inspection.parties, inspection.stage, own=own) and not is_blind(case)


def is_blind(case: Case) -> bool:
    """Whether whoever fetched it reads the same case too, and one of both reads has not been sent."""
    unsent = case.sent_at is None or case.is_pair_open
    return case.is_pair and unsent and case.inspection.stage == Stage.FIELDWORK


def read_blind_by(person: User, case: str = "pk") -> Q:
    """The same of first reads, as a condition on rows with the path `case` to them."""
    path = "" if case == "pk" else f"{case}__"
    own = Case.reads.filter(second_of=OuterRef(case), reader=person, left_at__isnull=True)
    unsent = Q(Exists(own.filter(sent_at__isnull=True))) | (Q(Exists(own)) & Q(**{f"{path}sent_at__isnull": True}))
    return unsent & Q(**{f"{path}inspection__stage": Stage.FIELDWORK})
