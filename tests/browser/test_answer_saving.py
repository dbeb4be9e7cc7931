"""The script of the case read page against every reply and every fault of the network, in a real browser.

The page is drawn here from the shared components, so that each reply can be chosen. A journey saves for real.
"""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.http import HttpRequest
from django.template import engines
from playwright.sync_api import BrowserContext, Page, Request, Route, expect

from tests.browser.conftest import ViolationsOf

pytestmark = pytest.mark.django_db(transaction=True)

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'"
)
PAGE = """{% extends "base.html" %}
{% block title %}C-07{% endblock %}
{% block scripts %}<script type="module" src="{% static 'js/case-read.js' %}"></script>{% endblock %}
{% block content %}
  <h1 class="govuk-heading-l">2.1 Assessing</h1>
  {% include "components/save_line.html" with saved_text="All answers saved, 10:42am" %}
  <form method="post" action="/read" data-set-aside-url="/save/aside" novalidate>
    <input type="hidden" name="csrfmiddlewaretoken" value="a-token">
    {% for code in "ab" %}
      <div class="app-answer" data-answer data-question="{{ code }}" data-version="3" data-save-url="/save/{{ code }}">
        <input type="hidden" name="base_version-{{ code }}" value="3">
        <fieldset class="govuk-fieldset">
          <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">Question {{ code }}</legend>
          <div class="govuk-radios govuk-radios--small">
            {% for value in values %}
              <div class="govuk-radios__item">
                <input class="govuk-radios__input" type="radio" name="value-{{ code }}" value="{{ value }}" id="{{ value }}-{{ code }}">
                <label class="govuk-label govuk-radios__label" for="{{ value }}-{{ code }}">{{ value }}<span class="govuk-visually-hidden">, question {{ code }}</span></label>
              </div>
            {% endfor %}
          </div>
          <label class="govuk-label" for="reason-{{ code }}">Reason for {{ code }}</label>
          <select class="govuk-select" name="na_reason-{{ code }}" id="reason-{{ code }}"><option value=""></option><option value="short">Order too short</option></select>
          <label class="govuk-label" for="evidence-{{ code }}">Evidence for {{ code }}</label>
          <textarea class="govuk-textarea" name="evidence-{{ code }}" id="evidence-{{ code }}">As drawn</textarea>
        </fieldset>
        <button type="button" class="app-link-button" data-clear-answer hidden>Clear {{ code }}</button>
      </div>
    {% endfor %}
    <button class="govuk-button" name="then" value="next">Save and continue</button>
  </form>
{% endblock %}"""  # noqa: E501

NOT_SAVED = "Not saved yet: 1 answer. We'll keep trying. Keep this page open."
THEIRS = {
    "value": "no",
    "na_reason": "",
    "evidence": "Their <b>view</b>",
    "version": 9,
    "by": "Rhian Pugh",
    "at": "10:40am",
}


def saved(message: dict[str, Any]) -> dict[str, Any]:
    body = {
        "status": "saved",
        "question": message["question"],
        "version": message["base_version"] + 1,
        "saved_at": "10:43am",
    }
    return {"status": 200, "json": body}


def stale(message: dict[str, Any]) -> dict[str, Any]:
    return {"status": 409, "json": {"status": "stale", "question": message["question"], "theirs": THEIRS}}


def refused(message: dict[str, Any]) -> dict[str, Any]:
    return {"status": 422, "json": {"status": "refused", "message": "Say why"}}


