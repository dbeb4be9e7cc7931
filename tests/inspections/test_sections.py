"""The frame of an inspection's pages offers what the person may open, and nothing else."""

import pytest

from inspections.models import Inspection
from inspections.queries import parties_of, relations
from inspections.routes import routes
from inspections.sections import SECTIONS
from inspections.templatetags.inspection_pages import sections
from tests.factories import inspection_with_team

VOICES = "Meetings, Daily catch-up, Participation, Themes, Evidence"
OFFERED = [
    ("lead", "scheduled", "Inspection, Team, Timeline, Log"),
    ("lead", "announced", "Inspection, Sample, Timetable, Team, Timeline, Log"),
    (
        "deputy",
        "fieldwork",
        f"Inspection, Sample, Timetable, Discussions, Progress, {VOICES}, Concerns, Queries, Key questions, Team, "
        "Timeline",
    ),
    (
        "assistant",
        "rating",
        f"Inspection, Sample, Timetable, Discussions, Progress, {VOICES}, Queries, Team, Timeline",
    ),
    ("chair", "rating", "Inspection, Discussions, Themes, Evidence, Key questions, Rating meeting, Team, Timeline"),
    (
        "head",
        "signed",
        f"Inspection, Sample, Timetable, Discussions, Progress, {VOICES}, Concerns, Alert, Queries, Key questions, "
        "Rating meeting, Outcome, Team, Timeline, Log",
    ),
    ("assessor", "fieldwork", "Timetable, Meetings, Queries"),
    ("stranger", "told", ""),
]


def fetched(inspection: Inspection, person) -> Inspection:
    found = Inspection.objects.annotate(**relations(person)).get(pk=inspection.pk)
    found.parties = parties_of(person, found)
    return found


def addresses_there_are() -> set[str]:
    names = {route.name for route in routes()}
    return {section.text for section in SECTIONS if section.url_name in names}


@pytest.mark.parametrize(("name", "stage", "texts"), OFFERED)
def test_only_open_sections_are_offered(rf, people, name, stage, texts):
    inspection = fetched(inspection_with_team(people, stage=stage), getattr(people, name))
    links = sections({"request": rf.get("/")}, inspection)
    expected = [text for text in texts.split(", ") if text in addresses_there_are()]
    assert [link.text for link in links] == expected


@pytest.mark.parametrize(
    ("page", "current"),
    [("", "Inspection"), ("team/", "Team"), ("team/4/end/", "Team"), ("timeline/draft_report/record/", "Timeline")],
)
def test_the_section_of_the_page_is_marked(rf, people, page, current):
    inspection = fetched(inspection_with_team(people), people.lead)
    links = sections({"request": rf.get(f"/inspections/{inspection.ref}/{page}")}, inspection)
    assert [link.text for link in links if link.current] == [current]
