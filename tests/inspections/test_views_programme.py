"""The programme for the head of programme, over HTTP."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import clock
from accounts.models import AuditEvent
from inspections.models import Leave, Service, ServiceFigures
from tests.inspections.conftest import plan

BOARD, PEOPLE = "/programme/", "/programme/people/"


@pytest.fixture
def head(client, people, inspection):
    client.force_login(people.head)
    return people.head


def cost(client, page: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(page)
    return len(queries)


def test_every_inspection_of_the_year_stands_against_its_plan(client, people, head, inspection, settings):
    inspection.timeline.filter(step="publication").update(anticipated=date(2027, 8, 24))  # planned for 20 August
    settings.CLOCK = "2027-05-17T09:00"
    (row,) = client.get(BOARD).context["programme"].rows
    assert (row.lead, row.slip) == ("Lead", "2 working days late")
    assert [step.title for step in row.late] == ["Announcement", "Planning meeting"]
    assert row.next_step.title == "Announcement"


def test_a_year_without_any_says_so_and_a_year_that_is_none_is_this_one(client, head):
    assert "No inspection has a date in this year." in client.get(BOARD, {"year": "2031"}).content.decode()
    for year in ("", "x", "0", "99999", "²027", "\0"):
        assert client.get(BOARD, {"year": year}).context["year"] == 2027


def test_what_the_head_has_an_interest_in_is_not_there(client, head, inspection):
    head.interests.create(service=inspection.service, kind="other", declared_at=clock.now())
    assert client.get(BOARD).context["programme"].rows == []
    assert client.get(f"/programme/figures/{inspection.service_id}/").status_code == 404


def test_three_inspections_cost_what_one_costs(client, people, head):
    one = cost(client, BOARD), cost(client, PEOPLE)
    for name in ("Cardiff", "Kent"):
        plan(people, service=Service.objects.get(name=name))
    assert (cost(client, BOARD), cost(client, PEOPLE)) == one


def person(client, name: str):
    return next(row for row in client.get(PEOPLE).context["rows"] if row.person.name == name)


def test_weeks_leave_and_whoever_is_in_two_places(client, people, head):
    plan(people, service=Service.objects.get(name="Cardiff"))
    row = person(client, "Lead")
    assert (row.weeks, row.double) == (1, ["YI-27-001 and YI-27-002: Monday 7 June to Friday 11 June 2027"])
    assert (person(client, "Deputy").weeks, person(client, "Deputy").stays) == (0, [])
    away = {"person": people.lead.pk, "first": "11 June 2027", "last": "14 June 2027"}
    assert client.post(PEOPLE, away).url == PEOPLE
    assert [words for words in person(client, "Lead").double if "leave" in words] == [
        "YI-27-001 and leave: Friday 11 June 2027",
        "YI-27-002 and leave: Friday 11 June 2027",
    ]
    leave = Leave.objects.get()
    client.post(f"/programme/people/leave/{leave.pk}/cancel/")
    assert client.post(f"/programme/people/leave/{leave.pk}/cancel/").status_code == 404
    assert person(client, "Lead").leave == []
    assert list(AuditEvent.objects.filter(subject="Lead").order_by("pk").values_list("verb", flat=True)) == [
        "wrote down leave",
        "cancelled leave",
    ]


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"last": "1 June 2027"}, "last", "The last day is before the first. Check both"),
        ({"last": "1 June 2029"}, "last", "Leave can last up to a year. Check both days"),
        ({"person": "0"}, "person", "Select a person from the list"),
        ({"first": "soon"}, "first", "Enter a date, like 3 March 2027"),
        ({"first": "6 August 2027"}, "first", "Lead is on leave on some of these days already"),
    ],
)
def test_leave_that_does_not_fit_says_why(client, people, head, changes, field, words):
    leave = {"person": people.lead.pk, "first": "2 June 2027", "last": "7 August 2027"}
    days = {"first": date(2027, 8, 7), "last": date(2027, 8, 9)}
    if changes.get("first", "").endswith("August 2027"):
        Leave.objects.create(person=people.lead, made_at=clock.now(), made_by=head, **days)
    page = client.post(PEOPLE, leave | changes)
    assert page.context["form"].errors[field] == [words]


def test_figures_of_a_quarter_are_written_down_and_the_latest_counts(client, head, inspection):
    page = f"/programme/figures/{inspection.service_id}/"
    figures = {"quarter": "2027-04-01", "reoffending": "31.5", "first_time": "140", "custody": "", "concern": "Rising"}
    for reoffending in ("31.5", "32.5"):
        assert client.post(page, figures | {"reoffending": reoffending}).url == page
    ((quarter, known),) = client.get(page).context["known"]
    assert (quarter, str(known.reoffending), known.first_time, known.custody, known.concern) == (
        "April to June 2027",
        "32.5",
        140,
        None,
        "Rising",
    )
    assert ServiceFigures.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"reoffending": "101"}, "reoffending", "Reoffending: enter a percentage from 0 to 100, like 31.5"),
        ({"reoffending": "9" * 400}, "reoffending", "Reoffending: enter a percentage from 0 to 100, like 31.5"),
        ({"custody": "NaN"}, "custody", "Use of custody: enter a percentage from 0 to 100, like 31.5"),
        ({"first_time": "many"}, "first_time", "First-time entrants: enter a whole number from 0 to 100,000"),
        ({"quarter": "2027-04-02"}, "quarter", "Select a quarter from the list"),
        ({}, "reoffending", "Enter a figure or a concern"),
    ],
)
def test_figures_that_cannot_be_say_what_to_write(client, head, inspection, changes, field, words):
    page = client.post(f"/programme/figures/{inspection.service_id}/", {"quarter": "2027-04-01"} | changes)
    assert words in page.context["form"].errors[field]
    assert ServiceFigures.objects.count() == 0
