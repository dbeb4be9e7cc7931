"""What Celery does for accounts."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import Session
from accounts.tasks import forget_ended_sessions


def test_only_sessions_that_have_ended_are_forgotten(client, people):
    client.force_login(people.lead)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    client.force_login(people.deputy)
    forget_ended_sessions()
    assert [session.person for session in Session.objects.all()] == [people.deputy]
    forget_ended_sessions()
    assert Session.objects.count() == 1