class Reading:
    """The page, what it has sent, and what it gets back: a function of the message, or None for a cut network."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.reply: Callable[[dict[str, Any]], dict[str, Any]] | None = saved
        self.sent: list[dict[str, Any]] = []
        self.posted: list[str] = []
        self.token = ""
        self.text = page.locator("[data-save-text]")
        self.status = page.locator("[data-save-status]")
        self.alert = page.locator("[data-save-alert]")
        self.box = page.locator(".app-answer-box")

    def answer(self, route: Route, request: Request) -> None:
        message = json.loads(request.post_data or "")
        self.sent.append(message)
        self.token = request.headers["x-csrftoken"]
        if self.reply is None:
            route.abort()
        else:
            route.fulfill(**self.reply(message))

    def form(self, route: Route, request: Request) -> None:
        if request.method == "POST":
            self.posted.append(request.post_data or "")
        request_here = HttpRequest()
        html = engines["django"].from_string(PAGE).render({"values": ["yes", "no", "na"]}, request_here)
        route.fulfill(body=html, content_type="text/html", headers={"Content-Security-Policy": POLICY})

    def choose(self, value: str, code: str = "a") -> None:
        self.page.locator(f"#{value}-{code}").check()

    def write(self, text: str, code: str = "a") -> None:
        """Types and leaves the field."""
        field = self.page.locator(f"#evidence-{code}")
        field.fill(text)
        field.blur()

    def contents(self) -> list[tuple[str, str]]:
        return [(message["value"], message["evidence"]) for message in self.sent]


@pytest.fixture
def reading(context: BrowserContext) -> Iterator[Reading]:
    """Not the page fixture: a cut network and a refusal rightly complain in the console."""
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(error.message))
    page.on(
        "console", lambda message: faults.append(message.text) if "Content Security Policy" in message.text else None
    )
    reading = Reading(page)
    page.route("**/read", reading.form)
    page.route("**/save/*", reading.answer)
    page.goto("/read")
    yield reading
    page.close()
    assert faults == []


def test_an_untouched_page_says_what_the_server_drew_and_sends_nothing(reading: Reading) -> None:
    expect(reading.text).to_have_text("All answers saved, 10:42am")
    reading.page.locator("#evidence-a").focus()
    reading.page.locator("#evidence-a").blur()
    assert reading.sent == []


def test_a_choice_is_sent_at_once_and_called_saved_only_after_the_receipt(reading: Reading) -> None:
    held: list[Route] = []
    reading.page.route("**/save/a", lambda route: held.append(route))
    reading.choose("yes")
    expect(reading.text).to_have_text("Saving…")
    assert reading.page.title().startswith("Unsent: C-07")
    assert reading.status.text_content() == ""
    body = {"status": "saved", "question": "a", "version": 4, "saved_at": "10:43am"}
    held[0].fulfill(status=200, json=body)
    expect(reading.text).to_have_text("All answers saved, 10:43am")
    expect(reading.status).to_have_text("All answers saved, 10:43am")
    assert reading.page.title().startswith("C-07")


def test_a_message_has_the_token_the_version_and_an_id_of_its_own(reading: Reading) -> None:
    reading.choose("yes")
    expect(reading.text).to_have_text("All answers saved, 10:43am")
    reading.choose("no")
    expect(reading.page.locator("[name=base_version-a]")).to_have_value("5")
    first, second = reading.sent
    ids = {first.pop("save_id"), second.pop("save_id")}
    assert len(ids) == 2
    drawn = {"question": "a", "na_reason": "", "evidence": "As drawn", "despite_reason": "", "change_reason": ""}
    assert first == {**drawn, "value": "yes", "base_version": 3}
    assert second == {**drawn, "value": "no", "base_version": 4}
    assert reading.token == "a-token"


def test_text_that_the_browser_put_back_never_overwrites_an_answer_unseen(reading: Reading) -> None:
    put_back = "() => { document.querySelector('#evidence-a').value = 'Put back' }"
    reading.page.add_init_script(f"document.addEventListener('readystatechange', {put_back})")
    reading.reply = stale
    reading.page.reload()
    expect(reading.box.locator(".app-text")).to_have_text(["Put back", "Their <b>view</b>"])
    assert [message["base_version"] for message in reading.sent] == [0]


def test_a_text_too_long_for_a_closing_page_is_saved_like_any_other(reading: Reading) -> None:
    reading.write("x" * 90_000)
    expect(reading.text).to_have_text("All answers saved, 10:43am")
    assert reading.alert.text_content() == ""


def test_text_is_sent_after_a_pause_in_typing(reading: Reading) -> None:
    reading.page.locator("#evidence-a").press_sequentially(" and more. ")
    assert reading.sent == []
    expect(reading.text).to_have_text("All answers saved, 10:43am")
    assert reading.contents() == [("", " and more. As drawn")]


def test_text_is_sent_on_leaving_the_field(reading: Reading) -> None:
    reading.write("Left")
    expect(reading.text).to_have_text("All answers saved, 10:43am")
    assert reading.contents() == [("", "Left")]


def test_a_reason_counts_only_while_the_answer_is_not_applicable(reading: Reading) -> None:
    reading.choose("na")
    reading.page.locator("#reason-a").select_option("short")
    reading.choose("yes")
    expect(reading.page.locator("[name=base_version-a]")).to_have_value("6")
    assert [message["na_reason"] for message in reading.sent] == ["", "short", ""]


def test_an_answer_can_be_cleared(reading: Reading) -> None:
    reading.choose("yes")
    reading.page.get_by_role("button", name="Clear a").click()
    expect(reading.page.locator("[name=base_version-a]")).to_have_value("5")
    assert reading.contents() == [("yes", "As drawn"), ("", "As drawn")]


def test_a_cut_network_loses_nothing_and_says_so(reading: Reading, violations: ViolationsOf) -> None:
    reading.reply = None
    reading.write("During the cut")
    expect(reading.text).to_have_text(NOT_SAVED)
    expect(reading.alert).to_have_text(NOT_SAVED)
    assert violations(reading.page) == []
    reading.write("Written on during the cut")
    reading.reply = saved
    reading.page.get_by_role("button", name="Send now").click()
    expect(reading.text).to_have_text("Connected again. All answers saved, 10:43am")
    expect(reading.status).to_have_text("Connected again. All answers saved, 10:43am")
    assert [evidence for _, evidence in reading.contents()][-2:] == ["During the cut", "Written on during the cut"]
    assert len({message["save_id"] for message in reading.sent[:-1]}) == 1


def test_a_save_is_tried_again_without_being_asked(reading: Reading) -> None:
    reading.reply = None
    reading.choose("yes")
    expect(reading.text).to_have_text(NOT_SAVED)
    reading.reply = saved
    expect(reading.text).to_have_text("Connected again. All answers saved, 10:43am")


def test_a_stale_save_shows_both_texts_and_mine_can_be_kept(reading: Reading, violations: ViolationsOf) -> None:
    reading.reply = stale
    reading.choose("yes")
    reading.write("My <i>view</i>")
    expect(reading.box.locator(".app-text")).to_have_text(["My <i>view</i>", "Their <b>view</b>"])
    expect(reading.box.locator(".app-answer-box__heading")).to_have_text(
        "Rhian Pugh changed this answer at 10:40am. Choose which to keep"
    )
    assert violations(reading.page) == []
    reading.reply = saved
    reading.page.get_by_role("button", name="Use mine for a").click()
    expect(reading.text).to_have_text("All answers saved, 10:43am")
    expect(reading.box).to_have_count(0)
    assert (reading.sent[-1]["evidence"], reading.sent[-1]["base_version"]) == ("My <i>view</i>", 9)


def test_a_stale_answer_does_not_hold_up_the_others(reading: Reading) -> None:
    reading.reply = lambda message: (stale if message["question"] == "a" else saved)(message)
    reading.choose("yes", "a")
    reading.choose("yes", "b")
    expect(reading.page.locator("[name=base_version-b]")).to_have_value("4")
    expect(reading.text).to_have_text("Not saved: 1 answer. Look for the box beside it.")


def test_a_refused_answer_says_why_and_is_sent_again_when_changed(reading: Reading) -> None:
    reading.reply = refused
    reading.write("Too much")
    expect(reading.box).to_have_text("Say why")
    reading.reply = saved
    reading.write("Just enough")
    expect(reading.box).to_have_count(0)
    expect(reading.text).to_have_text("All answers saved, 10:43am")


@pytest.mark.parametrize(
    ("reply", "sentence"),
    [
        ({"status": 404}, "You can no longer change this case. Your unsent text is below so you can copy it"),
        ({"status": 403, "json": {"status": "closed", "message": "Sent by Sam"}}, "Sent by Sam"),
    ],
)
def test_what_can_no_longer_be_saved_can_be_copied(
    reading: Reading, violations: ViolationsOf, reply: dict[str, Any], sentence: str
) -> None:
    reading.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    reading.reply = lambda message: reply
    reading.choose("na")
    expect(reading.box.locator(".app-answer-box__heading")).to_have_text(sentence)
    expect(reading.alert).to_have_text(f"a: {sentence}")
    assert violations(reading.page) == []
    reading.page.get_by_role("button", name="Copy my text for a").click()
    expect(reading.box.get_by_role("button")).to_have_text("Copied for a")
    assert reading.page.evaluate("navigator.clipboard.readText()") == "a: na\nAs drawn"


@pytest.mark.parametrize("reply", [{"status": 401}, {"status": 302, "headers": {"Location": "/sign-in/"}}])
def test_signed_out_says_so_and_locks_nothing(
    reading: Reading, violations: ViolationsOf, reply: dict[str, Any]
) -> None:
    reading.reply = lambda message: reply
    reading.choose("na")
    sentence = "Sign in again to save your work. Nothing you typed has been lost."
    expect(reading.text).to_have_text(sentence)
    expect(reading.alert).to_have_text(sentence)
    expect(reading.page.get_by_role("link", name="Sign in (opens in a new tab)")).to_be_visible()
    expect(reading.box).to_have_count(0)
    assert reading.page.locator("[data-answer] :disabled").count() == 0
    assert violations(reading.page) == []


def test_leaving_with_unsent_text_asks_first(reading: Reading) -> None:
    asked: list[str] = []
    reading.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    reading.reply = None
    reading.choose("yes")
    expect(reading.text).to_have_text(NOT_SAVED)
    reading.page.reload()
    assert asked == ["beforeunload"]


def test_leaving_with_everything_saved_asks_nothing(reading: Reading) -> None:
    asked: list[str] = []
    reading.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    reading.choose("yes")
    expect(reading.text).to_have_text("All answers saved, 10:43am")
    reading.page.reload()
    assert asked == []


def test_going_on_waits_for_the_receipt_and_posts_the_newest_version(reading: Reading) -> None:
    reading.page.locator("#evidence-a").press_sequentially("!")
    with reading.page.expect_event("load"):  # a page that is closed before its next one is there may wait for ever
        reading.page.get_by_role("button", name="Save and continue").click()
    (body,) = reading.posted
    assert reading.contents() == [("", "!As drawn")]
    assert "base_version-a=4" in body.split("&")
    assert "then=next" in body.split("&")


def test_going_on_stays_here_while_the_network_is_cut(reading: Reading) -> None:
    reading.reply = None
    reading.write("Kept")
    reading.page.get_by_role("button", name="Save and continue").click()
    expect(reading.text).to_have_text(NOT_SAVED)
    expect(reading.page.locator("#evidence-a")).to_have_value("Kept")
    assert reading.posted == []
