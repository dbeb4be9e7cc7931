"""Whatever comes in is read as an answer or refused in a sentence."""

import json
from uuid import UUID

import pytest

from cases.forms.answers import LATEST_VERSION, Unreadable, read_message, read_section
from cases.rules.answers import Content, Save, case_form
from standards import loader

ID = "3f0e2a34-6f4b-4f0a-9a50-6a7e1c9f0b11"
MESSAGE = {
    "question": "2.1.1a",
    "value": "na",
    "na_reason": "too_early",
    "evidence": "Seen.",
    "base_version": 3,
    "save_id": ID,
}
QUESTIONS = list(case_form(loader.load("yj-2024"), "child").section("2.1").questions)


def read(rf, body) -> Save:
    data = body if isinstance(body, bytes) else json.dumps(body)
    return read_message(rf.post("/", data, content_type="application/json"))


def test_a_message_is_read_whole(rf):
    assert read(rf, MESSAGE) == Save("2.1.1a", Content("na", "too_early", "Seen."), 3, UUID(ID))


def test_what_is_not_said_is_empty(rf):
    assert read(rf, {"question": "2.1.1a", "base_version": 0, "save_id": ID}).content == Content()


def test_text_is_made_plain(rf):
    body = json.dumps(MESSAGE).replace("Seen.", r"a\u0000b\r\n\ud800").encode()
    assert read(rf, body).content.evidence == "ab\n\ufffd"


def test_a_version_beyond_all_counting_is_the_highest_that_can_be(rf):
    assert read(rf, MESSAGE | {"base_version": 10**30}).base_version == LATEST_VERSION


NOT_WHOLE = "This answer did not arrive whole. Copy your text and open the page again."


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"nonsense",
        b"\xff\xfe",
        b"[" * 100_000,
        b"null",
        b"[]",
        b'"text"',
        b"1e999",
        b'{"a": 1' + b"0" * 5000,
    ],
)
def test_what_is_no_message_says_so(rf, body):
    with pytest.raises(Unreadable) as refused:
        read(rf, body)
    assert str(refused.value) == NOT_WHOLE


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"question": None}, "This answer has no question that can be read. Copy your text and open the page again."),
        ({"value": 1}, "This answer has no value that can be read. Copy your text and open the page again."),
        ({"na_reason": []}, "This answer has no na_reason that can be read. Copy your text and open the page again."),
        ({"evidence": {}}, "This answer has no evidence that can be read. Copy your text and open the page again."),
    ],
)
def test_a_part_that_is_no_text_is_named(rf, change, sentence):
    with pytest.raises(Unreadable) as refused:
        read(rf, MESSAGE | change)
    assert str(refused.value) == sentence


@pytest.mark.parametrize("version", [None, -1, 1.5, "3", True, [], float("nan")])
def test_a_version_is_a_whole_number(rf, version):
    with pytest.raises(Unreadable, match="does not say which version it changes"):
        read(rf, MESSAGE | {"base_version": version})


@pytest.mark.parametrize("save_id", [None, "", "mine", 5, [], {}, ID[:-1]])
def test_an_id_is_a_uuid(rf, save_id):
    with pytest.raises(Unreadable, match="has no id of its own"):
        read(rf, MESSAGE | {"save_id": save_id})


def test_a_body_beyond_every_limit_is_told_the_limit(rf, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    with pytest.raises(Unreadable, match="Evidence must be 100,000 characters or fewer"):
        read(rf, MESSAGE | {"evidence": "x" * 1001})


def test_a_posted_section_gives_the_answers_that_the_form_held():
    posted = {
        "value-2.1.1a": "yes",
        "na_reason-2.1.1a": "too_early",
        "evidence-2.1.1a": "one\r\ntwo",
        "base_version-2.1.1a": "2",
        "save_id-2.1.1a": ID,
        "evidence-2.1.1": "",
        "base_version-2.1.1": "x",
        "save_id-2.1.1": "x",
    }
    first, second = read_section(posted, QUESTIONS)
    assert first == Save("2.1.1a", Content("yes", "", "one\ntwo"), 2, UUID(ID))
    assert (second.question, second.content, second.base_version) == ("2.1.1", Content(), 0)


def test_a_reason_is_read_where_the_question_does_not_apply():
    posted = {"value-2.1.1a": "na", "na_reason-2.1.1a": "too_early", "evidence-2.1.1a": ""}
    assert read_section(posted, QUESTIONS)[0].content == Content("na", "too_early", "")


CONFLICT = {"value-2.1.1a": "yes", "evidence-2.1.1a": "", "base_version-2.1.1a": "2", "theirs_version-2.1.1a": "5"}


@pytest.mark.parametrize(("keep", "bases"), [("mine", [5]), ("theirs", []), ("", [2])])
def test_an_answer_in_conflict_is_based_on_theirs_once_somebody_chose(keep, bases):
    saves = read_section(CONFLICT | {"keep-2.1.1a": keep}, QUESTIONS)
    assert [save.base_version for save in saves] == bases
