"""The frame of an inspection's pages offers what the person may open, in groups, and nothing else."""

import pytest

from inspections.models import Inspection
from inspections.queries import parties_of, relations
from inspections.routes import routes
from inspections.sections import GROUPS
from inspections.templatetags.inspection_pages import section_groups
from tests.factories import inspection_with_team
from tests.journeys.browser import Browser

ALONE = "Inspection: Inspection home"
TIMES = "Team, Timeline"
HOME = f"{ALONE}, Requests, {TIMES}"
CASES = "Cases: Sample, Progress, Queries"
WEEK = "The week: Timetable, Discussions, Daily catch-up"
VOICES = "Voices: Meetings, Participation, Themes, Evidence"
OFFERED = [
    ("lead", "scheduled", [f"{ALONE}, {TIMES}, Log"]),
    ("lead", "announced", [f"{HOME}, Log", "Cases: Sample", "The week: Timetable"]),
    ("deputy", "fieldwork", [HOME, f"{CASES}, Concerns", WEEK, VOICES, "Ratings: Key questions"]),
    ("assistant", "rating", [HOME, CASES, WEEK, VOICES]),
    (
        "chair",
        "rating",
        [
            f"{ALONE}, {TIMES}",
            "The week: Discussions",
            "Voices: Themes, Evidence",
            "Ratings: Key questions, Rating meeting",
        ],
    ),
    (
        "head",
        "signed",
        [f"{HOME}, Log", f"{CASES}, Concerns, Alert", WEEK, VOICES, "Ratings: Key questions, Rating meeting, Outcome"],
    ),
    ("assessor", "fieldwork", ["Cases: Queries", "The week: Timetable", "Voices: Meetings"]),
    ("stranger", "told", []),
]


def fetched(inspection: Inspection, person) -> Inspection:
    found = Inspection.objects.annotate(**relations(person)).get(pk=inspection.pk)
    found.parties = parties_of(person, found)
    return found


def groups_at(rf, person, inspection, page=""):
    request = rf.get(f"/inspections/{inspection.ref}/{page}")
    return section_groups({"request": request}, fetched(inspection, person))


@pytest.mark.parametrize(("name", "stage", "expected"), OFFERED)
def test_only_open_sections_are_offered(rf, people, name, stage, expected):
    groups = groups_at(rf, getattr(people, name), inspection_with_team(people, stage=stage))
    assert [f"{group.text}: {', '.join(link.text for link in group.links)}" for group in groups] == expected


def test_every_section_has_its_page():
    names = {route.name for route in routes()}
    assert {section.url_name for group in GROUPS for section in group.sections} - names == set()


def test_a_group_of_one_section_goes_by_its_name(rf, people):
    groups = groups_at(rf, people.assessor, inspection_with_team(people))
    assert [group.name for group in groups] == ["Queries", "Timetable", "Meetings"]


@pytest.mark.parametrize(
    ("page", "current"),
    [
        ("", ["Inspection", "Inspection home"]),
        ("team/", ["Inspection", "Team"]),
        ("team/4/end/", ["Inspection", "Team"]),
        ("timeline/draft_report/record/", ["Inspection", "Timeline"]),
        ("macd/1/", ["The week", "Discussions"]),
        ("cases/C-01/", []),
    ],
)
def test_the_section_of_the_page_and_its_group_are_marked(rf, people, page, current):
    groups = [group for group in groups_at(rf, people.lead, inspection_with_team(people), page) if group.current]
    marked = [[group.name, *(link.text for link in group.links if link.current)] for group in groups]
    assert marked == ([current] if current else [])


def test_a_page_shows_the_groups_and_the_sections_of_its_own_and_the_first_page_shows_all(rf, people):
    inspection = inspection_with_team(people)
    here = f"/inspections/{inspection.ref}/"
    shown = Browser(people.lead).open(f"{here}timetable/").links()
    words = [text for href, text in shown if href.startswith(here)]
    assert words[:8] == [
        "Inspection", "Cases", "The week", "Voices", "Key questions", "Timetable", "Discussions", "Daily catch-up",
    ]  # fmt: skip
    first = Browser(people.lead).open(here)
    offered = {href for href, _ in first.links()}
    assert {link.href for group in groups_at(rf, people.lead, inspection) for link in group.links} <= offered
