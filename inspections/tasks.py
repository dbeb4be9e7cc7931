"""What Celery does for inspections."""

from celery import shared_task

from accounts import clock
from inspections.actions import requests
from inspections.actions.mail import answer_sign_in_requests, send_waiting_mail
from inspections.actions.news import write_news as write
from inspections.actions.timeline import watch_accounts
from inspections.actions.timeline import watch_timeline as watch
from inspections.queries.holidays import kept_holidays


@shared_task
def watch_timeline() -> None:
    """Any number of times a day: what was said is not said again."""
    watch(today=clock.today(), holidays=kept_holidays())
    watch_accounts(today=clock.today())


@shared_task
def write_news() -> None:
    """Twice or by twins: what is new goes into one e-mail. Late or never: the next one has it."""
    write(now=clock.now(), holidays=kept_holidays())


@shared_task
def send_mail() -> None:
    """Twice or by twins: no row is taken by two. Late or never: the rows wait."""
    answer_sign_in_requests()
    send_waiting_mail()


@shared_task
def tell_of_refused_files() -> None:
    """Twice, late or by twins: each person is told of a file once."""
    requests.tell_of_refused_files()
