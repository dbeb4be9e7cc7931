"""The sections of an inspection in the order of its pages: what the sub navigation offers."""

from dataclasses import dataclass

from inspections import access


@dataclass(frozen=True)
class Section:
    text: str
    url_name: str
    permission: access.Permission


SECTIONS = (
    Section("Inspection", "inspections:home", access.SEE_INSPECTION),
    Section("Sample", "cases:sample", access.SEE_SAMPLE),
    Section("Progress", "cases:progress", access.SEE_PROGRESS),
    Section("Key questions", "ratings:key-questions", access.SEE_RATINGS),
    Section("Rating meeting", "ratings:meeting", access.SEE_MEETING),
    Section("Outcome", "ratings:outcome", access.SEE_OUTCOME),
    Section("Team", "inspections:team", access.SEE_TEAM),
    Section("Timeline", "inspections:timeline", access.SEE_TIMELINE),
    Section("Log", "inspections:log", access.SEE_LOG),
)
