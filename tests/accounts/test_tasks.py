"""What Celery does for accounts."""

from datetime import timedelta

from django.utils import timezone

from accounts import clock
from accounts.actions import draft_key_of_today
from accounts.models import DraftKey, Session
from accounts.tasks import forget_draft_keys, forget_ended_sessions


def test_only_sessions_that_have_ended_are_forgotten(client, people):
    client.force_login(people.lead)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    client.force_login(people.deputy)
    forget_ended_sessions()
    assert [session.person for session in Session.objects.all()] == [people.deputy]
    forget_ended_sessions()
    assert Session.objects.count() == 1


def test_a_key_of_unsent_answers_is_forgotten_after_96_hours(people):
    for person, hours in ((people.lead, 96), (people.deputy, 95)):
        key = draft_key_of_today(by=person)
        DraftKey.objects.filter(pk=key.pk).update(made_at=clock.now() - timedelta(hours=hours))
    forget_draft_keys()
    assert [key.person for key in DraftKey.objects.all()] == [people.deputy]
    forget_draft_keys()
    assert DraftKey.objects.count() == 1
