"""Text that was pasted from elsewhere stays text on every page that shows it: nothing in it is drawn or run."""

import re

import pytest
from django.test import Client
from playwright.sync_api import expect

from accounts import clock
from cases.models import Answer, Case
from tests.answering import save
from tests.factories import inspection_with_team, sampled_cases

pytestmark = pytest.mark.django_db(transaction=True)
PASTED = """<html xmlns:w="urn:schemas-microsoft-com:office:word"><!--[if gte mso 9]><xml><w:View>Normal</w:View></xml>
<![endif]--><p class=MsoNormal style='mso-margin-top-alt:auto'>Seen<o:p></o:p></p></textarea></template></title>
<script>window.ran = "script"</script><img src=x onerror="window.ran = 'image'"><svg onload="window.ran = 'svg'">
<a href="javascript:window.ran = 'link'">{{ 7|add:7 }} {% now "Y" %} &amp; &lt; \u202etfel\u202c ŵ ŷ \N{PARTY POPPER}"""
SAVED = re.compile(r"^All answers saved, \d{1,2}:\d\d[ap]m$")


@pytest.fixture
def case(people) -> Case:
    return sampled_cases(inspection_with_team(people), reader=people.assistant)[0]


def shows_it_as_text(page) -> bool:
    """The words stand on the page as they were typed, in an element or a field, and nothing of them ran."""
    said = page.evaluate(
        """() => [window.ran, document.body.textContent,
                  ...[...document.querySelectorAll('textarea')].map(field => field.value)]"""
    )
    assert said[0] is None
    return any(PASTED in text for text in said[1:])


def test_pasted_html_is_text_wherever_it_is_shown(page, case, people, live_server):
    client = Client()
    client.force_login(people.assistant)
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    home = f"/inspections/{case.inspection.ref}/cases/{case.ref}/"
    page.goto(f"{home}read/2.1/")
    question = page.locator('[data-question="2.1.1a"]')
    question.get_by_label("Evidence").fill(PASTED)
    page.keyboard.press("Tab")
    expect(page.locator("[data-save-text]")).to_have_text(SAVED)
    assert Answer.objects.get().evidence == PASTED
    for address in ("read/2.1/", "check/", "history/"):
        page.goto(home + address)
        assert shows_it_as_text(page), address
    Case.objects.filter(pk=case.pk).update(sent_at=clock.now(), sent_by=people.assistant)
    page.goto(home)
    assert page.evaluate("window.ran") is None


def test_pasted_html_of_somebody_else_is_text_in_a_conflict(context, case, people, live_server):
    """The script writes theirs into the page by itself."""
    client = Client()
    client.force_login(people.assistant)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"/inspections/{case.inspection.ref}/cases/{case.ref}/read/2.1/")
    save(case, people.assistant, "2.1.1a", "no", PASTED)
    question = page.locator('[data-question="2.1.1a"]')
    question.get_by_label("Evidence").fill("Mine")
    page.keyboard.press("Tab")
    box = question.locator(".app-answer-box")
    expect(box).to_contain_text("Assistant changed this answer at")
    assert shows_it_as_text(page)
    assert box.locator("script, img, svg, p.MsoNormal").count() == 0
