"""The reader says whether they have finished a section."""

from django.db import transaction

from accounts import clock
from accounts.actions import record
from accounts.models import User
from cases.actions.answers import CaseClosed, is_closed
from cases.actions.locks import locked_case
from cases.models import Case, SectionDone
from cases.queries.answers import standing


@transaction.atomic
def mark_section(*, by: User, case: Case, section: str, done: bool) -> None:
    """Raises CaseClosed."""
    locked_case(case)
    if is_closed(found := standing(case), by):
        raise CaseClosed(found)
    marks = SectionDone.objects.filter(case=case, section=section)
    if marks.exists() == done:
        return
    if done:
        SectionDone.objects.create(case=case, section=section, at=clock.now(), by=by)
    else:
        marks.delete()
    verb = "finished a section" if done else "went back to a section"
    record(by=by, verb=verb, inspection=case.inspection.ref, subject=f"{case.ref} {section}")
