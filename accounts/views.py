"""Signing in and out, and the pages for when something is refused."""

from typing import cast

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt

from accounts import actions, queries
from accounts.forms import SignInForm
from accounts.guards import public, signed_in_page
from accounts.models import User


@public(post=True)
def sign_in(request: HttpRequest) -> HttpResponse:
    form = SignInForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        actions.sign_in(by=cast(User, form.person), request=request)
        return redirect(next_page(request))
    return render(request, "accounts/person_sign_in.html", {"form": form, "demo_people": people_to_try()})


def next_page(request: HttpRequest) -> str:
    """Where the person wanted to go, if that is a page of ours."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        return wanted
    return resolve_url(settings.LOGIN_REDIRECT_URL)


def people_to_try() -> list[User]:
    return list(queries.demo_people()) if settings.DEMO else []


@signed_in_page(get=False, post=True)
def sign_out(request: HttpRequest) -> HttpResponse:
    actions.sign_out(by=cast(User, request.user), request=request)
    response = redirect("accounts:sign-in")
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


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
    return render(request, "accounts/person_locked_out.html", status=429)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", status=403)
