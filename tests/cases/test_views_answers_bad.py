"""Bad input to the address that takes single answers: told in a sentence or kept to the character, and never a 500."""

import json
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent
from cases.models import Answer, AnswerVersion, Case
from tests.factories import inspection_with_team, sampled_cases
from tests.pages import evidence, fetch

pytestmark = pytest.mark.django_db
NOT_WHOLE = "This answer did not arrive whole. Copy your text and open the page again."
JSON = "application/json"


@pytest.fixture
def case(people) -> Case:
    return sampled_cases(inspection_with_team(people), reader=people.assistant)[0]


@pytest.fixture
def reader(client, people):
    client.force_login(people.assistant)
    return client


def address(case) -> str:
    return reverse("cases:save-answer", kwargs={"ref": case.inspection.ref, "case_ref": case.ref})


def message(**change) -> dict:
    return {
        "question": "2.1.1a",
        "value": "yes",
        "evidence": "Heard.",
        "base_version": 0,
        "save_id": str(uuid4()),
    } | change


def post(reader, case, body, content_type=JSON, **headers):
    """Byte for byte: the client's own `post` would write the body anew in the charset of its type."""
    body = json.dumps(body) if isinstance(body, dict) else body
    return reader.generic("POST", address(case), body, content_type, headers={"Accept": JSON, **headers})


def told(reply) -> tuple:
    return reply.status_code, reply.json()["status"], reply.json()["message"]


def nothing_was_written() -> bool:
    return not (Answer.objects.exists() or AnswerVersion.objects.exists() or AuditEvent.objects.exists())


KEPT = {
    "all that fits": "ŵ" * 100_000,
    "all that fits, in fours": "\N{PARTY POPPER}" * 100_000,
    "welsh": "Mae'r plentyn yn hoffi'r tŷ a'r ŵyl; ŵ ŷ Ŵ Ŷ â ê î ô û ë ï",
    "welsh, letters and accents apart": "w\u0302 y\u0302",
    "families": "\N{WOMAN}\u200d\N{WOMAN}\u200d\N{GIRL} \N{REGIONAL INDICATOR SYMBOL LETTER G}",
    "from right to left": "\u202eevil\u202c \u2067\u05e9\u05dc\u05d5\u05dd\u2069 \u200f\u0645\u0631\u062d\u0628\u0627",
    "word": "<html xmlns:o='urn:schemas-microsoft-com:office:office'><!--[if gte mso 9]><xml></xml><![endif]-->"
    "<p class=MsoNormal style='mso-margin-top-alt:auto'>Seen<o:p></o:p></p><script>alert(1)</script>",
    "control characters": "a\x01\x08\x0b\x0c\x1b\x7f\x85\u2028\u2029\ufeff\ufffe\uffff b",
    "white space alone": "  \n\t ",
}


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT)
def test_text_is_kept_to_the_character_and_shown_so(reader, case, people, text):
    assert post(reader, case, message(evidence=text)).status_code == 200
    assert [Answer.objects.get().evidence, AnswerVersion.objects.get().evidence] == [text, text]
    section = reverse("cases:read-section", kwargs={"ref": case.inspection.ref, "case_ref": case.ref, "section": "2.1"})
    html = fetch(reader, people.assistant, section)
    assert (evidence(html, "2.1.1a"), "<script>alert(1)" in html) == (text, False)


TAKEN_OUT = {
    "nuls": ("a\0b\0", "ab"),
    "half of a character": ("a\ud83d", "a\ufffd"),
    "the other half": ("\ude00b", "\ufffdb"),
    "halves the wrong way round": ("\ude00\ud83d", "\ufffd\ufffd"),
    "both halves": ("\ud83d\ude00", "\N{GRINNING FACE}"),
    "line ends of other systems": ("a\r\nb\rc", "a\nb\nc"),
}


@pytest.mark.parametrize(("text", "kept"), TAKEN_OUT.values(), ids=TAKEN_OUT)
def test_what_no_database_holds_is_taken_out(reader, case, text, kept):
    assert post(reader, case, message(evidence=text)).status_code == 200
    assert Answer.objects.get().evidence == kept


