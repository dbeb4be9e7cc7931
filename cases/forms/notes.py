"""Reads a note as it comes in: as JSON from the page's script, or as a plain form."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest

from cases.forms.answers import LATEST_VERSION, Unreadable
from cases.models import Source
from cases.rules.answers import EVIDENCE_LIMIT, CaseForm, plain_text
from cases.rules.notes import KeptNote, NoteContent, NoteSave, UnknownQuestions, linked_questions
from inspections.fields import DateTextField, written

WORDS = ("text", "questions", "source", "seen_on")
STAMP = ("item", "base_version", "save_id")
NOT_WHOLE = "This note did not arrive whole. Copy your text and open the page again."
TOO_LONG = f"A note must be {EVIDENCE_LIMIT:,} characters or fewer."


class NoteForm(forms.Form):
    text = forms.CharField(strip=False, error_messages={"required": "Write the note"})
    questions = forms.CharField(required=False)
    source = forms.ChoiceField(
        choices=Source, error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose where you read it")
    )
    seen_on = DateTextField(required=False)
    struck = forms.BooleanField(required=False)

    def __init__(self, typed: Mapping[str, str], asked: CaseForm) -> None:
        super().__init__({name: plain_text(text) for name, text in typed.items()})
        self.asked = asked

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if not text.strip():
            raise forms.ValidationError("Write the note")
        if len(text) > EVIDENCE_LIMIT:
            raise forms.ValidationError(f"{TOO_LONG} You have {len(text):,}")
        return text

    def clean_questions(self) -> tuple[str, ...]:
        try:
            return linked_questions(self.asked, self.cleaned_data["questions"])
        except UnknownQuestions as unknown:
            raise forms.ValidationError(str(unknown)) from None

    @property
    def typed(self) -> dict[str, str]:
        return {name: self.data.get(name, "") for name in WORDS}

    @property
    def sentences(self) -> dict[str, str]:
        """What is wrong, by field."""
        return {name: str(problems[0]) for name, problems in self.errors.items()}

    def content(self) -> NoteContent:
        said = self.cleaned_data
        return NoteContent(said["text"], said["source"], said["seen_on"], said["questions"], said["struck"])


class StampForm(forms.Form):
    """What the page filled in itself: which note, the version that was changed, and the id of the save."""

    item = forms.UUIDField()
    base_version = forms.IntegerField(min_value=0)
    save_id = forms.UUIDField()


def read_message(request: HttpRequest, asked: CaseForm) -> NoteSave:
    """Raises Unreadable. The script calls the note's id `question`, as it does for whatever it saves."""
    try:
        message = json.loads(request.body)
    except RequestDataTooBig:
        raise Unreadable(TOO_LONG) from None
    except (ValueError, RecursionError):
        raise Unreadable(NOT_WHOLE) from None
    if not isinstance(message, dict) or not all(isinstance(message.get(name, ""), str) for name in (*WORDS, "struck")):
        raise Unreadable(NOT_WHOLE)
    stamp = StampForm(message | {"item": message.get("question")})
    if not stamp.is_valid():
        raise Unreadable(NOT_WHOLE)
    form = NoteForm({name: message.get(name, "") for name in (*WORDS, "struck")}, asked)
    if not form.is_valid():
        raise Unreadable(". ".join(form.sentences.values()))
    return save_of(stamp.cleaned_data, form.content())


def save_of(stamp: Mapping[str, Any], content: NoteContent) -> NoteSave:
    return NoteSave(stamp["item"], content, min(stamp["base_version"], LATEST_VERSION), stamp["save_id"])


def posted_stamp(posted: Mapping[str, str]) -> dict[str, Any]:
    """What makes no sense in a hidden field counts as not given."""
    base = "theirs_version" if posted.get("keep") == "mine" else "base_version"
    form = StampForm({name: posted.get(base if name == "base_version" else name, "") for name in STAMP})
    form.is_valid()
    made = {"item": uuid4(), "base_version": 0, "save_id": uuid4()}
    return made | form.cleaned_data


def posted_note(posted: Mapping[str, str], asked: CaseForm) -> NoteForm:
    """`link` is the code of a question that a button adds, `struck` says what a button makes of the note."""
    typed = {name: posted.get(name, "") for name in (*WORDS, "struck")}
    typed["questions"] = f"{typed['questions']} {posted.get('link', '')}".strip()
    return NoteForm(typed, asked)


def words_of(note: KeptNote) -> dict[str, str]:
    """A note as its fields show it, and as it travels to the script."""
    said = note.content
    day = written(said.seen_on) if said.seen_on else ""
    return {"text": said.text, "questions": " ".join(said.questions), "source": said.source, "seen_on": day}
