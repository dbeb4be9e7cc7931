"""The least that any page or save of this product can cost. What is measured is divided by these."""

from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from accounts import clock
from cases.models import Answer
from inspections.models import Inspection

GROUP_BY = "SELECT inspection_id, question, value, count(*) FROM cases_answer GROUP BY 1, 2, 3"


def bare(request: HttpRequest) -> HttpResponse:
    """F0, served without any middleware."""
    return HttpResponse("ok")


@login_required
def one_select(request: HttpRequest, ref: str) -> HttpResponse:
    """FA: the product's middleware, a signed-in person, one indexed SELECT."""
    return HttpResponse(Inspection.objects.values_list("stage", flat=True).get(ref=ref))


@require_POST
@login_required
def one_update(request: HttpRequest, pk: int) -> HttpResponse:
    """FU: the same with one UPDATE that is committed."""
    found = Answer.objects.values_list("version", flat=True).get(pk=pk)
    changed = Answer.objects.filter(pk=pk).update(changed_at=clock.now())
    return HttpResponse(f"{found} {changed}")


def rows_of() -> list[tuple[int, str, str, int]]:
    """FG: one bare GROUP BY over all answers, through a cursor."""
    with connection.cursor() as cursor:
        cursor.execute(GROUP_BY)
        return cursor.fetchall()