@pytest.mark.parametrize("text", ["\0", "\ud83d", "2.1.1a\0\ud800"])
@pytest.mark.parametrize("part", ["question", "value", "na_reason", "save_id"])
def test_such_characters_elsewhere_are_told_in_a_sentence(reader, case, part, text):
    fields = {"value": "na"} if part == "na_reason" else {}
    reply = post(reader, case, message(**fields, **{part: text + "x"}))
    assert told(reply)[:2] == (422, "refused")
    assert nothing_was_written()


def test_one_character_too_many_is_told_in_a_sentence(reader, case):
    sentence = "Evidence must be 100,000 characters or fewer. You have 100,001"
    assert told(post(reader, case, message(evidence="ŵ" * 100_001))) == (422, "refused", sentence)
    assert nothing_was_written()


def test_a_body_of_more_than_five_megabytes_is_told_the_limit(reader, case):
    reply = post(reader, case, message(evidence="x" * 5_300_000))
    assert told(reply) == (422, "refused", "Evidence must be 100,000 characters or fewer.")
    assert nothing_was_written()


WRONG = {
    "nothing": b"",
    "cut off": json.dumps(message()).encode()[:-20],
    "not UTF-8": json.dumps(message()).encode().replace(b"Heard", b"\xc3\x28\xff"),
    "UTF-16 without a mark": "é{}".encode("utf-16-le"),
    "a form": b"question=2.1.1a&value=yes",
    "two messages": json.dumps(message()).encode() * 2,
    "a list": json.dumps([message()]).encode(),
    "a number": b"1",
    "no end of depth": b'{"a":' * 100_000,
    "no end of digits": b'{"base_version": ' + b"9" * 5000 + b"}",
}


@pytest.mark.parametrize("body", WRONG.values(), ids=WRONG)
def test_what_is_no_message_is_told_in_a_sentence(reader, case, body):
    assert told(post(reader, case, body)) == (422, "refused", NOT_WHOLE)
    assert nothing_was_written()


@pytest.mark.parametrize("wrong", [None, 1, 1.5, True, [], {}, ["2.1.1a"], {"a": "b"}])
@pytest.mark.parametrize("part", ["question", "value", "na_reason", "evidence", "despite_reason", "change_reason"])
def test_a_part_of_another_type_is_told_in_a_sentence(reader, case, part, wrong):
    assert told(post(reader, case, message(**{part: wrong})))[:2] == (422, "refused")
    assert nothing_was_written()


@pytest.mark.parametrize("base", [-1, 0.0, "0", None, True, [], {}, float("inf"), float("nan"), -(10**40)])
def test_a_version_that_is_no_number_of_one_is_told_in_a_sentence(reader, case, base):
    assert told(post(reader, case, message(base_version=base)))[:2] == (422, "refused")
    assert nothing_was_written()


@pytest.mark.parametrize("base", [1, 2**31 - 1, 2**31, 2**63, 10**300])
def test_a_version_from_the_future_is_stale(reader, case, base):
    reply = post(reader, case, message(base_version=base))
    assert (reply.status_code, reply.json()["theirs"]["version"]) == (409, 0)
    assert nothing_was_written()


def test_of_a_key_said_twice_nothing_is_guessed(reader, case):
    body = json.dumps(message()).replace('"value": "yes"', '"value": "yes", "value": "no"')
    assert told(post(reader, case, body)) == (422, "refused", NOT_WHOLE)
    assert nothing_was_written()


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""]
)
def test_whatever_the_body_is_called_it_is_read_as_what_it_is(reader, case, kind):
    assert post(reader, case, json.dumps(message()), kind).status_code == 200
    assert Answer.objects.get().evidence == "Heard."


FORM = b'--x\r\nContent-Disposition: form-data; name="question"\r\n\r\n2.1.1a\r\n--x--\r\n'


