"""Who is at a rating meeting, who leaves the room for what, and who has declared an interest."""

from inspections.models import Membership
from inspections.queries.team import team_of
from ratings.models import MEETING_ROLES, Attendance, Meeting
from ratings.rules.quorum import Member


def members_of(meeting: Meeting) -> list[Member]:
    """In the order of their roles; whoever came to the team since the meeting began is not there until it is said."""
    recorded = {found.person_id: found for found in meeting.attendances.all()}
    found: dict[int, Member] = {}
    for place in team_of(meeting.inspection):
        if place.person_id not in found and is_of(place, recorded):
            found[place.person_id] = member(place, recorded.get(place.person_id))
    return list(found.values())


def is_of(place: Membership, recorded: dict[int, Attendance]) -> bool:
    """Of a team's places: those that have a part in meetings now, or had one when somebody was recorded."""
    found = recorded.get(place.person_id)
    return place.role in MEETING_ROLES and (place.until is None if found is None else place.role == found.role)


def member(place: Membership, found: Attendance | None) -> Member:
    return Member(
        person=place.person_id,
        name=place.person.name,
        role=place.get_role_display(),
        present=found is not None and found.present,
        leaves_for=tuple(found.leaves_for) if found else (),
        interest=place.has_interest,
    )


def able_to_attend(meeting: Meeting) -> list[Membership]:
    """Places that are held now, of people who are not kept away by an interest."""
    places = team_of(meeting.inspection)
    return [place for place in places if place.until is None and place.role in MEETING_ROLES and not place.has_interest]
