"""W10, by keyboard alone: a week is put together, clashes made on purpose say what is wrong, it is mended and sent."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from playwright.sync_api import BrowserContext, expect

from accounts import clock
from accounts.models import User
from cases.models import Kind
from cases.rules.timetable import clock_words, day_words
from inspections.models import Inspection, TimetableVersion
from tests.browser.keyboard import Keyboard
from tests.browser.test_sample_walk import sign_in
from tests.factories import inspection_with_team, sampled_cases
from tests.people import People

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

EARLY = "Fieldwork starts at 12 noon on Monday. Choose a later time"
LONG = "A case manager interview can last up to 1 hour 30 minutes. This one is 1 hour 45 minutes"
SAVE = "submit-id-save"


@pytest.fixture
def inspection(people: People, settings) -> Inspection:
    settings.CLOCK = "2027-05-25T10:00"
    inspection = inspection_with_team(people, stage="announced")
    sampled_cases(inspection, Kind.CHILD, 2, reader=people.assistant, is_macd=True)
    return inspection


@pytest.fixture
def keyboard(context: BrowserContext, live_server, people: People) -> Keyboard:
    sign_in(context, people.lead, live_server.url)
    return Keyboard(context)


def choose(keyboard: Keyboard, **values: str) -> None:
    """The fields in their order; a box of choices is typed into as a person does, any other is written over."""
    for field, value in values.items():
        keyboard.reach(field)
        if keyboard.page.evaluate("document.activeElement.tagName") == "SELECT":
            keyboard.page.keyboard.type(value)
        else:
            keyboard.press("Control+a")
            keyboard.write(value)


def when(moment: datetime) -> dict[str, str]:
    local = moment.astimezone(clock.LONDON)
    return {"id_day": day_words(local.date()), "id_begins": clock_words(local)}


def go(keyboard: Keyboard, name: str) -> None:
    keyboard.reach(name)
    keyboard.follow("Enter")


def refused(keyboard: Keyboard, sentence: str) -> None:
    expect(keyboard.page.get_by_role("alert")).to_contain_text(sentence)


def free_hours(inspection: Inspection, person: User) -> list[datetime]:
    """Whole hours from Tuesday to Thursday in which nothing is booked for the person."""
    hours = [datetime(2027, 6, day, hour, tzinfo=clock.LONDON) for day in (8, 9, 10) for hour in (10, 11, 14, 15)]
    own = inspection.slots.filter(bookings__person=person)
    return [each for each in hours if not own.filter(period__overlap=(each, each + timedelta(hours=1))).exists()]


def test_the_week_is_built_mended_and_sent_without_a_mouse(keyboard, inspection, people):
    page, start = keyboard.page, f"/inspections/{inspection.ref}/timetable/"
    page.goto(start)
    go(keyboard, "Suggest times for everything")
    go(keyboard, "Book all of these")
    kinds = set(inspection.slots.values_list("kind", flat=True))
    assert {"context_visit", "showcase", "multi_agency_discussion", "case_manager"} <= kinds
    taken = inspection.slots.filter(kind="case_manager").order_by("period").first().period.lower
    first, second, *_ = free_hours(inspection, people.assistant)

    # Monday at nine; then too long
    go(keyboard, "Add a slot")
    choose(keyboard, id_kind="Interview with the case", id_day="Monday", id_begins="9am", id_minutes="1 h 45")
    go(keyboard, SAVE)
    refused(keyboard, EARLY)
    choose(keyboard, id_begins="1pm")
    go(keyboard, SAVE)
    refused(keyboard, LONG)

    # The same person twice; mended in the form that says so
    page.goto(start)
    go(keyboard, "Add a slot")
    choose(keyboard, id_kind="Something else", id_title="Call", **when(taken), id_minutes="1 h")
    keyboard.reach(page.get_by_label("Assistant, assistant inspector", exact=True).get_attribute("id"))
    keyboard.press("Space")
    go(keyboard, SAVE)
    refused(keyboard, "Assistant is in two places")
    choose(keyboard, **when(first))
    go(keyboard, SAVE)

    # Moved
    call = inspection.slots.get(title="Call")
    assert call.period.lower == first
    page.goto(f"{start}{call.pk}/")
    go(keyboard, "Move or change it")
    choose(keyboard, **when(second))
    go(keyboard, SAVE)
    call.refresh_from_db()
    assert call.period.lower == second

    # Sent, with a reason for whatever stays as it is
    page.goto(start)
    go(keyboard, "Send timetable")
    for place in range(page.locator("[id^=id_reason-]").count()):
        choose(keyboard, **{f"id_reason-{place}": "There is no other day"})
    go(keyboard, "submit-id-send")
    assert TimetableVersion.objects.filter(inspection=inspection).count() == 1
    lead = Client()
    lead.force_login(people.lead)
    file = lead.get(f"{start}{call.pk}/calendar.ics").content.decode()
    assert ("SUMMARY" in file, "Demo Child" in file) == (True, False)
