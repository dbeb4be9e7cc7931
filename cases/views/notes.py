"""The running notes on a case: their page, and the address to which it sends each on its own."""

from typing import Any, cast
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from accounts.models import User
from cases.actions.answers import AnswerRefused, CaseClosed
from cases.actions.notes import StaleNote, save_note
from cases.forms.answers import Unreadable
from cases.forms.notes import NoteForm, posted_note, posted_stamp, read_message, save_of, words_of
from cases.guards import case_page, closed_instead
from cases.models import Case, Source
from cases.queries.answers import form_of, standing
from cases.queries.notes import notes_of
from cases.rules.answers import Standing
from cases.rules.notes import KeptNote, NoteBlock, unlinked
from cases.views.answers import COPY, said_time, signed_in, why_closed
from cases.views.answers import closed as closed_to_script
from cases.views.reading import address, asked_for, frame
from inspections import access

NEW = "new"


@closed_instead(lambda request, case: closed(request, case, standing(case)))
@case_page(see=access.SEE_CASE, do=access.READ_CASE)
def notes(request: HttpRequest, case: Case) -> HttpResponse:
    if request.method != "POST":
        return notes_page(request, case)
    if request.POST.get("keep") == "theirs":
        return redirect(place(request, case))
    form, stamp = posted_note(request.POST, form_of(case)), posted_stamp(request.POST)
    if not form.is_valid():
        return notes_page(request, case, unsaved(form, stamp, form.sentences))
    try:
        save_note(by=cast(User, request.user), case=case, **vars(save_of(stamp, form.content())))
    except CaseClosed as refused:
        return closed(request, case, refused.found)
    except AnswerRefused as refused:
        return notes_page(request, case, unsaved(form, stamp, {"text": str(refused)}))
    except StaleNote as stale:
        return notes_page(request, case, unsaved(form, stamp, {}, stale.theirs), status=409)
    return redirect(place(request, case))


def place(request: HttpRequest, case: Case) -> str:
    """Where to go on: the question that the person came from, a new note, or the note that was changed."""
    asked = form_of(case).questions.get(asked_for(request, case))
    if asked and (request.POST.get("then") == "back" or "link" in request.POST):
        return f"{address('read-section', case, section=asked.section)}#q-{asked.code}"
    part = f"text-{NEW}" if request.POST.get("then") == "add" else f"note-{posted_stamp(request.POST)['item']}"
    return f"{address('notes', case)}{f'?question={asked.code}' if asked else ''}#{part}"


def unsaved(form: NoteForm, stamp: dict[str, Any], errors: dict[str, str], theirs: KeptNote | None = None) -> NoteBlock:
    """What was typed, with why it is not saved. The page finds its label and its key."""
    base, item = stamp["base_version"], stamp["item"]
    return NoteBlock(str(item), item, base, uuid4(), "", form.typed, errors, theirs)


def notes_page(request: HttpRequest, case: Case, failed: NoteBlock | None = None, status: int = 200) -> HttpResponse:
    kept, question = notes_of(case), asked_for(request, case)
    blocks = [block(note, failed) for note in reversed(kept) if not note.content.struck or is_of(note, failed)]
    new = new_block(kept, question, failed)
    page = frame(request, case) | {
        "new": new,
        "blocks": blocks,
        "struck": [block(note, None) for note in kept if note.content.struck and not is_of(note, failed)],
        "unlinked": len(unlinked(kept)),
        "question": form_of(case).questions.get(question),
        "sections": form_of(case).sections,
        "example": next(iter(form_of(case).questions)),
        "sources": Source.choices,
        "saved_text": saved_text(kept, failed),
        "error_list": [problem for each in (new, *blocks) for problem in problems(each)],
    }
    return render(request, "cases/note_list.html", page, status=status)


def is_of(note: KeptNote, failed: NoteBlock | None) -> bool:
    return failed is not None and failed.note_id == note.id


def block(note: KeptNote, failed: NoteBlock | None) -> NoteBlock:
    key, label = str(note.id), f"Note {note.number}"
    if failed and is_of(note, failed):
        told = failed.theirs, note
        return NoteBlock(key, note.id, failed.version, failed.save_id, label, failed.typed, failed.errors, *told)
    return NoteBlock(key, note.id, note.version, uuid4(), label, words_of(note), kept=note)


def new_block(kept: list[KeptNote], question: str, failed: NoteBlock | None) -> NoteBlock:
    """It begins with the source of the note before, and with the question that the person came from."""
    if failed and not any(is_of(note, failed) for note in kept):
        return NoteBlock(NEW, failed.note_id, 0, failed.save_id, "New note", failed.typed, failed.errors)
    typed = {"text": "", "questions": question, "source": kept[-1].content.source if kept else Source.RECORD}
    return NoteBlock(NEW, uuid4(), 0, uuid4(), "New note", typed | {"seen_on": ""})


def problems(shown: NoteBlock) -> list[dict[str, str]]:
    found = [
        {"text": f"{shown.label}: {sentence}", "href": f"#{name}-{shown.key}"}
        for name, sentence in shown.errors.items()
    ]
    if shown.theirs:
        found.append({"text": f"{shown.label}: choose which to keep", "href": f"#keep-{shown.key}"})
    return found


def saved_text(kept: list[KeptNote], failed: NoteBlock | None) -> str:
    if failed:
        return "Not saved: 1 note. Everything else is saved"
    return f"All notes saved, {said_time(max(note.at for note in kept))}" if kept else "No notes yet"


def closed(request: HttpRequest, case: Case, found: Standing) -> HttpResponse:
    """What was typed for a case that is closed by now, to be copied."""
    why = f"{why_closed(cast(User, request.user), found)} {COPY}"
    page = frame(request, case) | {"why": why, "typed": request.POST.get("text", "")}
    return render(request, "cases/note_closed.html", page, status=403)


@signed_in
@closed_instead(lambda request, case: closed_to_script(request, standing(case)))
@case_page(do=access.READ_CASE)
def save(request: HttpRequest, case: Case) -> JsonResponse:
    try:
        sent = read_message(request, form_of(case))
        receipt = save_note(by=cast(User, request.user), case=case, **vars(sent))
    except (Unreadable, AnswerRefused) as refused:
        return JsonResponse({"status": "refused", "message": str(refused)}, status=422)
    except StaleNote as stale:
        return JsonResponse(
            {"status": "stale", "question": str(sent.note_id), "theirs": theirs(stale.theirs)}, status=409
        )
    except CaseClosed as refused:
        return closed_to_script(request, refused.found)
    said = {"version": receipt.version, "saved_at": said_time(receipt.saved_at)}
    return JsonResponse({"status": "saved", "question": str(receipt.note_id), **said})


def theirs(kept: KeptNote | None) -> dict[str, Any]:
    """Nothing, where the note that the save was based on never was."""
    if kept is None:
        return {"text": "", "version": 0, "by": "The record", "at": ""}
    struck = "yes" if kept.content.struck else ""
    return {**words_of(kept), "struck": struck, "version": kept.version, "by": kept.by, "at": said_time(kept.at)}
