"""The key with which a browser locks answers that are not sent yet."""

from base64 import b64encode
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, JsonResponse

from accounts import actions, clock, queries
from accounts.models import User
from inspections import access
from inspections.guards import office_page


@office_page(do=access.OWN_UNSENT)
def unsent_key(request: HttpRequest) -> JsonResponse:
    """By POST, because the first of a day makes the key."""
    person = cast(User, request.user)
    return JsonResponse(keys(person) if settings.KEEP_UNSENT else {"keep": False})


def keys(person: User) -> dict[str, Any]:
    """All that are not forgotten yet, and which of them is today's; `now` in milliseconds, as scripts count."""
    current = actions.draft_key_of_today(by=person)
    return {
        "keep": True,
        "person": str(person.pk),
        "now": int(clock.now().timestamp() * 1000),
        "keep_hours": settings.KEEP_UNSENT_HOURS,
        "current": str(current.pk),
        "keys": {str(key.pk): b64encode(key.key).decode() for key in queries.draft_keys_of(person)},
    }
