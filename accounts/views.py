"""Signing in and out, one's own settings, and the pages for when something is refused."""

import re
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.shortcuts import redirect, render, resolve_url
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt

from accounts import actions, queries
from accounts.forms import CodeForm, LinkForm, SettingsForm, SignInForm
from accounts.guards import Access, public, sign_in_url, signed_in_page
from accounts.models import Role, User
from accounts.sent import sent, typed
from accounts.sessions import SessionStore

STAFF = frozenset(Role) - {Role.SERVICE_CONTACT}


@public(post=True)
def sign_in(request: HttpRequest) -> HttpResponse:
    if request.method != "POST" and request.user.is_authenticated:
        return redirect(next_page(request))
    form = SignInForm(sent(request), request=request)
    if request.method == "POST" and form.is_valid():
        actions.sign_in(by=cast(User, form.person), request=request)
        return redirect(next_page(request))
    page = {"form": form, "demo_people": people_to_try(), "next": next_page(request)}
    return render(request, "accounts/person_sign_in.html", page)


ASKED = "sign_in_request"  # in the session of the browser that asked for a link


@public(post=True)
def ask_for_link(request: HttpRequest) -> HttpResponse:
    """The answer is the same whoever is asked for."""
    form = LinkForm(sent(request))
    if request.method == "POST" and form.is_valid():
        email, sender = form.cleaned_data["email"], request.META.get("REMOTE_ADDR") or None
        try:
            asked = actions.ask_for_link(email=email, sender=sender, next_page=next_page(request)[:500])
        except actions.AskedTooOften as refused:
            return render(request, "accounts/link_too_often.html", {"minutes": refused.minutes}, status=429)
        request.session[ASKED] = asked.pk
        return redirect("accounts:enter-code")
    return render(request, "accounts/link_ask.html", {"form": form})


@public(post=True)
def enter_code(request: HttpRequest) -> HttpResponse:
    asked = queries.sign_in_request(request.session.get(ASKED))
    if asked is None:
        return redirect("accounts:ask-for-link")
    form = CodeForm(sent(request))
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["sign_in_code"]
        try:
            wanted = actions.sign_in_by_code(number=asked.pk, code=code, request=request)
            request.session.pop(ASKED, None)
            return redirect(wanted)
        except actions.LinkRefused as refused:
            form.add_error("sign_in_code", str(refused))
    return render(request, "accounts/link_code.html", {"form": form, "asked": asked})


@public(post=True)
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Opening it signs nobody in: programs that look at links in e-mails would use it up."""
    if request.method != "POST":
        return render(request, "accounts/link_open.html", {"problem": actions.link_refusal(token)})
    try:
        return redirect(actions.sign_in_by_link(token=token, request=request))
    except actions.LinkRefused as refused:
        return render(request, "accounts/link_open.html", {"problem": str(refused)})


def next_page(request: HttpRequest) -> str:
    """Where the person wanted to go, if that is a page of ours that can be opened."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    if is_ours(request, wanted) and can_be_opened(wanted):
        return wanted
    return resolve_url(settings.LOGIN_REDIRECT_URL)


def is_ours(request: HttpRequest, address: str) -> bool:
    return url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())


def can_be_opened(address: str) -> bool:
    """Not an address that only takes what a form sends: a sign-in page between form and answer loses what was sent."""
    try:
        access = getattr(resolve(re.split("[?#]", address, maxsplit=1)[0]).func, "access", None)
    except Resolver404:
        return False
    return isinstance(access, Access) and "GET" in access.methods


def people_to_try() -> list[User]:
    return list(queries.demo_people()) if settings.DEMO else []


@public(get=False, post=True)
def sign_out(request: HttpRequest) -> HttpResponse:
    """Also for somebody whose session has already ended."""
    if request.user.is_authenticated:
        actions.sign_out(by=request.user, request=request)
    response = redirect("accounts:sign-in")
    response.delete_cookie(CookieStorage.cookie_name)  # messages that were not shown yet
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


@signed_in_page(get=False, post=True)
def stay_signed_in(request: HttpRequest) -> JsonResponse:
    """For static/js/session-end.js."""
    session = cast(SessionStore, request.session)
    actions.stay_signed_in(by=cast(User, request.user), session=session)
    return JsonResponse({"ends_in": session.seconds_left, "ends_at": session.ends_at_words})


@signed_in_page(post=True, offered_to=STAFF)
def settings_page(request: HttpRequest) -> HttpResponse:
    person = cast(User, request.user)
    now = {
        "quick_answers": "on" if person.quick_answers else "off",
        "speaks_welsh": "yes" if person.speaks_welsh else "no",
        "email_news": person.email_news,
    }
    form = SettingsForm(sent(request), initial=now)
    if request.method == "POST" and form.is_valid():
        actions.set_quick_answers(by=person, on=form.cleaned_data["quick_answers"] == "on")
        actions.set_speaks_welsh(by=person, speaks=form.cleaned_data["speaks_welsh"] == "yes")
        actions.set_email_news(by=person, news=form.cleaned_data["email_news"])
        messages.success(request, "Your settings are saved.")
        return redirect("accounts:settings")
    return render(request, "accounts/person_settings.html", {"form": form})


@csrf_exempt
@public(get=False, post=True)
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Scriptable: POST person=<email>. The address exists in demo mode only (accounts/urls.py)."""
    person = queries.demo_person(request.POST.get("person", ""))
    if person is None:
        raise Http404
    actions.sign_in(by=person, request=request, how="demo")
    return redirect(next_page(request))


def locked_out(request: HttpRequest, *_args: object, **_kwargs: object) -> HttpResponse:
    """What django-axes answers instead of the sign-in page, to whoever is or is not known under that address."""
    minutes = queries.minutes_locked_out(request.POST.get("email", ""), request.META.get("REMOTE_ADDR"))
    return render(request, "accounts/person_locked_out.html", {"minutes": minutes}, status=429)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The same for every address, so it tells nobody what there is; a form sent to it gets its own text back."""
    try:
        kept = typed(request) if request.method == "POST" else []
    except (SuspiciousOperation, UnreadablePostError):  # too large, or broken off
        kept = []
    return render(request, "404.html", {"typed": kept}, status=404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"status": "token"}, status=403)
    again = request.get_full_path() if can_be_opened(request.path) else resolve_url(settings.LOGIN_REDIRECT_URL)
    page = {"typed": typed(request), "page_url": again, "sign_in_url": sign_in_url(request)}
    return render(request, "403_csrf.html", page, status=403)
