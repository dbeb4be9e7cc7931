"""The bank holidays that an administrator keeps: what a change touches is shown first, and nothing moves."""

from datetime import date

import pytest

from accounts.models import AuditEvent
from inspections.models import HolidayChange, Notification, TimelineStep
from inspections.queries.holidays import kept_holidays

PAGE = "/manage/calendar/"
JUBILEE = {"change": "add", "day": "28 June 2027", "name": "Jubilee", "reason": "Announced by the government"}


@pytest.fixture
def administrator(client, people, inspection):
    client.force_login(people.administrator)
    return people.administrator


def confirmed(wanted: dict[str, str], day: str) -> dict[str, str]:
    return wanted | {"confirm": f"{wanted['change']} {day}"}


def test_first_it_lists_what_a_holiday_touches_and_changes_nothing(client, administrator):
    """Of the inspection of 7 June 2027 the draft is due on 12 July, and the comments five working days later."""
    page = client.post(PAGE, JUBILEE | {"day": "14 July 2027"})
    found = [(step.title, str(step.stands), str(step.by_rule)) for step in page.context["touches"].steps]
    assert found == [("Comments on factual accuracy due", "2027-07-19", "2027-07-20")]
    assert HolidayChange.objects.count() == 0


def test_then_it_counts_and_moves_no_date_and_tells_whoever_can(client, administrator):
    before = list(TimelineStep.objects.order_by("pk").values())
    wanted = JUBILEE | {"day": "14 July 2027"}
    assert client.post(PAGE, confirmed(wanted, "2027-07-14")).url == PAGE
    assert date(2027, 7, 14) in kept_holidays()
    assert list(TimelineStep.objects.order_by("pk").values()) == before
    words = "Wednesday 14 July 2027 is now a bank holiday. Look at the dates. Reading, YI-27-001"
    assert list(Notification.objects.order_by("person__name").values_list("person__name", "text")) == [
        ("Head", words),
        ("Lead", words),
    ]
    event = AuditEvent.objects.get(verb="added a bank holiday")
    assert (event.person, event.subject, event.detail["touches"]) == (administrator, "Wednesday 14 July 2027", 1)
    assert "Added by Administrator" in client.get(PAGE).content.decode()


def test_one_that_is_taken_away_is_a_working_day_again(client, administrator):
    wanted = {"change": "take_away", "day": "30 August 2027", "reason": "Moved by the government"}
    page = client.post(PAGE, wanted)
    assert page.context["touches"].steps == []
    client.post(PAGE, confirmed(wanted, "2027-08-30"))
    assert date(2027, 8, 30) not in kept_holidays()
    assert [change.reason for change in client.get(PAGE).context["taken_away"]] == ["Moved by the government"]


def test_a_day_other_than_the_one_that_was_checked_is_checked_again(client, administrator):
    assert client.post(PAGE, confirmed(JUBILEE, "2027-06-29")).status_code == 200
    assert HolidayChange.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"day": "30 August 2027"}, "day", "Monday 30 August 2027 is a bank holiday already"),
        ({"day": "26 June 2027"}, "day", "Saturday 26 June 2027 is at a weekend, when nobody works anyway"),
        ({"day": "1 March 2027"}, "day", "Monday 1 March 2027 is in the past. Enter a day from today on"),
        ({"change": "take_away"}, "day", "Monday 28 June 2027 is not a bank holiday"),
        ({"name": ""}, "name", "Enter the name of the bank holiday"),
        ({"reason": ""}, "reason", "Say why the bank holidays change"),
        ({"reason": "x" * 301}, "reason", "Reason must be 300 characters or fewer"),
        ({"name": "a\0b"}, "name", "Null characters are not allowed."),
        ({"change": "swap"}, "change", "Select whether to add or to take away a bank holiday"),
    ],
)
def test_what_cannot_be_says_why_and_keeps_what_was_typed(client, administrator, changes, field, words):
    page = client.post(PAGE, JUBILEE | changes)
    assert page.context["form"].errors[field] == [words]
    assert HolidayChange.objects.count() == 0
