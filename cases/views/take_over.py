"""The lead inspector takes over a case that somebody else reads."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.models import User
from cases.actions import take_over as taking
from cases.actions.take_over import NotTakenOver
from cases.forms.reading import TakeOverForm
from cases.guards import case_page
from cases.models import Case
from cases.views.reading import address, frame
from inspections import access


@case_page(see=access.TAKE_OVER_CASE, do=access.TAKE_OVER_CASE)
def take_over(request: HttpRequest, case: Case) -> HttpResponse:
    form = TakeOverForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "cases/case_take_over.html", frame(request, case) | {"form": form})
    try:
        taking.take_over(by=cast(User, request.user), case=case, reason=form.cleaned_data["reason"])
    except NotTakenOver as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, f"{case.ref} is yours to read")
    return redirect(address("case", case))
