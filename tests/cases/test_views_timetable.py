"""The timetable over HTTP: booking, moving, cancelling, what is refused and how, suggesting and sending it."""

import re
from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from accounts import clock
from accounts.models import AuditEvent
from cases.models import Case
from inspections.actions.inspections import plan_timeline
from inspections.holidays import bank_holidays
from inspections.models import Booking, Inspection, Notification, Slot, TimetableVersion
from tests.factories import inspection_with_team, sampled_cases, slot
from tests.pages import fetch, text_of

pytestmark = pytest.mark.django_db

TUESDAY = datetime(2027, 6, 8, 10, tzinfo=clock.LONDON)


@pytest.fixture
def inspection(people, settings) -> Inspection:
    """Of Reading, announced, fieldwork from Monday 7 June 2027; it is Friday 4 June."""
    settings.CLOCK = "2027-06-04T09:00"
    made = inspection_with_team(people, stage="announced")
    plan_timeline(made, made.standards, bank_holidays())
    return made


@pytest.fixture
def cases(people, inspection) -> list[Case]:
    return sampled_cases(inspection, reader=people.assistant, count=3)


def address(inspection, name="timetable", **more) -> str:
    return reverse(f"cases:{name}", kwargs={"ref": inspection.ref} | more)


def said(team, /, **more):
    interview = {
        "kind": "case_manager",
        "day": "2027-06-08",
        "begins": "10am",
        "minutes": "90",
        "people": [team.assistant.pk],
        "met": "Worker 2",
        "cases": "C-01",
    }
    return interview | more


def posted(client, person, url, data) -> str:
    client.force_login(person)
    return text_of(client.post(url, data, follow=True).content.decode())


def test_an_interview_is_booked(client, people, inspection, cases):
    page = posted(client, people.lead, address(inspection, "book-slot"), said(people))
    assert "Interview with the case manager: booked." in page
    made = Slot.objects.get()
    assert (made.period.lower, made.period.upper) == (TUESDAY, TUESDAY + timedelta(minutes=90))
    assert [(booking.person, str(booking.met or "")) for booking in made.bookings.all()] == [
        (people.assistant, ""),
        (None, "Worker 2"),
    ]
    assert [covered.case.ref for covered in made.covered.all()] == ["C-01"]
    assert (
        "Interview with the case manager , Tuesday 8 June, 10am to 11:30am C-01 Assistant Worker 2 No room yet" in page
    )
    event = AuditEvent.objects.latest("id")
    assert (event.verb, event.detail) == (
        "booked",
        {"when": "Tuesday 10am, 1 hour 30 minutes", "cases": ["C-01"], "on Teams": False},
    )


