"""Tests do not see what others left, whether they commit or not."""

import pytest

from accounts.models import AuditEvent
from inspections.models import Service
from tests.people import People


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", [1, 2])
def test_a_test_that_commits_finds_the_database_as_migrated(people: People, time: int) -> None:
    assert Service.objects.count() > 100
    assert AuditEvent.objects.count() == 0
    AuditEvent.objects.create(at="2027-06-07T09:00Z", person=people.lead, verb=f"time {time}")
    Service.objects.all().delete()
