"""What a person was told."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.models import User
from inspections import access
from inspections.actions.notifications import mark_all_read, mark_read
from inspections.guards import office_page
from inspections.queries.notifications import notification_for, notifications_of, unread_count
from inspections.views.pages import paginated

PAGE = 50


@office_page(see=access.OWN_NOTIFICATIONS, do=access.OWN_NOTIFICATIONS)
def notifications(request: HttpRequest) -> HttpResponse:
    person = cast(User, request.user)
    if request.method != "POST":
        page = {"pages": paginated(request, notifications_of(person), PAGE), "unread": unread_count(person)}
        return render(request, "inspections/notification_list.html", page)
    if number := request.POST.get("notification"):
        mark_read(notification=notification_for(person, number), by=person)
    else:
        mark_all_read(by=person)
    return redirect("inspections:notifications")
