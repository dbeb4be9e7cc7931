"""Bad input to a section posted as a plain form: kept, or told in a sentence, and never a 500."""

from urllib.parse import quote_from_bytes
from uuid import uuid4

import pytest
from django.urls import reverse

from cases.models import Answer, AnswerVersion, Case
from tests.factories import inspection_with_team, sampled_cases
from tests.pages import evidence, fetch, form_on, text_of

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def case(people) -> Case:
    return sampled_cases(inspection_with_team(people), reader=people.assistant)[0]


@pytest.fixture
def form(client, case, people) -> dict[str, str]:
    return form_on(fetch(client, people.assistant, section(case)))


def section(case) -> str:
    return reverse("cases:read-section", kwargs={"ref": case.inspection.ref, "case_ref": case.ref, "section": "2.1"})


def raw(client, case, body: bytes, kind=FORM):
    return client.generic("POST", section(case), body, kind)


TEXTS = {
    "all that fits": ("å" * 100_000, "å" * 100_000),
    "welsh": ("tŷ, gŵyl", "tŷ, gŵyl"),
    "emoji": ("\N{PARTY POPPER}", "\N{PARTY POPPER}"),
    "from right to left": ("\u202eabc\u202c\u200f", "\u202eabc\u202c\u200f"),
    "word": ("<p class=MsoNormal>a<o:p></o:p></p></textarea>", "<p class=MsoNormal>a<o:p></o:p></p></textarea>"),
    "nuls": ("a\0b", "ab"),
    "a first line that is empty": ("\r\na", "\na"),
}


@pytest.mark.parametrize(("text", "kept"), TEXTS.values(), ids=TEXTS)
def test_text_is_kept_to_the_character_and_shown_so(client, case, people, form, text, kept):
    assert client.post(section(case), form | {"evidence-2.1.1a": text}).status_code == 302
    assert [Answer.objects.get().evidence, AnswerVersion.objects.get().evidence] == [kept, kept]
    assert evidence(fetch(client, people.assistant, section(case)), "2.1.1a") == kept


@pytest.mark.parametrize("octets", [b"\xff", b"\xc3\x28", b"\xed\xa0\x80"])
def test_octets_that_are_no_text_are_marked_and_the_rest_is_kept(client, case, form, octets):
    assert raw(client, case, b"evidence-2.1.1a=Seen" + quote_from_bytes(octets).encode()).status_code == 302
    assert Answer.objects.get().evidence.startswith("Seen\ufffd")


HIDDEN = ["", "x", "-1", "1.0", "1e3", "\N{ARABIC-INDIC DIGIT THREE}", "\0", "9" * 5000, "' OR 1=1 --", "%s", "\u202e1"]


@pytest.mark.parametrize("nonsense", HIDDEN)
@pytest.mark.parametrize("field", ["base_version", "save_id", "theirs_version", "keep"])
def test_nonsense_in_a_hidden_field_neither_loses_the_text_nor_fails(client, case, form, field, nonsense):
    response = client.post(section(case), form | {"evidence-2.1.1a": "Typed.", f"{field}-2.1.1a": nonsense})
    kept = list(Answer.objects.values_list("evidence", flat=True))
    shown = evidence(response.content.decode(), "2.1.1a") if response.status_code == 409 else ""
    assert (response.status_code, kept, shown) in [(302, ["Typed."], ""), (409, [], "Typed.")]


@pytest.mark.parametrize("value", ["maybe", "\0", "YES", "ŵ" * 5000, "yes\0no"])
def test_a_choice_that_is_none_is_told_and_the_text_is_shown_again(client, case, form, value):
    response = client.post(section(case), form | {"evidence-2.1.1a": "Typed.", "value-2.1.1a": value})
    html = response.content.decode()
    if response.status_code == 409:
        assert "Select Yes, No or Not applicable for 2.1.1a" in text_of(html)
        assert evidence(html, "2.1.1a") == "Typed."
    else:
        assert (value, Answer.objects.get().value) == ("\0", "")


def test_a_version_from_the_future_is_a_conflict_that_keeps_the_text(client, case, form):
    response = client.post(section(case), form | {"evidence-2.1.1a": "Typed.", "base_version-2.1.1a": "99"})
    assert (response.status_code, evidence(response.content.decode(), "2.1.1a")) == (409, "Typed.")


def test_one_id_for_two_answers_saves_one_and_shows_the_other_again(client, case, form):
    save_id = str(uuid4())
    form |= {"evidence-2.1.1a": "First.", "evidence-2.1.1b": "Second."}
    response = client.post(section(case), form | {"save_id-2.1.1a": save_id, "save_id-2.1.1b": save_id})
    assert (response.status_code, evidence(response.content.decode(), "2.1.1b")) == (409, "Second.")
    assert Answer.objects.get().evidence == "First."


def test_questions_of_other_sections_and_cases_are_not_listened_to(client, case, form):
    strange = {"evidence-2.2.1": "Other.", "evidence-V1.1": "Other.", "evidence-9.9.9": "Other.", "evidence-": "Other."}
    assert client.post(section(case), form | strange).status_code == 302
    assert list(Answer.objects.all()) == []


@pytest.mark.parametrize("body", [b"", b"&&&=&", b"evidence-2.1.1a", b"\0\xff", b"{}", b"%", b"a=b;c"])
def test_a_body_that_says_nothing_changes_nothing(client, case, form, body):
    assert (raw(client, case, body).status_code, list(Answer.objects.all())) == (302, [])


UNREADABLE = {
    "more than five megabytes": (b"evidence-2.1.1a=" + b"x" * 5_300_000, FORM),
    "more fields than any page has": (b"&".join(b"a%d=1" % n for n in range(2000)), FORM),
    "another charset": (b"evidence-2.1.1a=x", f"{FORM}; charset=utf-16"),
    "a form with files and no boundary": (b"evidence-2.1.1a=x", "multipart/form-data"),
}


@pytest.mark.parametrize(("body", "kind"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_is_answered_with_a_page(client, case, form, body, kind):
    response = raw(client, case, body, kind)
    assert (response.status_code, list(Answer.objects.all())) == (400, [])
    words = text_of(response.content.decode())
    assert "What you sent could not be read None of it was saved" in words
    assert "Go back, copy what you typed and open the page again" in words
