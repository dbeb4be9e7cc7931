"""Two who write the notes of one meeting at the same moment: one saves, the other is shown both texts."""

from datetime import datetime

import pytest

from accounts import clock
from cases.actions import meetings
from cases.actions.meetings import StaleNotes, save_notes
from cases.models import MeetingNote
from cases.rules.voices import Written
from inspections.models import Inspection, Slot
from tests.factories import inspection_with_team, slot
from tests.races import at_once, behind_the_inspection

pytestmark = pytest.mark.django_db(transaction=True)

TIMES = 20
BEGINS = datetime(2027, 6, 8, 14, tzinfo=clock.LONDON)


@pytest.fixture
def showcase(people) -> Slot:
    return slot(inspection_with_team(people), BEGINS, kind="showcase", title="Showcase")


def saving(people, inspection: Inspection, showcase: Slot, note: MeetingNote | None, base: int):
    def by(person, text):
        said = Written(BEGINS.date(), text=text)
        return lambda: save_notes(
            by=person, inspection=inspection, kind="showcase", slot=showcase, note=note, base=base, said=said
        )

    return [by(people.lead, f"Lead {base}"), by(people.deputy, f"Deputy {base}")]


def test_of_two_at_once_one_saves_and_the_other_is_told(people, showcase):
    inspection, note = showcase.inspection, None
    for base in range(TIMES):
        came_to = at_once(saving(people, inspection, showcase, note, base))
        assert sorted(type(one).__name__ for one in came_to) == ["MeetingNote", "StaleNotes"]
        note = next(one for one in came_to if isinstance(one, MeetingNote))
        stale = next(one for one in came_to if isinstance(one, StaleNotes))
        assert stale.theirs.text == note.text
    assert (MeetingNote.objects.get().version, note.versions.count()) == (TIMES, TIMES)


def test_they_wait_for_each_other(people, showcase):
    """Without the lock both would have read before either writes, and be done before the inspection is let go."""
    inspection, seen = showcase.inspection, []
    calls = saving(people, inspection, showcase, None, 0)
    behind_the_inspection(calls, meanwhile=lambda: seen.append(MeetingNote.objects.count()))
    assert (seen, MeetingNote.objects.count()) == ([0], 1)


class Unlocked:
    """Inspections that nobody locks."""

    objects = None


def test_without_the_lock_one_of_them_is_not_told_in_words(people, showcase, monkeypatch):
    class Nothing:
        def select_for_update(self, **_):
            return self

        def get(self, **_):
            return None

    monkeypatch.setattr(Unlocked, "objects", Nothing())
    monkeypatch.setattr(meetings, "Inspection", Unlocked)
    inspection, note, lost = showcase.inspection, None, 0
    for base in range(TIMES):
        came_to = at_once(saving(people, inspection, showcase, note, base))
        lost += sorted(type(one).__name__ for one in came_to) != ["MeetingNote", "StaleNotes"]
        note = MeetingNote.objects.get()
        if note.version != base + 1:
            break
    assert lost > 0
