"""The bank holidays, kept by administrators."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts import clock
from accounts.models import User
from accounts.sent import sent
from inspections import access, rules
from inspections.actions.holidays import HolidayRefused, change_holiday, checked
from inspections.forms import HolidayForm
from inspections.guards import office_page
from inspections.queries.holidays import coming_holidays, taken_away


@office_page(see=access.KEEP_CALENDAR, do=access.KEEP_CALENDAR)
def calendar(request: HttpRequest) -> HttpResponse:
    """First what a change would touch, then the change."""
    form, today = HolidayForm(sent(request)), clock.today()
    page: dict[str, Any] = {"form": form, "holidays": coming_holidays(today), "taken_away": taken_away(today)}
    if request.method == "POST" and form.is_valid():
        wanted = form.wanted()
        try:
            if form.is_confirmed():
                change = change_holiday(by=cast(User, request.user), **wanted)
                messages.success(request, f"{rules.date_words(change.day)}: changed. Nothing was moved.")
                return redirect("inspections:calendar")
            page["touches"] = checked(wanted["day"], is_holiday=wanted["is_holiday"])
        except HolidayRefused as refused:
            form.add_error(refused.field, str(refused))
    return render(request, "inspections/calendar_keep.html", page)
