"""What if: other answers and other decisions are tried in the page's address, and nothing is written."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from inspections import access
from inspections.guards import inspection_page
from inspections.models import Inspection
from ratings.forms import TryForm
from ratings.queries.what_if import what_if
from ratings.views.figures import figures_or_404


@inspection_page(see=access.SEE_RATINGS)
def what_if_page(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """`try` is what is tried already; `answer` comes with one that is tried besides."""
    figures = figures_or_404(inspection)
    page = what_if(figures, request.GET.getlist("try"))
    posted = request.GET if "add" in request.GET else None
    form = TryForm(posted, figures=figures, tried=len(page.answers), initial=request.GET.dict())
    if form.is_valid():
        return redirect(f"{request.path}?{urlencode({'try': [*page.trial.words, form.word]}, doseq=True)}")
    context = {"inspection": inspection, "figures": figures, "page": page, "form": form}
    return render(request, "ratings/what_if.html", context)
