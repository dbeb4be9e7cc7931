"""The programme as a whole, for the head of programme: inspections against time, people, and figures of services."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts import clock
from accounts.models import User
from accounts.sent import sent
from inspections import access
from inspections.actions.programme import add_leave, cancel_leave, write_figures
from inspections.actions.refused import Refused
from inspections.forms import FiguresForm, LeaveForm
from inspections.guards import office_page
from inspections.queries.holidays import kept_holidays
from inspections.queries.programme import figures_of, leave_for, people_of, programme_of, service_for, year_asked
from inspections.rules.programme import quarter_words


def year_of(request: HttpRequest) -> dict[str, Any]:
    year = year_asked(request.GET.get("year", ""), clock.today())
    return {"year": year, "before": year - 1, "after": year + 1}


@office_page(see=access.SEE_PROGRAMME)
def board(request: HttpRequest) -> HttpResponse:
    page = year_of(request)
    page["programme"] = programme_of(cast(User, request.user), page["year"], clock.today(), kept_holidays())
    return render(request, "inspections/programme_board.html", page)


@office_page(see=access.SEE_PROGRAMME, do=access.SEE_PROGRAMME)
def people(request: HttpRequest) -> HttpResponse:
    form = LeaveForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            leave = add_leave(by=cast(User, request.user), **form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, f"The leave of {leave.person.name} is written down.")
            return redirect("inspections:programme-people")
    page = year_of(request)
    return render(request, "inspections/programme_people.html", page | {"form": form, "rows": people_of(page["year"])})


@office_page(do=access.SEE_PROGRAMME)
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    leave = leave_for(pk)
    cancel_leave(by=cast(User, request.user), leave=leave)
    messages.success(request, f"The leave of {leave.person.name} is cancelled.")
    return redirect("inspections:programme-people")


@office_page(see=access.SEE_PROGRAMME, do=access.SEE_PROGRAMME)
def figures(request: HttpRequest, pk: int) -> HttpResponse:
    service = service_for(cast(User, request.user), pk)
    form = FiguresForm(sent(request))
    if request.method == "POST" and form.is_valid():
        made = write_figures(by=cast(User, request.user), service=service, **form.figures())
        messages.success(request, f"The figures of {quarter_words(made.quarter)} are saved.")
        return redirect("inspections:service-figures", pk=pk)
    known = [(quarter_words(one.quarter), one) for one in figures_of(service)]
    return render(request, "inspections/service_figures.html", {"service": service, "form": form, "known": known})
