"""Who is at a rating meeting, and who leaves the room for which item."""

from collections.abc import Collection, Mapping

from django.db import transaction

from accounts import clock
from accounts.actions import record
from accounts.models import User
from ratings.actions.meetings import Frozen, lock
from ratings.models import Attendance, Meeting
from ratings.queries.members import able_to_attend


@transaction.atomic
def record_members(
    *, meeting: Meeting, present: Collection[int], leaving: Mapping[str, Collection[int]], by: User
) -> None:
    """`leaving` is by item. Whoever is not present leaves for nothing."""
    meeting = lock(meeting)
    if meeting.frozen_at:
        raise Frozen("The record is frozen. Take the decisions up again before you change who was here")
    now = clock.now()
    rows = [
        Attendance(
            meeting=meeting,
            person_id=place.person_id,
            role=place.role,
            present=place.person_id in present,
            leaves_for=[item for item, people in leaving.items() if place.person_id in {*people} & {*present}],
            changed_at=now,
            changed_by=by,
        )
        for place in able_to_attend(meeting)
    ]
    Attendance.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["meeting", "person"],
        update_fields=["role", "present", "leaves_for", "changed_at", "changed_by"],
    )
    detail = {str(row.person_id): row.leaves_for if row.present else "not here" for row in rows}
    record(by=by, verb="recorded who is at the meeting", inspection=meeting.inspection.ref, detail=detail)
