"""Organisational evidence on cards, and the findings that rest on it."""

from typing import Any, cast
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from accounts.models import User
from accounts.sent import sent
from cases.actions import findings as acting
from cases.actions.findings import StaleFinding
from cases.forms.concerns import once_of
from cases.forms.findings import CardFilterForm, CardForm, FindingForm, MergeForm
from cases.forms.voices import base_of
from cases.guards import notes_page
from cases.models import EvidenceCard
from cases.queries import findings as reading
from cases.queries.findings import Stated, topic_or_404
from cases.queries.lens import lens_of
from inspections import access
from inspections.actions.refused import Refused
from inspections.guards import inspection_page
from inspections.models import Inspection
from inspections.queries import may


@inspection_page(see=access.SEE_EVIDENCE)
def evidence(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    form = CardFilterForm(request.GET, topics=reading.topics_of(inspection))
    wanted = form.wanted()
    page = {
        "inspection": inspection,
        "filter_form": form,
        "filtered": bool(wanted.source or wanted.strength),
        "topics": reading.evidence_of(inspection, wanted),
        "may_write": may(inspection, access.WRITE_EVIDENCE),
    }
    return render(request, "cases/evidence_list.html", page)


@inspection_page(see=access.WRITE_EVIDENCE, do=access.WRITE_EVIDENCE)
def add_card(request: HttpRequest, inspection: Inspection, topic: str) -> HttpResponse:
    """?prompt=<code> chooses the question beforehand."""
    found = topic_or_404(inspection, topic)
    form = CardForm(sent(request), topic=found, initial={"prompt": request.GET.get("prompt", "")})
    once = once_for(request)
    if request.method != "POST" or not form.is_valid():
        page = {"inspection": inspection, "topic": found, "form": form, "once": once}
        return render(request, "cases/evidence_add.html", page)
    card = acting.add_card(by=cast(User, request.user), inspection=inspection, once=once, seen=form.seen())
    messages.success(request, f"The evidence is added as {card}.")
    return redirect("cases:evidence", ref=inspection.ref)


def once_for(request: HttpRequest) -> UUID:
    return once_of(request.POST) if request.method == "POST" else uuid4()


@notes_page(reading.card_for, do=access.WRITE_EVIDENCE)
def withdraw_card(request: HttpRequest, card: EvidenceCard) -> HttpResponse:
    acting.withdraw_card(by=cast(User, request.user), card=card)
    messages.success(request, f"{card} is withdrawn. Findings that rest on it say so.")
    return redirect("cases:evidence", ref=card.inspection.ref)


@inspection_page(see=access.SEE_EVIDENCE)
def findings(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    page = {
        "inspection": inspection,
        "topics": reading.by_topic(inspection, reading.findings_of(inspection)),
        "may_write": may(inspection, access.WRITE_EVIDENCE),
    }
    return render(request, "cases/finding_list.html", page)


@inspection_page(see=access.SEE_EVIDENCE)
def lens(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    return render(request, "cases/lens_show.html", {"inspection": inspection, "seen": lens_of(inspection)})


@inspection_page(see=access.WRITE_EVIDENCE, do=access.WRITE_EVIDENCE)
def draft(request: HttpRequest, inspection: Inspection, topic: str) -> HttpResponse:
    found = topic_or_404(inspection, topic)
    form = FindingForm(sent(request), can_support=reading.can_support(inspection, found))
    once = once_for(request)
    if request.method != "POST" or not form.is_valid():
        page = {"inspection": inspection, "topic": found, "form": form, "once": once}
        return render(request, "cases/finding_draft.html", page)
    by, said = cast(User, request.user), form.statement_made()
    finding = acting.draft_finding(by=by, inspection=inspection, topic=found.code, once=once, said=said)
    messages.success(request, f"The finding is saved as {finding}.")
    return redirect("cases:finding", ref=inspection.ref, finding=finding.number)


@notes_page(reading.stated_for, see=access.SEE_EVIDENCE, do=access.WRITE_EVIDENCE)
def finding(request: HttpRequest, found: Stated) -> HttpResponse:
    """Posting changes it. Of two who change it at once the second sees both."""
    form = change_form(found, sent(request))
    if request.method != "POST" or not form.is_valid():
        return shown(request, found, form)
    by, base, said = cast(User, request.user), base_of(request.POST), form.statement_made()
    try:
        acting.change_finding(by=by, found=found, base=base, said=said)
    except StaleFinding as stale:
        form.add_error(None, str(stale))
        return shown(request, stale.theirs, form)
    except Refused as refused:
        messages.error(request, f"{refused}.")
        return redirect("cases:findings", ref=found.finding.inspection.ref)
    messages.success(request, f"{found.finding} is saved.")
    return to_finding(found)


def change_form(found: Stated, typed: QueryDict | None = None) -> FindingForm:
    """Without what was typed, as the finding stands."""
    said = found.said
    initial = {name: getattr(said, name) for name in ("statement", "direction", "strength")}
    initial["supports"] = reading.values_of(said)
    can_support = reading.can_support(found.finding.inspection, found.topic)
    return FindingForm(typed, can_support=can_support, initial=initial)


def shown(
    request: HttpRequest, found: Stated, form: FindingForm | None = None, merge: MergeForm | None = None
) -> HttpResponse:
    inspection, person = found.finding.inspection, cast(User, request.user)
    others = reading.others_on(reading.findings_of(inspection), found)
    page: dict[str, Any] = {
        "inspection": inspection,
        "found": found,
        "finding_form": form or change_form(found),
        "form": merge or form,
        "merge_form": merge or (MergeForm(others=others) if others else None),
        "version": found.finding.version,
        "may_write": may(inspection, access.WRITE_EVIDENCE),
        "has_agreed": found.agreed_by(person),
        "versions": reading.history_of(found.finding),
    }
    return render(request, "cases/finding_read.html", page)


@notes_page(reading.stated_for, do=access.WRITE_EVIDENCE)
def agree(request: HttpRequest, found: Stated) -> HttpResponse:
    try:
        acting.agree_finding(by=cast(User, request.user), found=found, version=base_of(request.POST))
    except Refused as refused:
        messages.error(request, f"{refused}.")
    else:
        messages.success(request, f"It is recorded that you agree with {found.finding}.")
    return to_finding(found)


@notes_page(reading.stated_for, do=access.WRITE_EVIDENCE)
def merge(request: HttpRequest, found: Stated) -> HttpResponse:
    inspection = found.finding.inspection
    others = {str(each.finding.number): each for each in reading.others_on(reading.findings_of(inspection), found)}
    form = MergeForm(request.POST, others=others.values())
    if not form.is_valid():
        return shown(request, found, merge=form)
    into = others[form.cleaned_data["into"]]
    try:
        acting.merge_finding(by=cast(User, request.user), found=found, into=into)
    except Refused as refused:
        messages.error(request, f"{refused}.")
        return redirect("cases:findings", ref=inspection.ref)
    messages.success(request, f"{found.finding} is merged into {into.finding}, which waits to be agreed again.")
    return redirect("cases:finding", ref=inspection.ref, finding=into.finding.number)


def to_finding(found: Stated) -> HttpResponse:
    return redirect("cases:finding", ref=found.finding.inspection.ref, finding=found.finding.number)
