"""Key questions and the trace: what the ratings are, and how each came about."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response

from inspections import access
from inspections.guards import inspection_page
from inspections.models import Inspection
from inspections.queries import may
from ratings.queries.figures import Figures, figures_of
from ratings.queries.grid import grids
from ratings.queries.key_questions import key_questions_page
from ratings.queries.trace import answer_page, node_page


@inspection_page(see=access.SEE_RATINGS)
def key_questions(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    return render(request, "ratings/key_questions_show.html", figures_context(inspection))


@inspection_page(see=access.SEE_RATINGS)
def live(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """The figures alone, for the page to keep up with."""
    context = figures_context(inspection)
    etag = f'"{context["figures"].etag}"' if context["figures"] else None
    fragment = get_conditional_response(request, etag=etag) or render(request, "ratings/_figures.html", context)
    if etag:
        fragment["ETag"] = etag
    return fragment


def figures_context(inspection: Inspection) -> dict[str, Any]:
    figures = figures_of(inspection)
    page = key_questions_page(figures) if figures else None
    may_see_progress = may(inspection, access.SEE_PROGRESS)
    return {"inspection": inspection, "figures": figures, "page": page, "may_see_progress": may_see_progress}


@inspection_page(see=access.SEE_RATINGS)
def cases(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    figures = figures_or_404(inspection)
    context = {"inspection": inspection, "figures": figures, "grids": grids(figures)}
    return render(request, "ratings/cases_grid.html", context)


@inspection_page(see=access.SEE_RATINGS)
def whole_trace(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    context = {"inspection": inspection, "figures": figures_or_404(inspection)}
    return render(request, "ratings/trace_print.html", context)


@inspection_page(see=access.SEE_RATINGS)
def trace(request: HttpRequest, inspection: Inspection, node: str) -> HttpResponse:
    """A node is known by its code; below a key question, `<code>/<case>` is one case's answer."""
    figures = figures_or_404(inspection)
    code, _, case = node.partition("/")
    context: dict[str, Any] = {"inspection": inspection, "figures": figures}
    if case:
        context |= {"page": answer_page(figures, code, case), "may_see_case": may(inspection, access.SEE_CASE)}
        return render(request, "ratings/trace_answer.html", context)
    return render(request, "ratings/trace_node.html", {**context, "page": node_page(figures, code)})


def figures_or_404(inspection: Inspection) -> Figures:
    figures = figures_of(inspection)
    if figures is None:
        raise Http404
    return figures
