"""The rows that whoever changes a case takes first."""

from cases.models import Case
from inspections.models import Inspection


def locked_case(case: Case) -> Case:
    """The row as it is now, locked after its inspection: the order in which saving an answer takes them too."""
    inspection = Inspection.objects.select_for_update(no_key=True).get(pk=case.inspection_id)
    held = Case.reads.select_for_update(no_key=True).get(pk=case.pk)
    held.inspection = inspection
    return held
