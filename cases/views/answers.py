"""The addresses to which the case read page sends each answer, and what was set aside, on its own."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from functools import wraps
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, JsonResponse

from accounts import clock
from accounts.models import User
from cases.actions import answers as saving
from cases.actions import set_aside as setting
from cases.actions.answers import AnswerRefused, CaseClosed, Receipt, StaleAnswer
from cases.forms.answers import Unreadable, read_given_up_message, read_message
from cases.guards import case_page, closed_instead
from cases.models import Case
from cases.queries.answers import standing
from cases.queries.names import noticed
from cases.rules.answers import Kept, Standing, closed_sentence, time_words
from inspections import access

SIGN_IN = "Sign in again to save your work. Nothing you typed has been lost"
COPY = "Your unsent text is below so you can copy it"


def signed_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A script that asked for JSON is not sent to the sign-in page."""

    @wraps(view)
    def page(request: HttpRequest, **address: Any) -> HttpResponse:
        if not request.user.is_authenticated and "application/json" in request.headers.get("Accept", ""):
            return JsonResponse({"status": "signed_out", "message": SIGN_IN}, status=401)
        return view(request, **address)

    return page


def closed(request: HttpRequest, found: Standing) -> JsonResponse:
    message = f"{why_closed(cast(User, request.user), found)} {COPY}"
    return JsonResponse({"status": "closed", "message": message}, status=403)


@signed_in
@closed_instead(lambda request, case: closed(request, standing(case)))
@case_page(do=access.READ_CASE)
def save_answer(request: HttpRequest, case: Case) -> JsonResponse:
    try:
        sent = read_message(request)
        receipt = saving.save_answer(by=cast(User, request.user), case=case, **vars(sent))
    except (Unreadable, AnswerRefused) as refused:
        return JsonResponse({"status": "refused", "message": str(refused)}, status=422)
    except StaleAnswer as found:
        return JsonResponse({"status": "stale", "question": sent.question, "theirs": theirs(found.theirs)}, status=409)
    except CaseClosed as refused:
        return closed(request, refused.found)
    warnings = [asdict(warned) for warned in noticed(case, sent.content)]
    return acknowledged(receipt, warnings=warnings)


@signed_in
@closed_instead(lambda request, case: closed(request, standing(case)))
@case_page(do=access.READ_CASE)
def set_aside(request: HttpRequest, case: Case) -> JsonResponse:
    try:
        receipt = setting.set_aside(by=cast(User, request.user), case=case, **vars(read_given_up_message(request)))
    except (Unreadable, AnswerRefused) as refused:
        return JsonResponse({"status": "refused", "message": str(refused)}, status=422)
    except CaseClosed as refused:
        return closed(request, refused.found)
    return acknowledged(receipt)


def acknowledged(receipt: Receipt, **more: Any) -> JsonResponse:
    said = {"question": receipt.question, "version": receipt.version, "saved_at": said_time(receipt.saved_at)}
    return JsonResponse({"status": "saved", **said, **more})


def theirs(kept: Kept) -> dict[str, Any]:
    return {**asdict(kept.content), "version": kept.version, "by": kept.by, "at": said_time(kept.at)}


def said_time(moment: datetime) -> str:
    return time_words(moment.astimezone(clock.LONDON), clock.now().astimezone(clock.LONDON))


def why_closed(person: User, found: Standing) -> str:
    return closed_sentence(found, person.pk, clock.now().astimezone(clock.LONDON))
