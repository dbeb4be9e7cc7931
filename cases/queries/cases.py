"""What is read about cases; every read that carries permission fetches and authorises in one query."""

from django.db.models import QuerySet
from django.http import Http404

from accounts.models import User
from cases.models import Case
from inspections.access import Permission
from inspections.queries import parties_of, relations
from inspections.queries.compiled import Compiled
from inspections.queries.permission import RELATIONS


def by_refs(person: User, ref: str, case_ref: str) -> QuerySet[Case]:
    found = Case.reads.annotate(**relations(person, "inspection", "inspection__service"))
    return found.filter(inspection__ref=ref, ref=case_ref)


BY_REFS = Compiled(
    by_refs,
    stand_ins=(User(pk=-1), "<ref>", "<case ref>"),
    related=("inspection", "inspection__service", "row", "reader", "sent_by"),
    annotations=RELATIONS,
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
    """Parties that the permission ties to their own cases need to be the case's reader."""
    inspection = case.inspection
    return permission.given_to(inspection.parties, inspection.stage, own=case.reader_id == person.pk)
