"""The sections of an inspection and the moves that take it on, with their pages: what its pages offer."""

from dataclasses import dataclass
from functools import lru_cache

from django.urls import NoReverseMatch, reverse

from inspections import access
from inspections.models import Inspection
from inspections.queries import may


@dataclass(frozen=True)
class Section:
    """`by` is the step of the timeline before which it should be done."""

    text: str
    url_name: str
    permission: access.Permission
    by: str = ""


@dataclass(frozen=True)
class Group:
    """Sections that stand together in the navigation, in the order in which they are offered."""

    text: str
    sections: tuple[Section, ...]


GROUPS = (
    Group(
        "Inspection",
        (
            Section("Inspection home", "inspections:home", access.SEE_INSPECTION),
            Section("Requests", "inspections:requests", access.SEE_REQUESTS),
            Section("Team", "inspections:team", access.SEE_TEAM),
            Section("Timeline", "inspections:timeline", access.SEE_TIMELINE),
            Section("Log", "inspections:log", access.SEE_LOG),
        ),
    ),
    Group(
        "Cases",
        (
            Section("Sample", "cases:sample", access.SEE_SAMPLE),
            Section("Progress", "cases:progress", access.SEE_PROGRESS),
            Section("Queries", "cases:queries", access.SEE_QUERIES),
            Section("Concerns", "cases:concerns", access.ACKNOWLEDGE_CONCERN),
            Section("Alert", "inspections:alert", access.SEE_ALERT),
        ),
    ),
    Group(
        "The week",
        (
            Section("Timetable", "cases:timetable", access.SEE_TIMETABLE),
            Section("Discussions", "cases:discussions", access.SEE_DISCUSSION),
            Section("Daily catch-up", "cases:catch-ups", access.SEE_VOICES),
        ),
    ),
    Group(
        "Voices",
        (
            Section("Meetings", "cases:meetings", access.LIST_MEETINGS),
            Section("Participation", "cases:participation", access.SEE_VOICES),
            Section("Themes", "cases:themes", access.SEE_THEMES),
            Section("Evidence", "cases:evidence", access.SEE_EVIDENCE),
        ),
    ),
    Group(
        "Ratings",
        (
            Section("Key questions", "ratings:key-questions", access.SEE_RATINGS),
            Section("Rating meeting", "ratings:meeting", access.SEE_MEETING),
            Section("Outcome", "ratings:outcome", access.SEE_OUTCOME),
        ),
    ),
)

BEGINNINGS = (
    Section("Announcement", "inspections:announcement", access.SEE_ANNOUNCEMENT),
    Section("Planning meeting", "inspections:planning-meeting", access.SEE_PLANNING_MEETING),
    Section("People to meet", "inspections:people-to-meet", access.SEE_PEOPLE),
)
"""Offered on the page of the inspection itself: each is of use for a few weeks."""

SENT_TIMETABLE = Section("See the timetable", "cases:service-timetable", access.SEE_SENT_TIMETABLE)
"""Offered once there is one."""

SERVICE_TASKS = (
    Section("Send the lists of your cases", "cases:service-caseload", access.SEND_CASELOAD, "fieldwork_start"),
    Section("Send what we asked for", "inspections:service-requests", access.SEND_EVIDENCE),
    Section("Say whom we can meet", "inspections:service-people", access.LIST_PEOPLE, "fieldwork_start"),
    Section(
        "Write the reviews for the case discussions", "cases:service-reviews", access.WRITE_REVIEW, "macd_reviews_due"
    ),
    SENT_TIMETABLE,
    Section("Read the outcome", "ratings:service-outcome", access.SEE_RELEASED_OUTCOME),
)
SERVICE_STEPS = (
    "announcement",
    "planning_meeting",
    "macd_reviews_due",
    "fieldwork_start",
    "fieldwork_end",
    "service_told",
    "draft_report",
    "factual_accuracy_due",
    "publication",
)
"""The steps that concern the service; the others are between the Inspectorate and the government."""


@dataclass(frozen=True)
class Move:
    """From one stage to `stage`; `then` says what it opens and closes."""

    stage: str
    text: str
    then: str
    done: str
    url_name: str
    permission: access.Permission


MOVES = {
    "scheduled": Move(
        "announced",
        "Announce the inspection",
        "The contacts of the service can then open its page here and send the lists of their cases.",
        "The inspection is announced.",
        "inspections:announcement",
        access.MOVE_ON,
    ),
    "announced": Move(
        "fieldwork",
        "Start fieldwork",
        "The readers can then open the cases that are allocated to them, and answer.",
        "Fieldwork has started.",
        "inspections:move-on",
        access.MOVE_ON,
    ),
    "fieldwork": Move(
        "rating",
        "Close fieldwork",
        "No case read can be changed after that, and the rating meeting can start.",
        "Fieldwork is closed.",
        "cases:close-fieldwork",
        access.CLOSE_FIELDWORK,
    ),
}


def address(page: Section | Move, inspection: Inspection) -> str | None:
    """None where whoever fetched the inspection may not open it."""
    return address_of(page.url_name, inspection.ref) if may(inspection, page.permission) else None


@lru_cache(4_096)
def address_of(url_name: str, ref: str) -> str | None:
    """Kept, because every page of an inspection shows some nine."""
    try:
        return reverse(url_name, kwargs={"ref": ref})
    except NoReverseMatch:
        return None
