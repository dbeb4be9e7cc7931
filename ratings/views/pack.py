"""The panel pack: built, read, printed, and downloaded as a tagged PDF."""

import re
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from accounts.models import User
from inspections import access
from inspections.guards import inspection_page
from inspections.models import Inspection
from inspections.queries import may
from ratings.actions.packs import keep_pack
from ratings.models import Pack
from ratings.queries.pack import pack_page, pack_row, packs_of
from ratings.views.figures import figures_or_404
from ratings.views.printing import NoPdf, pdf_of

INTO_THE_PRODUCT = re.compile(r'<a [^>]*href="/[^>]*>(.*?)</a>', re.DOTALL)


@inspection_page(see=access.SEE_MEETING, do=access.BUILD_PACK)
def packs(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """Posting builds the next one."""
    if request.method == "POST":
        built = build(inspection, cast(User, request.user))
        return redirect("ratings:pack", ref=inspection.ref, number=built.number)
    context = {"inspection": inspection, "rows": packs_of(inspection), "may_build": may(inspection, access.BUILD_PACK)}
    return render(request, "ratings/pack_list.html", context)


def build(inspection: Inspection, by: User) -> Pack:
    page = pack_page(figures_or_404(inspection))
    html = render_to_string("ratings/_pack.html", {"inspection": inspection, "figures": page.figures, "pack": page})
    return keep_pack(inspection=inspection, digest=page.digest, html=html, by=by)


@inspection_page(see=access.SEE_MEETING)
def pack(request: HttpRequest, inspection: Inspection, number: int) -> HttpResponse:
    return render(request, "ratings/pack_show.html", pack_context(inspection, number))


@inspection_page(see=access.SEE_MEETING)
def pdf(request: HttpRequest, inspection: Inspection, number: int) -> HttpResponse:
    context = pack_context(inspection, number)
    try:
        content = pdf_of(on_paper(render_to_string("ratings/pack_pdf.html", context)))
    except NoPdf as problem:
        messages.error(request, str(problem))
        return redirect("ratings:pack", ref=inspection.ref, number=number)
    name = f"{inspection.ref}-panel-pack-{number}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def on_paper(html: str) -> str:
    """Without the links into the product: paper follows none, and they take a quarter of the time."""
    return INTO_THE_PRODUCT.sub(r"\1", html)


def pack_context(inspection: Inspection, number: int) -> dict[str, Any]:
    row = pack_row(inspection, number)
    shown = mark_safe(row.pack.html)  # noqa: S308  drawn by a template of ours, which escaped what it was given
    return {"inspection": inspection, "row": row, "shown": shown}
