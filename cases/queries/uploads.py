"""What is read about files whose columns are being matched. Each is seen by whoever uploaded it, and nobody else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet
from django.http import Http404

from accounts import clock
from accounts.models import User
from cases.models import CaseloadList, ListUpload
from cases.queries.caseload import SHOWN_PROBLEMS, SHOWN_ROWS, Cells, case_kind, cells_of
from cases.rules.caseload import ParsedList, read_list
from cases.rules.columns import guess
from cases.rules.files import Heading, ListFile
from inspections.models import Inspection
from standards.schema import CaseKind


@dataclass(frozen=True)
class Uploaded:
    """A file, and the list that it is with the columns that were chosen for it so far."""

    upload: ListUpload
    kind: CaseKind
    file: ListFile
    heading: Heading
    with_names: bool

    @cached_property
    def parsed(self) -> ParsedList:
        return read_list(self.file, self.heading, self.upload.matching, self.upload.kind, clock.today())

    @property
    def first(self) -> Cells:
        """The first rows as they would be read; of names, whoever is not the lead inspector sees the initials."""
        return cells_of(self.parsed.rows[:SHOWN_ROWS], self.upload.kind, with_names=self.with_names)

    @property
    def problem_count(self) -> int:
        return sum(bool(row.problems) for row in self.parsed.rows)

    @property
    def problems(self) -> list[tuple[int, str]]:
        return [(row.number, row.problem) for row in self.parsed.rows if row.problems][:SHOWN_PROBLEMS]

    @property
    def more_problems(self) -> int:
        """How many are not shown."""
        return max(0, self.problem_count - SHOWN_PROBLEMS)


def uploaded(inspection: Inspection, kind: str, by: User, *, with_names: bool) -> Uploaded:
    """What this person uploaded and has not sent yet. Raises Http404."""
    asked_for, own = case_kind(inspection, kind), waiting_uploads(inspection, by)
    found = own.filter(kind=kind).first()
    if found is None:
        raise Http404
    with found.document.file.open() as stored:
        file = ListFile(stored.read())
    return Uploaded(found, asked_for, file, file.heading(kind, found.sheet), with_names)


def waiting_uploads(inspection: Inspection, by: User) -> QuerySet[ListUpload]:
    """Those that this person has not sent yet, less any that was refused since: its file is gone."""
    own = ListUpload.objects.filter(inspection=inspection, uploaded_by=by, document__refused_at__isnull=True)
    return own.select_related("document").order_by("kind")


def matching_for(inspection: Inspection, kind: str, by: User, headings: Sequence[str]) -> Mapping[str, int]:
    """As it was for the last file of this service with the same headings; our guess where there was none."""
    same = {"kind": kind, "headings": list(headings)}
    sent = CaseloadList.objects.filter(inspection__service=inspection.service_id, **same)
    last = waiting_uploads(inspection, by).filter(**same).first() or sent.order_by("-uploaded_at").first()
    return last.matching if last else guess(headings, kind)
