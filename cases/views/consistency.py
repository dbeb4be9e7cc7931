"""Consistency: how far first and second reads agree, by question and never by person."""

import csv
from io import StringIO
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.models import User
from cases.forms.consistency import ConsistencyForm
from cases.queries.consistency import Consistency, consistency_of, frameworks_seen_by, years_seen_by
from cases.rules.consistency import FEWEST_PAIRS, TOO_FEW
from inspections import access
from inspections.guards import office_page

COLUMNS = ("question", "text", "key question", "pairs", "alike", "kappa", "from", "to")


@office_page(see=access.SEE_CONSISTENCY)
def consistency(request: HttpRequest) -> HttpResponse:
    page = {"fewest": FEWEST_PAIRS, "too_few": TOO_FEW, "query": request.GET.urlencode()}
    return render(request, "cases/consistency_show.html", page | chosen(request))


def chosen(request: HttpRequest) -> dict[str, Any]:
    person = cast(User, request.user)
    frameworks = frameworks_seen_by(person)
    form = ConsistencyForm(request.GET, frameworks=frameworks, years=years_seen_by(person))
    found = consistency_of(person, *form.chosen()) if frameworks else None
    return {"filter_form": form, "found": found}


@office_page(see=access.SEE_CONSISTENCY)
def export(request: HttpRequest) -> HttpResponse:
    """The same figures as a file; what the page does not show is not in it either."""
    found = chosen(request)["found"]
    headers = {"Content-Disposition": 'attachment; filename="consistency.csv"'}
    return HttpResponse("\ufeff" + as_csv(found), content_type="text/csv; charset=utf-8", headers=headers)


def as_csv(found: Consistency | None) -> str:
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for row in found.rows if found else ():
        shown = row.agreement
        figures = (shown.pairs, shown.same, shown.kappa, shown.low, shown.high) if shown else (TOO_FEW,)
        is_key = "yes" if row.is_key else "no"
        writer.writerow([row.code, row.text, is_key, *(rounded(figure) for figure in figures)])
    return text.getvalue()


def rounded(figure: object) -> object:
    return round(figure, 4) if isinstance(figure, float) else figure
