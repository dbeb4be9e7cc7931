"""A form that comes after the session ended, or with an old token, is answered with its own text."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Session
from cases.models import Answer
from ratings.models import Decision
from tests.factories import inspection_with_team, sampled_cases
from tests.pages import fetch, form_on, text_of

pytestmark = pytest.mark.django_db
SCRIPT = "</textarea><script>alert(1)</script>"
ESCAPED = "&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt;"
SAVED_NOTHING = "Nothing on this page has been saved yet."
HIDDEN = {
    "csrfmiddlewaretoken": "secret-token",
    "password": "secret-word",
    "new_password1": "secret-word",
    "base_version-2.1.1a": "secret-17",
    "save_id-2.1.1a": "secret-id",
    "seen": "secret-18",
    "state": "secret-state",
    "blank": " ",
}


def domain_one(inspection) -> str:
    return reverse("ratings:domain-one", kwargs={"ref": inspection.ref})


def section(case) -> str:
    return reverse("cases:read-section", kwargs={"ref": case.inspection.ref, "case_ref": case.ref, "section": "2.1"})


def areas(html: str) -> list[str]:
    return [part.partition("</textarea>")[0].partition(">\n")[2] for part in html.split("<textarea")[1:]]


def test_the_reason_of_a_decision_comes_back_when_the_session_has_ended(client, people):
    address = domain_one(inspection_with_team(people))
    reply = client.post(f"{address}?a=1", {"reason": f"Why this rating {SCRIPT}"} | HIDDEN)
    html = reply.content.decode()
    assert (reply.status_code, areas(html)) == (401, [f"Why this rating {ESCAPED}"])
    assert "secret" not in html
    assert SAVED_NOTHING in text_of(html)
    assert f'<a class="govuk-link" href="/sign-in/?next={address}%3Fa%3D1" target="_blank"' in html
    assert Decision.objects.count() == 0


def test_a_section_posted_whole_comes_back_when_the_session_has_ended(client, people):
    case = sampled_cases(inspection_with_team(people), reader=people.assistant)[0]
    form = form_on(fetch(client, people.assistant, section(case)))
    Session.objects.all().delete()
    answers = {"value-2.1.1a": "yes", "evidence-2.1.1a": "One\r\nTwo", "evidence-2.1.2": SCRIPT}
    reply = client.post(section(case), form | answers | {"then": "home"})
    html = reply.content.decode()
    assert (reply.status_code, areas(html)) == (401, ["One\r\nTwo", ESCAPED, "yes"])
    assert "Evidence 2.1.1a" in text_of(html)
    assert Answer.objects.count() == 0


def test_a_personal_page_gives_back_what_was_sent_too(client, people):
    reply = client.post(reverse("inspections:interests"), {"reason": "My sister works there"})
    assert (reply.status_code, areas(reply.content.decode())) == (401, ["My sister works there"])


def test_without_any_text_there_is_nothing_to_copy(client, people):
    html = client.post(domain_one(inspection_with_team(people)), HIDDEN).content.decode()
    assert SAVED_NOTHING in text_of(html)
    assert "Copy what you typed" not in text_of(html)


@pytest.mark.parametrize(("name", "link"), [("lead", ""), (None, "/sign-in/?next=")])
def test_an_old_token_gives_the_text_back(people, name, link):
    client, address = Client(enforce_csrf_checks=True), domain_one(inspection_with_team(people))
    if name:
        client.force_login(getattr(people, name))
    reply = client.post(address, {"reason": f"Why {SCRIPT}"} | HIDDEN)
    html = reply.content.decode()
    assert (reply.status_code, areas(html)) == (403, [f"Why {ESCAPED}"])
    assert "secret" not in html
    assert f'<a class="govuk-link" href="{link}{address}" target="_blank"' in html


def test_an_old_token_is_told_to_a_script_in_json(people):
    client, case = Client(enforce_csrf_checks=True), sampled_cases(inspection_with_team(people))[0]
    reply = client.post(section(case), {}, headers={"Accept": "application/json"})
    assert (reply.status_code, reply.json()) == (403, {"status": "token"})
