"""Of what people have not been written to yet."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import News, User
from inspections.models import Notification, OutgoingMail
from inspections.queries.notifications import unread_of


@dataclass(frozen=True)
class Letter:
    """Somebody who may have to be written to, of what was new to them up to a moment."""

    person: int
    until: datetime
    day: date | None  # that of a daily e-mail


def letters(now: datetime, digest: datetime | None) -> Iterator[Letter]:
    """To whoever has something new: who wants it at once, and after the moment of the daily e-mail everybody else."""
    for person in waiting(News.AT_ONCE, now):
        yield Letter(person, now, None)
    if digest:
        for person in waiting(News.DIGEST, digest):
            yield Letter(person, digest, digest.date())


def waiting(news: News, until: datetime) -> QuerySet[Notification, int]:
    """People, by their keys."""
    rows = not_written(Notification.objects.filter(person__email_news=news, person__is_active=True), until)
    return rows.order_by("person").values_list("person", flat=True).distinct()


def news_for(person: User, until: datetime) -> list[Notification]:
    """What is new to them, and of inspections that they have a part in."""
    return list(not_written(unread_of(person), until).order_by("pk"))


def not_written(rows: QuerySet[Notification], until: datetime) -> QuerySet[Notification]:
    """Not read, in no e-mail yet, and of no occasion that has an e-mail of its own."""
    own = OutgoingMail.objects.filter(person=OuterRef("person"), key=OuterRef("key"))
    return rows.filter(~Exists(own), read_at__isnull=True, mail__isnull=True, created_at__lte=until)
