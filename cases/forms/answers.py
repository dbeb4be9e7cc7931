"""Reads answers as they come in: one as JSON from the page's script, or a whole section as a plain form."""

import json
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, RawPostDataException, UnreadablePostError

from cases.rules.answers import EVIDENCE_LIMIT, NOT_APPLICABLE, PARTS, Content, GivenUp, Question, Save, plain_text

LATEST_VERSION = 2**31 - 2  # the column's limit, less the one that a save adds
NOT_WHOLE = "This answer did not arrive whole. Copy your text and open the page again."
# The check of the token has read a form with files before; a connection may break off in the middle.
NOT_A_MESSAGE = (ValueError, RecursionError, RawPostDataException, UnreadablePostError)


class Unreadable(Exception):
    """The message does not have the form of an answer. Its text says so to the person."""


def read_message(request: HttpRequest) -> Save:
    """Raises Unreadable."""
    message = _message(request)
    return Save(
        question=_text(message, "question"),
        content=_content(message),
        base_version=_version(message.get("base_version")),
        save_id=_save_id(message.get("save_id")),
    )


def read_given_up_message(request: HttpRequest) -> GivenUp:
    """Raises Unreadable."""
    message = _message(request)
    return GivenUp(
        question=_text(message, "question"),
        content=_content(message),
        base_version=_version(message.get("base_version")),
        gave_way_to=_version(message.get("gave_way_to")),
        save_id=_save_id(message.get("save_id")),
    )


def _message(request: HttpRequest) -> dict[str, Any]:
    try:
        message = json.loads(request.body, object_pairs_hook=_each_name_once)
    except RequestDataTooBig:
        raise Unreadable(f"Evidence must be {EVIDENCE_LIMIT:,} characters or fewer.") from None
    except NOT_A_MESSAGE:
        raise Unreadable(NOT_WHOLE) from None
    if not isinstance(message, dict):
        raise Unreadable(NOT_WHOLE)
    return message


def _content(message: dict[str, Any]) -> Content:
    return Content(*(_text(message, part) for part in PARTS))


def _each_name_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Which of two values a person meant, nobody knows. Raises ValueError."""
    named = dict(pairs)
    if len(named) != len(pairs):
        raise ValueError("a name is there twice")
    return named


def _text(message: dict[str, Any], name: str) -> str:
    value = message.get(name, "")
    if not isinstance(value, str):
        raise Unreadable(f"This answer has no {name} that can be read. Copy your text and open the page again.")
    return plain_text(value)


def _version(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise Unreadable("This answer does not say which version it changes. Copy your text and open the page again.")
    return min(value, LATEST_VERSION)


def _save_id(value: Any) -> UUID:
    try:
        return UUID(value)
    except (ValueError, TypeError, AttributeError):
        raise Unreadable("This answer has no id of its own. Copy your text and open the page again.") from None


def read_section(posted: Mapping[str, str], questions: Iterable[Question]) -> list[Save]:
    """Every answer that the form held, less those that were given up for somebody else's.

    What makes no sense in a hidden field counts as not given.
    """
    codes = [question.code for question in questions if f"evidence-{question.code}" in posted]
    return [_posted(posted, code) for code in codes if posted.get(f"keep-{code}") != "theirs"]


def read_given_up(posted: Mapping[str, str], questions: Iterable[Question]) -> list[GivenUp]:
    """The answers of the form that were given up for somebody else's."""
    codes = [question.code for question in questions if f"evidence-{question.code}" in posted]
    return [
        GivenUp(**vars(_posted(posted, code)), gave_way_to=_posted_version(posted.get(f"theirs_version-{code}", "")))
        for code in codes
        if posted.get(f"keep-{code}") == "theirs"
    ]


def read_done(posted: Mapping[str, str]) -> bool | None:
    """Whether the section is said to be finished; None where nothing is said."""
    return {"yes": True, "no": False}.get(posted.get("done", ""))


def _posted(posted: Mapping[str, str], code: str) -> Save:
    value = plain_text(posted.get(f"value-{code}", ""))
    reason = plain_text(posted.get(f"na_reason-{code}", "")) if value == NOT_APPLICABLE else ""
    base = "theirs_version" if posted.get(f"keep-{code}") == "mine" else "base_version"
    texts = (plain_text(posted.get(f"{part}-{code}", "")) for part in PARTS[2:])
    return Save(
        question=code,
        content=Content(value, reason, *texts),
        base_version=_posted_version(posted.get(f"{base}-{code}", "")),
        save_id=_posted_save_id(posted.get(f"save_id-{code}", "")),
    )


def _posted_version(text: str) -> int:
    return min(int(text), LATEST_VERSION) if text.isascii() and text.isdigit() and len(text) < 20 else 0


def _posted_save_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return uuid4()
