"""Writes to people that something is new to them, in the way that they chose: at once or once a day."""

from collections.abc import Set
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse

from accounts import clock
from accounts.models import User
from inspections import rules
from inspections.actions.mail import subject
from inspections.models import Notification, OutgoingMail
from inspections.queries.news import Letter, letters, news_for


def write_news(*, now: datetime, holidays: Set[date]) -> int:
    """How many e-mails were written. Each notification comes into one, however often and by however many this runs."""
    digest = rules.digest_moment(now.astimezone(clock.LONDON), holidays)
    return sum(write(letter, now) for letter in list(letters(now, digest)))


@transaction.atomic
def write(letter: Letter, now: datetime) -> bool:
    """One at a time for each person. A second daily e-mail of one day is none: what comes late goes into the next."""
    person = User.objects.select_for_update(no_key=True).get(pk=letter.person)
    news = news_for(person, letter.until)
    if not news:
        return False
    key = f"daily {letter.day}" if letter.day else f"news {news[-1].pk}"
    mail, is_new = OutgoingMail.objects.get_or_create(person=person, key=key, defaults=words(news, now))
    if is_new:
        Notification.objects.filter(pk__in=[notification.pk for notification in news]).update(mail=mail)
    return is_new


def words(news: list[Notification], now: datetime) -> dict[str, object]:
    """How much is new, and not what: mail goes through many hands."""
    inspections = {notification.inspection for notification in news}
    inspection = inspections.pop() if len(inspections) == 1 else None
    count = len(news)
    return {
        "inspection": inspection,
        "subject": subject(inspection),
        "sentence": "There is 1 new notification for you."
        if count == 1
        else f"There are {count} new notifications for you.",
        "link": reverse("inspections:notifications"),
        "queued_at": now,
        "next_try_at": now,
    }
