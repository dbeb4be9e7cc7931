"""Figures that keep up by themselves: replaced when they change, left alone when not, and honest when they cannot."""

import re
from collections.abc import Iterator

import pytest
from django.http import HttpRequest
from django.template import engines
from django.utils.safestring import mark_safe
from playwright.sync_api import BrowserContext, Page, Request, Route, expect

pytestmark = pytest.mark.django_db(transaction=True)

PAGE = """{% extends "base.html" %}
{% block title %}Progress{% endblock %}
{% block scripts %}<script type="module" src="{% static 'js/live.js' %}"></script>{% endblock %}
{% block content %}
  <h1>Progress</h1>
  {% include "components/live_region.html" with url="/figures" seconds="0.2" fragment=fragment %}
{% endblock %}"""
FRAGMENT = '<p id="count">{} sent</p><a href="/c-07">C-07</a><details id="more"><summary>More</summary>x</details>'


class Figures:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 1
        self.working = True
        self.asked: list[str | None] = []
        self.note = page.locator("[data-live-note]")
        self.shown = page.locator("#count")

    def html(self) -> str:
        return FRAGMENT.format(self.count)

    def answer(self, route: Route, request: Request) -> None:
        self.asked.append(request.headers.get("if-none-match"))
        etag = f'"{self.count}"'
        if not self.working:
            route.abort()
        elif self.asked[-1] == etag:
            route.fulfill(status=304)
        else:
            route.fulfill(body=self.html(), headers={"ETag": etag, "Cache-Control": "no-store"})

    def draw(self, route: Route) -> None:
        given = {"fragment": "figures", "parts": {"figures": mark_safe(self.html())}}  # noqa: S308  ours
        page = engines["django"].from_string(PAGE).render(given, HttpRequest())
        route.fulfill(body=page, content_type="text/html")

    def wait_for_answers(self, number: int) -> None:
        seen = len(self.asked)
        while len(self.asked) < seen + number:
            self.page.wait_for_timeout(50)


@pytest.fixture
def figures(context: BrowserContext) -> Iterator[Figures]:
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(error.message))
    figures = Figures(page)
    page.route("**/progress", figures.draw)
    page.route("**/figures", figures.answer)
    page.goto("/progress")
    yield figures
    page.close()
    assert faults == []


def test_new_figures_appear_without_a_reload(figures: Figures) -> None:
    expect(figures.shown).to_have_text("1 sent")
    figures.count = 2
    expect(figures.shown).to_have_text("2 sent")


def test_the_same_figures_are_asked_for_by_their_tag_and_not_drawn_again(figures: Figures) -> None:
    figures.page.evaluate("document.querySelector('#count').marked = true")
    figures.wait_for_answers(3)
    assert figures.asked[-1] == '"1"'
    assert figures.page.evaluate("document.querySelector('#count').marked") is True


def test_new_figures_leave_the_reader_where_they_were(figures: Figures) -> None:
    figures.page.locator("#more summary").click()
    figures.page.get_by_role("link", name="C-07").focus()
    figures.count = 2
    expect(figures.shown).to_have_text("2 sent")
    expect(figures.page.get_by_role("link", name="C-07")).to_be_focused()
    expect(figures.page.locator("#more")).to_have_attribute("open", "")


def test_a_cut_network_says_how_old_the_figures_are_until_it_is_back(figures: Figures) -> None:
    figures.working = False
    expect(figures.note).to_have_text(re.compile(r"^Not connected, figures as at \d{1,2}:\d\d[ap]m$"))
    figures.working = True
    expect(figures.note).to_have_text("")
