"""The organisational alert of an inspection."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.models import User
from inspections import access
from inspections.actions.alerts import raise_alert, settle_alert
from inspections.actions.refused import Refused
from inspections.forms.alerts import AlertForm, SettleAlertForm
from inspections.guards import inspection_page
from inspections.models import Inspection
from inspections.queries import may
from inspections.queries.alerts import alerts_of


@inspection_page(see=access.SEE_ALERT, do=access.RAISE_ALERT)
def alert(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """Posting raises one."""
    form = AlertForm(request.POST) if request.method == "POST" else None
    if form and form.is_valid():
        try:
            raise_alert(by=cast(User, request.user), inspection=inspection, reason=form.cleaned_data["reason"])
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The alert is raised. The heads of programme have been told.")
            return redirect("inspections:alert", ref=inspection.ref)
    return shown(request, inspection, form)


@inspection_page(do=access.SETTLE_ALERT)
def settle(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    form = SettleAlertForm(request.POST)
    if not form.is_valid():
        return shown(request, inspection, form)
    try:
        settle_alert(by=cast(User, request.user), inspection=inspection, **form.said())
    except Refused as refused:
        form.add_error(None, str(refused))
        return shown(request, inspection, form)
    messages.success(request, "Your decision about the alert is recorded. The lead inspector has been told.")
    return redirect("inspections:alert", ref=inspection.ref)


def shown(request: HttpRequest, inspection: Inspection, form: AlertForm | SettleAlertForm | None) -> HttpResponse:
    alerts = list(alerts_of(inspection))
    standing = next((found for found in alerts if not found.refused_at), None)
    waits = standing is not None and not standing.confirmed_at
    raising = standing is None and may(inspection, access.RAISE_ALERT)
    settling = waits and may(inspection, access.SETTLE_ALERT)
    page = {
        "inspection": inspection,
        "alerts": alerts,
        "form": form,
        "raise_form": (form if isinstance(form, AlertForm) else AlertForm()) if raising else None,
        "settle_form": (form if isinstance(form, SettleAlertForm) else SettleAlertForm()) if settling else None,
    }
    return render(request, "inspections/alert_show.html", page)
