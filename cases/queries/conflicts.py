"""What is read about who must not read what: cases and workers that somebody knows, and second reads."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from django.db.models import QuerySet
from django.http import Http404

from accounts.models import User
from cases.models import Case, CaseloadRow, KnownCase, KnownWorker
from inspections import access
from inspections.models import Inspection

Barred = Mapping[str, Mapping[int, str]]
"""By case reference and person: why the person may not read the case, as it follows their name."""


def spelled(worker: str) -> str:
    """Two lists may spell one name with other capitals or spaces."""
    return " ".join(worker.split()).casefold()


def known_to(inspection: Inspection, cases: Iterable[Case]) -> Barred:
    """`cases` come with their rows. A case is known under every reference that it ever had."""
    by_worker, by_row = _who_knows_workers(inspection), _who_knows_rows(inspection)
    return {
        case.ref: {person: f"knows {case.row.worker}" for person in by_worker.get(spelled(case.row.worker), ())}
        | dict.fromkeys(by_row.get((case.kind, case.row.local_reference), ()), "knows the case")
        for case in cases
    }


def never_given(cases: Iterable[Case], known: Barred) -> dict[str, frozenset[int]]:
    """Who is given a case in no suggestion: who knows it, or reads it a second time, of which no page tells."""
    cases = list(cases)
    second: dict[int | None, set[int | None]] = defaultdict(set)
    for read in Case.reads.filter(second_of__in=[case.pk for case in cases], left_at__isnull=True):
        second[read.second_of_id].add(read.reader_id)
    return {case.ref: frozenset(known[case.ref]) | {person for person in second[case.pk] if person} for case in cases}


def _who_knows_workers(inspection: Inspection) -> Mapping[str, Collection[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for person, worker in standing(inspection).values_list("person", "worker"):
        found[spelled(worker)].add(person)
    return found


def _who_knows_rows(inspection: Inspection) -> Mapping[tuple[str, str], Collection[int]]:
    found: dict[tuple[str, str], set[int]] = defaultdict(set)
    known = KnownCase.objects.filter(case__inspection=inspection)
    for person, kind, reference in known.values_list("person", "case__kind", "case__row__local_reference"):
        found[kind, reference].add(person)
    return found


def standing(inspection: Inspection) -> QuerySet[KnownWorker]:
    return KnownWorker.objects.filter(inspection=inspection, ended_at__isnull=True)


def workers_of(inspection: Inspection) -> list[str]:
    """Everybody whom an accepted list or the sample names as the worker of a case, each once."""
    rows = CaseloadRow.objects.filter(caseload__inspection=inspection, caseload__accepted_at__isnull=False)
    names = rows.exclude(worker="").order_by("worker").values_list("worker", flat=True).distinct()
    return list({spelled(name): name for name in names}.values())


def declared_to(person: User, inspection: Inspection) -> QuerySet[KnownWorker]:
    """The lead inspector sees everybody's, the others their own."""
    found = standing(inspection).select_related("person")
    return found if access.LEAD in inspection.parties else found.filter(person=person)


def known_worker_for(inspection: Inspection, pk: int) -> KnownWorker:
    """One that stands; Http404 for any other."""
    found = standing(inspection).select_related("person", "inspection").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
