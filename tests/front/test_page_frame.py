"""The frame of every page: title, header, navigation, messages, help, and the pages for when something went wrong."""

import re
from pathlib import Path

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template import Context, Template, engines
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import Role, User
from tests.front.pages import Element, read

DASH = "\N{EN DASH}"
TEMPLATES = Path(engines["django"].engine.dirs[0])
PAGE = """{% extends "base.html" %}
{% block title %}Team, YI-25-014{% endblock %}
{% block content %}<h1>Team</h1>{% endblock %}"""


class Reason(forms.Form):
    reason = forms.CharField(error_messages={"required": "Say why"})


@pytest.fixture
def request_of(rf):
    def make(user=None):
        request = rf.get(reverse("inspections:list"))
        request.user = user or AnonymousUser()
        return request

    return make


def draw(request, **context: object) -> Element:
    return read(engines["django"].from_string(PAGE).render(context, request))


@pytest.fixture
def page(request_of) -> Element:
    return draw(request_of(User(name="Rhian Pugh", role=Role.INSPECTOR)))


def test_the_title_says_page_section_and_service(page):
    assert page.one("title").text == f"Team, YI-25-014 {DASH} Youth inspection fieldwork"


def test_the_title_of_a_page_with_errors_says_so_first(request_of):
    page = draw(request_of(), form=Reason({}))
    assert page.one("title").text == f"Error: Team, YI-25-014 {DASH} Youth inspection fieldwork"
    assert draw(request_of(), form=Reason()).one("title").text.startswith("Team")


def test_errors_are_listed_above_the_heading(request_of):
    main = draw(request_of(), form=Reason({})).one("main")
    first, *_ = [child for child in main.children if isinstance(child, Element)]
    assert first.classes == ["govuk-error-summary"]
    assert [link.attrs["href"] for link in first.all("a")] == ["#id_reason"]


def test_the_page_has_language_skip_link_and_landmarks(page):
    assert page.one("html").attrs["lang"] == "en"
    target = page.one("a", cls="govuk-skip-link").attrs["href"]
    assert page.one("main").attrs["id"] == target.removeprefix("#")
    assert [len(page.all(tag)) for tag in ("header", "main", "footer")] == [1, 1, 1]


def test_the_header_names_the_person_and_lets_them_sign_out_by_post(page):
    assert "Rhian Pugh" in page.one("header").text
    form = page.one("form", action=reverse("accounts:sign-out"))
    assert form.attrs["method"] == "post"
    assert form.one("button").text == "Sign out"
    assert form.one(name="csrfmiddlewaretoken").attrs["value"] != ""


def test_the_navigation_marks_where_one_is(page):
    current = [link.text for link in page.one("nav").all("a") if link.attrs.get("aria-current")]
    assert current == ["Inspections"]


def test_somebody_who_is_not_signed_in_sees_no_navigation_and_no_name(request_of):
    page = draw(request_of())
    assert page.all("nav") == []
    assert page.all("form") == []


@pytest.mark.parametrize(("demo", "banners"), [(True, 1), (False, 0)])
def test_demo_data_are_announced_on_every_page(request_of, demo, banners):
    assert len(draw(request_of(), demo=demo).all("div", cls="govuk-phase-banner")) == banners


def test_breadcrumbs_lead_back(request_of):
    page = draw(request_of(), breadcrumbs=[{"text": "Inspections", "href": "/inspections/"}])
    (link,) = page.one("nav", cls="govuk-breadcrumbs").all("a")
    assert (link.text, link.attrs["href"]) == ("Inspections", "/inspections/")


def test_help_is_in_the_footer(page):
    assert page.one("footer").one("h2").text == "Help"


@pytest.mark.parametrize(
    ("level", "cls", "role"),
    [
        (constants.SUCCESS, "govuk-notification-banner--success", "alert"),
        (constants.INFO, "moj-alert--information", "region"),
        (constants.WARNING, "moj-alert--warning", "region"),
        (constants.ERROR, "moj-alert--error", "region"),
    ],
)
def test_a_message_is_shown_as_what_it_is(request_of, level, cls, role):
    page = draw(request_of(), messages=[Message(level, "C-07 <b>was</b> sent")])
    box = page.one("div", cls=cls)
    assert box.attrs["role"] == role
    assert "C-07 <b>was</b> sent" in box.text


def test_what_one_may_not_see_looks_as_if_it_did_not_exist(request_of):
    forbidden, missing = (read(render_to_string(name, request=request_of())) for name in ("403.html", "404.html"))
    assert forbidden == missing
    assert missing.one("h1").text == "Page not found"


def test_a_fault_is_answered_without_a_request_and_without_a_query():
    page = read(render_to_string("500.html"))
    assert page.one("h1").text == "There is a problem with this service"
    assert page.one("title").text == f"There is a problem with this service {DASH} Youth inspection fieldwork"


def test_a_refused_token_says_what_to_do(request_of):
    page = read(render_to_string("403_csrf.html", request=request_of()))
    assert page.one("title").text == f"We could not accept that {DASH} Youth inspection fieldwork"
    assert "Nothing was changed." in page.one("main").text


def sources() -> list[Path]:
    return sorted(TEMPLATES.rglob("*.html"))


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_no_template_holds_styles_scripts_or_handlers_of_its_own(path):
    source = path.read_text()
    assert re.findall(r"\sstyle=|<style|\son[a-z]+=|javascript:|<script(?![^>]*\ssrc=)", source) == []


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_no_template_prints_its_own_comments(path):
    text = Template(path.read_text()).source
    assert re.findall(r"\{#[^\n]*$", re.sub(r"\{#.*?#\}", "", text), re.MULTILINE) == []


def test_an_alert_escapes_what_it_says():
    source = '{% include "components/alert.html" with variant="warning" text=text %}'
    alert = read(Template(source).render(Context({"text": "<b>3</b> cases"})))
    assert alert.one("div", cls="moj-alert__content").text == "<b>3</b> cases"
