"""Reminders and releases across both clock changes, with workers killed, beat doubled and the broker gone for hours."""

import random
import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

import pytest
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.db.models import Q
from django.test import override_settings

from accounts import clock
from accounts.models import News, User
from inspections.actions import tell, write_mail
from inspections.models import Inspection, Notification, OutgoingMail, Service, TimelineStep
from inspections.tasks import send_mail, watch_timeline, write_news
from tests.factories import InspectionFactory, ServiceFactory
from tests.races import at_once

# Days on which people work, by the calendar: Easter is 26 to 29 March, the clocks go on 28 March and 31 October 2027.
WORKED = {
    "the clocks go forward": "03-22 03-23 03-24 03-25 03-30 03-31 04-01 04-02 04-05 04-06 04-07 04-08 04-09",
    "the clocks go back": "10-25 10-26 10-27 10-28 10-29 11-01 11-02 11-03 11-04 11-05 11-08 11-09 11-10",
}
HALF_PAST_SEVEN = time(7, 30)
TICK = timedelta(minutes=30)
INSPECTIONS, RELEASES = 4, 50
KILLED_ONE_IN = 4
TASKS = (watch_timeline, write_news, send_mail)


class Killed(Exception):
    """The worker, at whatever statement it was."""


class Post(BaseEmailBackend):
    """A mail server: what came, by its Message-ID."""

    arrived: Counter[str] = Counter()

    def send_messages(self, email_messages) -> int:
        Post.arrived.update(message.extra_headers["Message-ID"] for message in email_messages)
        return len(email_messages)


@dataclass
class Drill:
    chance: random.Random
    killed: int = 0
    doubled_beats: int = 0
    without_broker: int = 0
    released: dict[str, datetime] = field(default_factory=dict)

    def run(self, task) -> None:
        """Once, or by two workers at once; each of them may be killed at any statement."""
        lives = [self.life() for _ in range(2 if self.chance.random() < 0.2 else 1)]
        self.doubled_beats += len(lives) - 1
        came = at_once([lambda life=life: mortal(task, life) for life in lives])
        self.killed += sum(isinstance(one, Killed) for one in came)
        others = [one for one in came if isinstance(one, Exception) and not isinstance(one, Killed)]
        assert others == []

    def life(self) -> int:
        return self.chance.randrange(1, 12) if self.chance.randrange(KILLED_ONE_IN) == 0 else 10**6

    def release(self, inspection: Inspection, person: User, number: int) -> None:
        """Somebody releases something; where that fails they press again."""
        key = f"release {number}"
        while key not in self.released:
            try:
                mortal(lambda: release(inspection, person, key), self.life())
                self.released[key] = clock.now()
            except Killed:
                self.killed += 1


def mortal(task, statements: int):
    """Runs it; the statement after so many is never carried out, and what was not committed is gone."""
    left = [statements]

    def count(execute, sql, params, many, context):
        left[0] -= 1
        if left[0] < 0:
            raise Killed
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        return task()


@transaction.atomic
def release(inspection: Inspection, person: User, key: str) -> None:
    tell(people=[person.pk], key=key, text="The outcome is ready", to="inspections:service-home", inspection=inspection)
    write_mail(people=[person.pk], key=key, sentence="The outcome is ready.", link="/", inspection=inspection)
    Inspection.objects.filter(pk=inspection.pk).update(evidence_version=1)


def days_of(window: str) -> list[date]:
    return [date.fromisoformat(f"2027-{day}") for day in WORKED[window].split()]


def plan(people, window: str) -> None:
    """Of each inspection a step on each of the working days in the middle of the window."""
    for number in range(INSPECTIONS):
        inspection = Inspection.objects.get(ref=f"YI-27-9{number}")
        for position, day in enumerate(days_of(window)[2:10]):
            TimelineStep.objects.create(
                inspection=inspection, step=f"{window} {position}", position=1, planned=day, anticipated=day
            )


def expected(people, window: str) -> dict[tuple[int, str], date]:
    """Every reminder with the first day on which it is true; by counting places in the list of working days."""
    worked, found = days_of(window), {}
    for number in range(INSPECTIONS):
        for position, day in enumerate(worked[2:10]):
            place = position + 2
            first = {
                "due_soon": worked[place - 2],
                "due_today": day,
                "overdue": day + timedelta(days=1),
                "long_overdue": worked[place + 6] if place + 6 < len(worked) else date.max,
            }
            for person in (people.head.pk, people.lead.pk):
                for name, when in first.items():
                    if when <= worked[-1]:
                        found[person, f"YI-27-9{number} {window} {position} {day} {name}"] = when
    return found


