"""The pages on which the meeting decides: the victims' standard, and domain one where it is rated."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from accounts.models import User
from cases.queries.findings import Stated
from inspections import access
from inspections.actions.refused import Refused
from inspections.guards import inspection_page
from inspections.models import Inspection
from inspections.queries import may
from ratings.actions.decisions import decide
from ratings.forms import DecisionForm
from ratings.queries.discretion import findings_by_item
from ratings.queries.meetings import Agenda, AgendaItem, agenda_with
from ratings.queries.table_path import table_path
from ratings.rules.meeting import CHOICE, PANEL

Findings = Mapping[str, Sequence[Stated]]
"""The agreed findings about each item."""


@inspection_page(see=access.SEE_MEETING, do=access.DECIDE)
def victims(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    return decision_page(request, inspection, CHOICE, "ratings/victims_decide.html")


@inspection_page(see=access.SEE_MEETING, do=access.DECIDE)
def domain_one(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    return decision_page(request, inspection, PANEL, "ratings/domain_one_decide.html")


def decision_page(request: HttpRequest, inspection: Inspection, kind: str, template: str) -> HttpResponse:
    agenda = agenda_with(inspection, kind)
    findings = findings_by_item(inspection)
    form = posted(request, shown(agenda, kind), findings)
    if form and form.is_valid():
        problem = recorded(request, agenda, form)
        if problem is None:
            return redirect(request.path)
        agenda = agenda_with(inspection, kind)
        form = again(request, agenda, problem, findings)
    return render(request, template, page_context(request, inspection, agenda, kind, form, findings))


def shown(agenda: Agenda, kind: str) -> list[AgendaItem]:
    """Items of the kind, and whatever else their standards need."""
    standards = {found.item.standard for found in agenda.items if found.item.kind == kind}
    return [found for found in agenda.items if found.item.standard in standards]


def posted(request: HttpRequest, items: list[AgendaItem], findings: Findings) -> DecisionForm | None:
    """None where nothing on the page was posted: the page is shown again."""
    found = next((found for found in items if found.item.code == request.POST.get("item")), None)
    return new_form(found, findings, request.POST) if found else None


def new_form(found: AgendaItem, findings: Findings, data: QueryDict | None = None) -> DecisionForm:
    return DecisionForm(data, agenda_item=found, findings=findings.get(found.item.code, ()))


def recorded(request: HttpRequest, agenda: Agenda, form: DecisionForm) -> Refused | None:
    try:
        decide(meeting=agenda.meeting, **form.cleaned_data, by=cast(User, request.user))
    except Refused as problem:
        return problem
    return None


def again(request: HttpRequest, agenda: Agenda, problem: Refused, findings: Findings) -> DecisionForm:
    """What was typed, beside what stands now: posting it again is a decision that has seen it."""
    found = agenda.item(request.POST["item"])
    data = request.POST.copy()
    data["seen"] = str(found.seen)
    form = new_form(found, findings, data)
    form.add_error(None, str(problem))
    return form


def page_context(
    request: HttpRequest,
    inspection: Inspection,
    agenda: Agenda,
    kind: str,
    form: DecisionForm | None,
    findings: Findings,
) -> dict[str, Any]:
    open_to_person = may(inspection, access.DECIDE) and not agenda.meeting.frozen_at
    wanted = request.GET.get("change") if open_to_person else None
    return {
        "inspection": inspection,
        "agenda": agenda,
        "form": form,
        "path": table_path(agenda) if kind == CHOICE else None,
        "rows": [
            (found, form_for(found, form, open_to_person, wanted, findings), findings.get(found.item.code, ()))
            for found in shown(agenda, kind)
        ],
        "may_decide": open_to_person,
    }


def form_for(
    found: AgendaItem, form: DecisionForm | None, open_to_person: bool, wanted: str | None, findings: Findings
) -> Any:
    """A form for what is open, for what somebody wants to change, and for what was just refused."""
    if form and form.agenda_item.item.code == found.item.code:
        return form
    asked = found.decision is None or wanted == found.item.code
    return new_form(found, findings) if open_to_person and asked and found.item.options else None
