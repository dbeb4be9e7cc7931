"""Running notes for tests, written the way the product takes them."""

from uuid import uuid4

from cases.actions.notes import save_note
from cases.models import NoteVersion
from cases.rules.notes import NoteContent


def write(case, by, text="Nobody asked.", questions=(), *, source="record", seen_on=None, **more):
    """`more`: struck, base, note_id, save_id."""
    return save_note(
        by=by,
        case=case,
        note_id=more.get("note_id") or uuid4(),
        content=NoteContent(text, source, seen_on, tuple(questions), more.get("struck", False)),
        base_version=more.get("base", 0),
        save_id=more.get("save_id") or uuid4(),
    )


def versions(case) -> list[tuple[int, str]]:
    return list(NoteVersion.objects.filter(note__case=case).order_by("id").values_list("version", "text"))
