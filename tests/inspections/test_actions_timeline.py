"""The daily look at all timelines: it leaves word once, and moves nothing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import clock
from accounts.models import User
from inspections.actions.timeline import watch_accounts, watch_timeline
from inspections.holidays import bank_holidays
from inspections.models import Inspection, Notification, Service, TimelineStep
from inspections.tasks import watch_timeline as task
from tests.inspections.conftest import plan

ANNOUNCEMENT = date(2027, 5, 12)  # a Wednesday


def watch(day: date) -> list[tuple[str, str]]:
    """What it left on that day: for whom, and which words."""
    known = set(Notification.objects.values_list("pk", flat=True))
    watch_timeline(today=day, holidays=bank_holidays())
    new = Notification.objects.exclude(pk__in=known).order_by("person__name", "pk")
    return list(new.values_list("person__name", "text"))


def for_both(words: str) -> list[tuple[str, str]]:
    return [(name, f"Announcement: {words}. Reading, YI-27-001") for name in ("Head", "Lead")]


DAYS = [
    (ANNOUNCEMENT - timedelta(days=5), []),
    (ANNOUNCEMENT - timedelta(days=2), for_both("due on Wednesday 12 May 2027")),
    (ANNOUNCEMENT - timedelta(days=1), for_both("due on Wednesday 12 May 2027")),
    (ANNOUNCEMENT, for_both("due today")),
    (ANNOUNCEMENT + timedelta(days=1), for_both("was due on Wednesday 12 May 2027")),
]


@pytest.mark.parametrize(("day", "left"), DAYS)
def test_lead_and_head_are_told_of_what_is_due_soon_today_and_overdue(inspection, day, left):
    inspection.timeline.exclude(step="announcement").delete()
    assert watch(day) == left


def test_two_working_days_reach_over_a_weekend(inspection):
    inspection.timeline.exclude(step="macd_reviews_due").delete()  # Monday 7 June
    assert watch(date(2027, 6, 2)) == []
    assert [name for name, _ in watch(date(2027, 6, 3))] == ["Head", "Lead"]


def test_it_runs_any_number_of_times(inspection):
    inspection.timeline.exclude(step="announcement").delete()
    days = [ANNOUNCEMENT + timedelta(days=number) for number in (-2, -2, -1, 0, 0, 1, 2, 9)]
    assert [len(watch(day)) for day in days] == [2, 0, 0, 2, 0, 2, 0, 2]


def test_what_is_not_recorded_for_more_than_five_working_days_is_said_once_more(inspection):
    inspection.timeline.exclude(step="announcement").delete()
    watch(ANNOUNCEMENT + timedelta(days=1))
    said = [watch(ANNOUNCEMENT + timedelta(days=number)) for number in (7, 8, 20)]  # days 5, 6 and 14 for work
    assert said == [[], for_both("was due on Wednesday 12 May 2027 and is still not recorded"), []]


def test_of_the_publication_they_are_told_five_working_days_before(inspection):
    step = inspection.timeline.get(step="publication")
    inspection.timeline.exclude(step="publication").delete()
    said = [len(watch(step.anticipated - timedelta(days=number))) for number in (8, 7, 6, 2, 0)]
    assert said == [0, 2, 0, 2, 2]


def test_whose_account_ends_within_a_week_is_told_once_with_the_administrator(people):
    User.objects.filter(pk=people.assessor.pk).update(ends_on=date(2027, 6, 14))
    for day in (6, 7, 7, 9):
        watch_accounts(today=date(2027, 6, day))
    assert list(Notification.objects.order_by("person__name").values_list("person__name", "text")) == [
        ("Administrator", "The account of Assessor ends on Monday 14 June 2027"),
        ("Assessor", "Your account ends on Monday 14 June 2027. Ask an administrator if you need it for longer"),
    ]


def test_after_days_without_a_worker_it_says_what_is_true_now(inspection):
    inspection.timeline.exclude(step="announcement").delete()
    assert watch(ANNOUNCEMENT + timedelta(days=6)) == for_both("was due on Wednesday 12 May 2027")


def test_a_new_date_is_a_new_occasion(inspection):
    step = inspection.timeline.get(step="announcement")
    inspection.timeline.exclude(step="announcement").delete()
    watch(ANNOUNCEMENT)
    step.anticipated = ANNOUNCEMENT + timedelta(days=2)
    step.save()
    assert [words for _, words in watch(ANNOUNCEMENT + timedelta(days=2))] == [
        "Announcement: due today. Reading, YI-27-001"
    ] * 2


def test_it_moves_nothing(inspection):
    before = list(TimelineStep.objects.order_by("pk").values())
    watch(date(2027, 12, 1))
    assert list(TimelineStep.objects.order_by("pk").values()) == before
    assert Inspection.objects.get().stage == "scheduled"


def test_what_has_happened_is_not_due(people, inspection):
    inspection.timeline.update(actual=ANNOUNCEMENT, recorded_by=people.lead)
    assert watch(date(2027, 12, 1)) == []


def test_whoever_has_an_interest_is_told_nothing_of_that_service(people, inspection):
    for person in (people.head, people.lead):
        person.interests.create(service=inspection.service, kind="other", declared_at=clock.now())
    assert watch(ANNOUNCEMENT) == []


def test_whoever_led_before_is_not_told(people, inspection):
    inspection.memberships.update(until=clock.now())
    assert {name for name, _ in watch(ANNOUNCEMENT)} == {"Head"}


def test_it_costs_the_same_for_one_and_for_three_inspections(people, inspection):
    costs = []
    for name in ("Cardiff", "Kent"):
        with CaptureQueriesContext(connection) as queries:
            watch_timeline(today=ANNOUNCEMENT, holidays=bank_holidays())
        costs.append(len(queries))
        plan(people, service=Service.objects.get(name=name))
        plan(people, service=Service.objects.get(name=name), fieldwork_start=date(2027, 6, 14))
    assert costs[0] == costs[1]


def test_the_task_looks_with_todays_date(inspection, settings):
    settings.CLOCK = "2027-05-12T00:05"
    task()
    task()
    assert Notification.objects.filter(text="Announcement: due today. Reading, YI-27-001").count() == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_again", range(3))
def test_twins_leave_each_word_once(people, third_of_may, _again):
    plan(people)
    with ThreadPoolExecutor(6) as together:
        list(together.map(lambda _: watch_alone(date(2027, 6, 7)), range(6)))
    keys = list(Notification.objects.values_list("person", "key"))
    assert len(keys) == len(set(keys)) == 8


def watch_alone(day: date) -> None:
    try:
        watch_timeline(today=day, holidays=bank_holidays())
    finally:
        connection.close()
