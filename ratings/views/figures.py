"""Key questions and the trace: what the ratings are, and how each came about."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.safestring import SafeString

from cases.views.spliced import SplicedPage
from inspections import access
from inspections.guards import inspection_page
from inspections.models import Inspection
from inspections.queries import may
from ratings.queries.basis import Basis, basis_of, etag_of
from ratings.queries.figures import Figures, figures_of
from ratings.queries.grid import grids
from ratings.queries.key_questions import key_questions_page
from ratings.queries.trace import answer_page, node_page
from ratings.views.kept import Kept

FIGURES = Kept("ratings/_figures.html")
KEY_QUESTIONS = SplicedPage(
    "ratings/key_questions_show.html",
    texts=(
        *("csrf_token", "request.user.pk", "request.user.name"),
        *("request.session.ends_at_words", "request.session.seconds_left"),
        *("inspection.ref", "inspection.service.name", "inspection.kind.name", "inspection.get_stage_display"),
    ),
    shape=(
        *("service_name", "demo", "navigation", "figures"),
        *("request.user.is_authenticated", "request.user.role"),
        *("inspection.stage", "inspection.parties"),
    ),
    parts=("ratings/_figures_shown.html",),
    absent=("messages", "form"),
    derived={"request.path": lambda marks: reverse("ratings:key-questions", args=[marks["inspection.ref"]])},
)


@inspection_page(see=access.SEE_RATINGS)
def key_questions(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    basis = basis_of(inspection)
    context = {"inspection": inspection, "figures": basis is not None, "shown": shown(request, inspection, basis)}
    return HttpResponse(KEY_QUESTIONS.render(request, context))


def shown(request: HttpRequest, inspection: Inspection, basis: Basis | None) -> SafeString:
    """The figures, drawn once for each basis and for each of the two that may see other pages from here."""
    key = (basis or inspection.ref, may(inspection, access.SEE_PROGRESS))
    return FIGURES.render(request, key, lambda: figures_context(inspection))


@inspection_page(see=access.SEE_RATINGS)
def live(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """The figures alone, for the page to keep up with."""
    basis = basis_of(inspection)
    etag = etag_of(basis) if basis else None
    fragment = get_conditional_response(request, etag=etag) or HttpResponse(shown(request, inspection, basis))
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