def test_a_link_for_a_case_brings_its_interview_along(client, people, inspection, cases):
    html = fetch(client, people.lead, address(inspection, "book-slot") + "?case=C-02")
    assert 'value="C-02"' in html
    ticked = re.findall(r'<input[^>]*name="people"[^>]*value="([0-9]+)"[^>]*checked', " ".join(html.split()))
    assert ticked == [str(people.assistant.pk)]
    assert cases[1].row.worker in html


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (
            {"minutes": "105"},
            "A case manager interview can last up to 1 hour 30 minutes. This one is 1 hour 45 minutes",
        ),
        ({"day": "2027-06-07", "begins": "9am"}, "Fieldwork starts at 12 noon on Monday. Choose a later time"),
        ({"day": "2027-06-11", "begins": "11am"}, "Fieldwork ends at 12 noon on Friday. Choose an earlier time"),
        ({"begins": "4pm"}, "Fieldwork on Tuesday is between 9am and 5pm. Choose another time"),
        ({"begins": "ten"}, "Enter a time, like 10:40am or 14:20"),
        ({"begins": ""}, "Enter a time, like 10:40am or 14:20"),
        ({"day": ""}, "Select a day"),
        ({"day": "2027-06-12"}, "Select a valid choice"),
        ({"kind": ""}, "Select what it is"),
        ({"minutes": ""}, "Select how long it lasts"),
        ({"cases": "C-99"}, "The sample has no case C99"),
        ({"cases": "the first"}, "Write the references of the cases only, like C-04."),
        ({"link": "https://teams.example/1"}, "Say that it is held on Teams, or take the link away"),
        ({"building": "Town hall"}, "Enter the room in this building"),
        ({"met": "x" * 121}, "is longer than 120 characters"),
        ({"met": "a\0b"}, "Null characters are not allowed"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_stays(client, people, inspection, cases, more, sentence):
    client.force_login(people.lead)
    html = client.post(address(inspection, "book-slot"), said(people, **more)).content.decode()
    if "valid choice" not in sentence and "Null" not in sentence:
        assert sentence in text_of(html)
    assert "There is a problem" in text_of(html)
    assert ("Worker 2" in html) is ("met" not in more)
    assert Slot.objects.count() == 0


@pytest.mark.parametrize(
    ("more", "who"),
    [
        ({"met": "", "cases": ""}, "Assistant"),
        ({"people": [], "cases": ""}, "Worker 2"),
        ({"people": [], "met": "", "cases": "", "place": "Room 1", "building": "Town hall"}, "Room 1"),
    ],
)
def test_nobody_and_no_room_is_in_two_places(client, people, inspection, cases, more, who):
    """Walk-through W10: the clash has its sentence, and the form keeps what was typed."""
    first = said(people, place="Room 1", building="Town hall", cases="C-01")
    posted(client, people.lead, address(inspection, "book-slot"), first)
    second = said(people, kind="context_visit", begins="11am", minutes="60", **more)
    page = posted(client, people.lead, address(inspection, "book-slot"), second)
    assert f"{who} is in two places at Tuesday 11am: interview C-01 and context visit" in page
    assert Slot.objects.count() == 1


def test_somebody_at_another_inspection_is_not_free(client, people, inspection):
    other = inspection_with_team(people, service__name="Derby")
    slot(other, TUESDAY, people=[people.assistant])
    page = posted(client, people.lead, address(inspection, "book-slot"), said(people, cases=""))
    assert "Assistant is at another inspection at Tuesday 10am" in page
    assert "Derby" not in page


def test_a_slot_is_moved_by_its_form(client, people, inspection, cases):
    made = slot(
        inspection, TUESDAY, 90, people=[people.assistant], cases=cases[:1], kind="case_manager", title="Interview"
    )
    url = address(inspection, "change-slot", pk=made.pk)
    html = fetch(client, people.lead, url)
    assert 'value="10am"' in html
    posted(client, people.lead, url, said(people, day="2027-06-09", begins="2pm", version="1"))
    made.refresh_from_db()
    assert (made.period.lower, made.version) == (datetime(2027, 6, 9, 14, tzinfo=clock.LONDON), 2)
    assert Booking.objects.get(person=people.assistant).period == made.period


def test_of_two_who_move_it_the_second_is_told_and_keeps_what_they_typed(client, people, inspection, cases):
    made = slot(inspection, TUESDAY, 90, people=[people.assistant], kind="case_manager", title="Interview")
    url = address(inspection, "change-slot", pk=made.pk)
    posted(client, people.lead, url, said(people, day="2027-06-09", version="1"))
    page = posted(client, people.deputy, url, said(people, day="2027-06-10", met="Worker 3", version="1"))
    assert (
        "Somebody changed this slot after you opened it. It is on Wednesday 10am now. Check it, then save again" in page
    )
    assert "Worker 3" in page
    made.refresh_from_db()
    assert made.period.lower.day == 9


def test_a_cancelled_slot_sets_everybody_free_and_stays_to_be_read(client, people, inspection, cases):
    made = slot(inspection, TUESDAY, 90, people=[people.assistant], kind="case_manager", title="Interview")
    url = address(inspection, "cancel-slot", pk=made.pk)
    assert "Say why it is cancelled" in posted(client, people.lead, url, {"version": "1", "reason": ""})
    assert "Interview: cancelled." in posted(client, people.lead, url, {"version": "1", "reason": "Ill"})
    posted(client, people.lead, address(inspection, "book-slot"), said(people))
    assert Slot.objects.filter(standing=True).count() == 1
    assert "Cancelled by Lead on Friday 4 June: Ill" in text_of(
        fetch(client, people.assistant, address(inspection, "slot", pk=made.pk))
    )
    assert client.get(address(inspection, "change-slot", pk=made.pk)).status_code == 404


@pytest.mark.parametrize("pk", [0, 10**12])
def test_a_slot_that_there_is_not_is_not_found(client, people, inspection, pk):
    client.force_login(people.lead)
    assert client.get(address(inspection, "slot", pk=pk)).status_code == 404


def test_what_became_of_a_slot_is_recorded_once_it_has_begun(client, people, inspection, settings):
    made = slot(inspection, TUESDAY, 90, people=[people.assistant], kind="case_manager", title="Interview")
    Inspection.objects.update(stage="fieldwork")
    url = address(inspection, "slot-outcome", pk=made.pk)
    client.force_login(people.assistant)
    assert client.get(url).status_code == 404
    settings.CLOCK = "2027-06-08T12:00"
    page = posted(client, people.assistant, url, {"outcome": "absent", "note": "Moved to Thursday", "version": "1"})
    assert "Somebody was absent. Moved to Thursday" in page


def test_everything_is_suggested_and_booked_in_one_go(client, people, inspection, cases):
    Case.objects.filter(pk__in=[cases[0].pk, cases[1].pk]).update(is_macd=True)
    client.force_login(people.lead)
    html = client.get(address(inspection, "suggest-timetable")).content.decode()
    assert "No time was found" not in text_of(html)
    shown = html.split('name="shown" value="')[1].split('"')[0]
    page = text_of(
        client.post(address(inspection, "suggest-timetable"), {"shown": shown}, follow=True).content.decode()
    )
    assert "Booked: 11." in page
    kinds = sorted(Slot.objects.values_list("kind", flat=True))
    assert (kinds.count("case_manager"), kinds.count("multi_agency_discussion"), kinds.count("context_visit")) == (
        3,
        2,
        1,
    )
    assert "Must be fixed before it is sent" not in page
    again = text_of(client.get(address(inspection, "suggest-timetable")).content.decode())
    assert "Everything is booked that can be." in again


def test_a_suggestion_that_no_longer_holds_is_not_booked(client, people, inspection, cases):
    page = posted(client, people.lead, address(inspection, "suggest-timetable"), {"shown": "0" * 32})
    assert "The timetable has changed since, and so has the suggestion. Look at it again." in page
    assert Slot.objects.count() == 0


def test_fixed_meetings_are_put_in_on_their_own(client, people, inspection, cases):
    client.force_login(people.lead)
    url = address(inspection, "suggest-timetable") + "?only=meetings"
    shown = client.get(url).content.decode().split('name="shown" value="')[1].split('"')[0]
    client.post(url, {"shown": shown})
    assert Slot.objects.filter(kind="case_manager").count() == 0
    monday = Slot.objects.filter(kind__in=["head_of_service", "chair_presentation"])
    assert {made.period.lower.astimezone(clock.LONDON).date().isoformat() for made in monday} == {"2027-06-07"}


def test_a_timetable_with_faults_is_not_sent(client, people, inspection, cases):
    page = posted(client, people.lead, address(inspection, "send-timetable"), {})
    assert "It can be sent once this is fixed." in page
    assert "C-01 has no interview. Book one, or read it from the file" in page
    assert TimetableVersion.objects.count() == 0


def whole_week(client, people, inspection):
    client.force_login(people.lead)
    url = address(inspection, "suggest-timetable")
    shown = client.get(url).content.decode().split('name="shown" value="')[1].split('"')[0]
    client.post(url, {"shown": shown})


def test_it_is_sent_and_everybody_is_told_and_later_only_those_whom_a_change_concerns(
    client, people, inspection, cases
):
    whole_week(client, people, inspection)
    url = address(inspection, "send-timetable")
    points = client.get(url).context["look"]
    answers = {f"reason-{number}": "Nothing else is possible" for number in range(len(points))}
    assert "The timetable is sent." in posted(client, people.lead, url, answers)
    told = set(Notification.objects.filter(key__endswith="timetable 1").values_list("person__name", flat=True))
    assert told == {"Deputy", "Assistant", "Second Assistant", "Assessor", "Contact"}
    assert TimetableVersion.objects.get().reasons == {point.sentence: "Nothing else is possible" for point in points}
    visit = Slot.objects.get(kind="context_visit")
    Slot.objects.filter(pk=visit.pk).update(period=(visit.period.lower, visit.period.upper - timedelta(minutes=15)))
    page = text_of(fetch(client, people.lead, address(inspection)))
    assert "Changed since 4 June, and not sent (1)" in page
    assert "Moved: Context visit" in page
    posted(client, people.lead, url, answers)
    told = set(Notification.objects.filter(key__endswith="timetable 2").values_list("person__name", flat=True))
    assert told == {"Contact"}  # the lead inspector, who sent it, takes part alone


def test_a_point_to_look_at_needs_a_reason(client, people, inspection, cases):
    whole_week(client, people, inspection)
    extra = said(
        people, kind="other", title="Reading", day="2027-06-08", begins="12pm", minutes="120", met="", cases=""
    )
    assert "booked." in posted(client, people.lead, address(inspection, "book-slot"), extra)
    page = posted(client, people.lead, address(inspection, "send-timetable"), {})
    assert "Say why this stays as it is: Assistant has no break of 30 minutes between 12 and 2 on Tuesday" in page
    assert TimetableVersion.objects.count() == 0


def test_my_timetable_has_mine_and_marks_what_changed(client, people, inspection, cases):
    whole_week(client, people, inspection)
    points = client.get(address(inspection, "send-timetable")).context["look"]
    answers = {f"reason-{number}": "So be it" for number in range(len(points))}
    client.post(address(inspection, "send-timetable"), answers)
    mine = Slot.objects.filter(kind="case_manager").order_by("period")
    gone, moved = mine[0], mine[1]
    posted(client, people.lead, address(inspection, "cancel-slot", pk=gone.pk), {"version": "1", "reason": "Ill"})
    Slot.objects.filter(pk=moved.pk).update(title="Interview with two people")
    page = text_of(fetch(client, people.assistant, address(inspection, "my-timetable")))
    assert "No longer yours, or cancelled" in page
    assert "Interview with two people" in page
    assert page.count("Changed") == 1
    assert "Head of service" not in page


@pytest.mark.parametrize("view", ["", "?view=grid"])
@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_queries_for_any_number_of_slots(
    client, people, inspection, view, count, django_assert_num_queries
):
    cases = sampled_cases(inspection, reader=people.assistant, count=count)
    for number, case in enumerate(cases):
        begins = TUESDAY + timedelta(minutes=90 * number)
        slot(
            inspection,
            begins,
            60,
            people=[people.assistant],
            met=[f"Worker {number}"],
            place="R",
            cases=[case],
            kind="case_manager",
        )
    client.force_login(people.lead)
    with django_assert_num_queries(12):
        assert client.get(address(inspection) + view).status_code == 200


def test_the_grid_says_who_does_what_when(client, people, inspection, cases):
    slot(inspection, TUESDAY, 90, people=[people.assistant], cases=cases[:1], kind="case_manager", title="Interview")
    slot(inspection, TUESDAY + timedelta(minutes=30), 30, people=[people.lead], title="Call")
    page = text_of(fetch(client, people.lead, address(inspection) + "?view=grid"))
    assert "From Lead Assistant 10am Free Interview, C-01 10:30am Call until 11:30am" in page


def test_nothing_is_suggested_for_hours_that_are_over(client, people, inspection, cases, settings):
    settings.CLOCK = "2027-06-10T11:50"
    Inspection.objects.update(stage="fieldwork")
    whole_week(client, people, inspection)
    first = Slot.objects.order_by("period").first()
    assert first.period.lower >= datetime(2027, 6, 10, 12, tzinfo=clock.LONDON)
    settings.CLOCK = "2027-06-14T09:00"
    Slot.objects.all().delete()
    page = text_of(fetch(client, people.lead, address(inspection, "suggest-timetable")))
    assert "No time was found for anything that is not booked yet." in page
    assert "C-01: Fieldwork is over." in page


def test_the_service_sees_what_was_sent_and_no_case(client, people, inspection, cases):
    url = address(inspection, "service-timetable")
    home = reverse("inspections:service-home", kwargs={"ref": inspection.ref})
    client.force_login(people.contact)
    assert (client.get(url).status_code, url in client.get(home).content.decode()) == (404, False)
    whole_week(client, people, inspection)
    points = client.get(address(inspection, "send-timetable")).context["look"]
    answers = {f"reason-{number}": "So be it" for number in range(len(points))}
    client.post(address(inspection, "send-timetable"), answers)
    first = Slot.objects.filter(kind="case_manager").order_by("period").first()
    Slot.objects.filter(pk=first.pk).update(title="Changed behind it")
    client.force_login(people.contact)
    assert url in client.get(home).content.decode()
    page = text_of(client.get(url).content.decode())
    assert "Interview with the case manager Worker" in page
    assert [word in page for word in ("C-01", "Demo Child", "Changed behind it", "So be it")] == [False] * 4


def test_it_prints_by_person_for_two_sizes_of_paper(client, people, inspection, cases):
    slot(inspection, TUESDAY, 90, people=[people.assistant], cases=cases[:1], kind="case_manager", title="Interview")
    a4 = fetch(client, people.lead, address(inspection, "print-timetable"))
    a3 = fetch(client, people.lead, address(inspection, "print-timetable") + "?size=a3")
    assert ("app-a4-page" in a4, "app-a3-page" in a3) == (True, True)
    assert "From Assistant 10am Interview, C-01, 10am to 11:30am" in text_of(a4)
