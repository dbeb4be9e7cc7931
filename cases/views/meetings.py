"""Visits, meetings and focus groups: their notes, who came by role, and the themes that they gave."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts import clock
from accounts.models import User
from accounts.sent import sent
from cases.actions import voices as acting
from cases.actions.meetings import StaleNotes, save_notes
from cases.actions.voices import Statement
from cases.forms.voices import MeetingForm, ThemeForm, base_of, proposed, shown_in_form
from cases.guards import notes_page
from cases.models import MeetingNote
from cases.queries.meetings import Notes, kinds_of, meetings_of, notes_for, notes_of_kind, notes_of_slot, warned
from cases.queries.voices import standards_of, themes_of
from inspections import access
from inspections.guards import inspection_page
from inspections.models import Inspection
from inspections.queries import may


@inspection_page(see=access.LIST_MEETINGS)
def meetings(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    everybodys = access.SEE_MEETINGS.given_to(inspection.parties, inspection.stage, own=False)
    slots, others = meetings_of(cast(User, request.user), inspection, everybodys)
    page = {"inspection": inspection, "slots": slots, "others": others, "kinds": kinds_of(inspection)}
    return render(request, "cases/meeting_list.html", page | {"may_begin": may(inspection, access.WRITE_VOICES)})


@notes_page(notes_of_slot, see=access.SEE_MEETINGS, do=access.WRITE_MEETINGS)
def slot_notes(request: HttpRequest, notes: Notes) -> HttpResponse:
    return written_page(request, notes)


@notes_page(notes_for, see=access.SEE_MEETINGS, do=access.WRITE_MEETINGS)
def meeting(request: HttpRequest, notes: Notes) -> HttpResponse:
    return written_page(request, notes)


@notes_page(notes_of_kind, see=access.SEE_VOICES, do=access.WRITE_VOICES)
def visit(request: HttpRequest, notes: Notes) -> HttpResponse:
    return written_page(request, notes)


def written_page(request: HttpRequest, notes: Notes) -> HttpResponse:
    """Of two who write at once the second sees both texts; what they save then stays, and the other in the history."""
    form, base = MeetingForm(sent(request), initial=begun(notes)), base_of(request.POST)
    if request.method != "POST" or not form.is_valid():
        return shown(request, notes, form)
    try:
        note = save_notes(
            by=cast(User, request.user),
            inspection=notes.inspection,
            kind=notes.kind,
            slot=notes.slot,
            note=notes.note,
            base=base,
            said=form.written(),
        )
    except StaleNotes as stale:
        form.add_error(None, str(stale))
        return shown(request, notes, form, stale.theirs)
    messages.success(request, "The notes are saved.")
    return redirect("cases:meeting", ref=notes.inspection.ref, meeting=note.pk)


def begun(notes: Notes) -> dict[str, object]:
    if notes.note:
        return shown_in_form(notes.note)
    day = notes.slot.period.lower.astimezone(clock.LONDON).date() if notes.slot else clock.today()
    return proposed(notes.kind, day)


def shown(
    request: HttpRequest,
    notes: Notes,
    form: MeetingForm | None = None,
    theirs: MeetingNote | None = None,
    theme_form: ThemeForm | None = None,
) -> HttpResponse:
    inspection, note = notes.inspection, notes.note
    version = theirs.version if theirs else base_of(request.POST) or (note.version if note else 0)
    permission = access.WRITE_MEETINGS if note or notes.slot else access.WRITE_VOICES
    page = {
        "inspection": inspection,
        "notes": notes,
        "note": note,
        "notes_form": form or MeetingForm(initial=begun(notes)),
        "theme_form": theme_form or ThemeForm(standards=standards_of(inspection)),
        "form": theme_form or form,
        "theirs": theirs,
        "version": version,
        "may_write": notes.may(permission),
        "themes": themes_of(inspection).filter(meeting=note) if note else [],
        "versions": note.versions.select_related("by") if note else [],
        "warnings": warned(inspection, note.text, note.purpose, note.not_taken_up) if note else (),
    }
    return render(request, "cases/meeting_notes.html", page)


@notes_page(notes_for, do=access.WRITE_MEETINGS)
def add_theme(request: HttpRequest, notes: Notes) -> HttpResponse:
    form, note = ThemeForm(request.POST, standards=standards_of(notes.inspection)), cast(MeetingNote, notes.note)
    if not form.is_valid():
        return shown(request, notes, theme_form=form)
    data = form.cleaned_data
    said = Statement(data["standard"], data["direction"], data["theme"])
    by, inspection = cast(User, request.user), notes.inspection
    acting.add_theme(by=by, inspection=inspection, said=said, day=note.held_on, meeting=note)
    messages.success(request, "The theme is added.")
    return redirect("cases:meeting", ref=inspection.ref, meeting=note.pk)