@pytest.mark.django_db(transaction=True)
def test_nothing_is_doubled_early_or_lost(people, settings):
    settings.EMAIL_BACKEND = f"{__name__}.Post"
    Post.arrived.clear()
    User.objects.filter(pk=people.head.pk).update(email_news=News.AT_ONCE)
    for number in range(INSPECTIONS):
        settings.CLOCK = "2027-01-04T09:00"
        service = ServiceFactory(name=f"Service {number}")
        inspection = InspectionFactory(ref=f"YI-27-9{number}", service=service, created_by=people.head)
        inspection.memberships.create(person=people.lead, role="lead", since=clock.now())
        service.contacts.create(person=people.contact)
    drill, wanted = Drill(random.Random(20270328)), {}
    for window in WORKED:
        plan(people, window)
        wanted |= expected(people, window)
        live_through(drill, people, window)
        TimelineStep.objects.update(actual=date(2027, 4, 9), recorded_by=people.lead)
    figures = count(drill, wanted)
    sys.stdout.write(report(drill, wanted, figures))
    assert figures == {"doubled": 0, "early": 0, "lost": 0}


def live_through(drill: Drill, people, window: str) -> None:
    days = days_of(window)
    moment = datetime.combine(days[0], time(0), clock.LONDON).astimezone(clock.LONDON)
    end = datetime.combine(days[-1], time(22), clock.LONDON).timestamp()
    back_at = moment.timestamp()
    releases = sorted(drill.chance.uniform(back_at, end) for _ in range(RELEASES))
    at = back_at
    while at < end:
        with override_settings(CLOCK=datetime.fromtimestamp(at, clock.LONDON).isoformat()):
            back_at = tick(drill, people, releases, at, back_at)
        at += TICK.total_seconds()
    with override_settings(CLOCK=datetime.fromtimestamp(end, clock.LONDON).isoformat()):
        for task in TASKS * 2:  # the last evening is quiet
            task()


def tick(drill: Drill, people, releases: list[float], at: float, back_at: float) -> float:
    """When the broker is there again, if it went away."""
    inspection = Inspection.objects.get(ref="YI-27-90")
    while releases and releases[0] <= at:
        releases.pop(0)
        drill.release(inspection, people.contact, len(drill.released))
    if at < back_at:
        drill.without_broker += 1
        return back_at
    for task in TASKS:
        drill.run(task)
    return at + drill.chance.uniform(1, 10) * 3600 if drill.chance.random() < 0.01 else back_at


def count(drill: Drill, wanted: dict[tuple[int, str], date]) -> dict[str, int]:
    told = Notification.objects.exclude(key__startswith="release")
    had = {(one.person_id, one.key): one for one in told.select_related("mail")}
    ids = Counter(name.partition(".")[0] for name in Post.arrived)
    mails = list(OutgoingMail.objects.select_related("person"))
    daily = Counter((mail.person_id, mail.key) for mail in mails if mail.key.startswith("daily"))
    return {
        "doubled": sum(number - 1 for number in (ids + daily).values()) + len(had.keys() - wanted.keys()),
        "early": sum(
            1
            for key, one in had.items()
            if key in wanted and (london(one.created_at).date() < wanted[key] or one.mail.queued_at < one.created_at)
        )
        + sum(is_early(mail, drill) for mail in mails),
        "lost": len(wanted.keys() - had.keys())
        + sum(one.mail is None for one in had.values())
        + OutgoingMail.objects.filter(Q(sent_at__isnull=True)).count()
        + sum(f"<{mail.pk}" not in ids for mail in mails)
        + 2 * RELEASES
        - OutgoingMail.objects.filter(key__startswith="release").count(),
    }


def london(moment: datetime) -> datetime:
    return moment.astimezone(clock.LONDON)


def is_early(mail: OutgoingMail, drill: Drill) -> bool:
    if mail.key.startswith("release"):
        return mail.sent_at < drill.released[mail.key]
    if not mail.key.startswith("daily"):
        return False
    sent = london(mail.queued_at)
    works = sent.date() in {day for window in WORKED for day in days_of(window)}
    return not works or sent.time() < HALF_PAST_SEVEN or mail.key != f"daily {sent.date()}"


def report(drill: Drill, wanted: dict[tuple[int, str], date], figures: dict[str, int]) -> str:
    again = sum(number - 1 for number in Post.arrived.values())
    return (
        f"\n{len(wanted)} reminders and {2 * RELEASES} releases, {Service.objects.count()} services known, over both"
        f" clock changes: {OutgoingMail.objects.count()} e-mails; workers killed {drill.killed} times, beat doubled"
        f" {drill.doubled_beats} times, {drill.without_broker} ticks without a broker; messages sent again with the id"
        f" that they had before, because the sender died before it could say so: {again}; {figures}\n"
    )