@pytest.mark.parametrize("body", [FORM, FORM[:40], b"--x--", json.dumps(message()).encode()])
@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "multipart/form-data"])
def test_a_form_with_files_is_no_message(case, people, body, kind):
    """The check of the token reads the body of a form before anybody else does."""
    reader = Client(enforce_csrf_checks=True)
    fetch(reader, people.assistant, address(case).replace("answers/", ""))
    reply = post(reader, case, body, kind, **{"X-CSRFToken": reader.cookies["csrftoken"].value})
    assert (reply.status_code in {400, 422}, nothing_was_written()) == (True, True)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_message_in_another_unicode_encoding_is_read(reader, case, encoding):
    assert post(reader, case, json.dumps(message(evidence="ŵ"), ensure_ascii=False).encode(encoding)).status_code == 200
    assert Answer.objects.get().evidence == "ŵ"


@pytest.mark.parametrize("charset", ["utf-16", "nonsense", "latin-1", "idna"])
def test_a_charset_that_is_no_truth_changes_nothing(reader, case, charset):
    sent = json.dumps(message(evidence="ŵ"), ensure_ascii=False).encode()
    assert post(reader, case, sent, f"application/json; charset={charset}").status_code == 200
    assert Answer.objects.get().evidence == "ŵ"


TIMES = {"at": "2037-06-08T10:42Z", "changed_at": "1999-01-01", "saved_at": 4e12, "time": None, "by": 1, "by_id": 1}
OTHERS = {"case": "C-02", "version": 7, "is_key": True, "inspection": 99, "stage": "rating"}


def test_what_nobody_asks_for_is_ignored(reader, case, people, settings):
    settings.CLOCK = "2027-06-08T10:42"
    assert post(reader, case, message(**TIMES, **OTHERS)).json()["saved_at"] == "10:42am"
    answer = Answer.objects.get()
    assert (answer.case, answer.version, answer.is_key, answer.changed_by) == (case, 1, False, people.assistant)
    assert f"{answer.changed_at:%Y-%m-%d %H:%M}" == "2027-06-08 09:42"


@pytest.mark.parametrize("years", ["2017-06-08T10:42", "2037-06-08T10:42"])
def test_versions_order_answers_even_where_the_clock_went_back(reader, case, settings, years):
    settings.CLOCK = "2027-06-08T10:42"
    post(reader, case, message())
    settings.CLOCK = years
    assert post(reader, case, message(evidence="Later.", base_version=1)).status_code == 200
    assert Answer.objects.get().evidence == "Later."


@pytest.mark.parametrize(
    "question", ["9.9.9", "V1.1", "", "2.1.1a ", "2.1.1A", "2.1", "ŵ" * 10_000, "' OR 1=1 --", "%s %(x)s"]
)
def test_a_question_that_is_not_asked_is_told_in_a_sentence(reader, case, question):
    reply = post(reader, case, message(question=question))
    assert told(reply)[:2] == (422, "refused")
    assert told(reply)[2].startswith("This case read does not ask a question")
    assert nothing_was_written()


def test_somebody_elses_case_does_not_exist(client, case, people):
    client.force_login(people.stranger)
    assert (post(client, case, message()).status_code, nothing_was_written()) == (404, True)


@pytest.mark.parametrize("code", ["C-99", "c-01", "C-01x", "0"])
def test_a_case_that_is_none_does_not_exist(reader, case, code):
    reply = reader.post(address(case).replace(case.ref, code), json.dumps(message()), content_type=JSON)
    assert (reply.status_code, nothing_was_written()) == (404, True)


def test_one_id_with_another_body_is_refused_and_the_first_stays(reader, case):
    sent = message()
    post(reader, case, sent)
    for other in ({"evidence": "Other."}, {"value": "no"}, {"question": "2.1.1b"}, {"despite_reason": "Other."}):
        assert told(post(reader, case, sent | other))[:2] == (422, "refused")
    assert [(version.version, version.evidence) for version in AnswerVersion.objects.all()] == [(1, "Heard.")]


@pytest.mark.parametrize(
    "form", [str.upper, lambda i: i.replace("-", ""), lambda i: f"{{{i}}}", lambda i: f"urn:uuid:{i}"]
)
def test_one_id_however_it_is_written_is_one_save(reader, case, form):
    sent = message()
    first = post(reader, case, sent).json()
    assert post(reader, case, sent | {"save_id": form(sent["save_id"])}).json() == first
    assert AnswerVersion.objects.count() == 1
