"""Actions lock rows without standing in the way of those that only refer to them."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import transaction

from accounts import clock
from accounts.actions import record
from inspections.models import Inspection, Notification
from tests.factories import inspection_with_team
from tests.races import at_once, wait_until_somebody_waits

APPS = ("accounts", "cases", "documents", "inspections", "ratings")
ROOT = Path(__file__).parent.parent


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("no_key", [True, False])
def test_a_row_that_refers_to_a_locked_inspection_is_written_beside_it(people, no_key):
    """Under a lock of the key it waits, and with it the audit chain that it holds: whoever has the lock and wants to
    record what they did would then wait for ever."""
    inspection = inspection_with_team(people)

    def tell():
        with transaction.atomic():
            Notification.objects.create(person=people.lead, inspection=inspection, key="1", created_at=clock.now())
            record(by=people.lead, verb="told", inspection=inspection.ref)

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Inspection.objects.select_for_update(no_key=no_key).get()
            telling = pool.submit(at_once, [tell])
            if no_key:
                assert telling.result(timeout=30) == [None]
            else:
                wait_until_somebody_waits()
        assert telling.result() == [None]


@pytest.mark.parametrize("app", APPS)
def test_no_action_locks_the_key_of_a_row(app):
    sources = {path: path.read_text() for path in (ROOT / app).rglob("*.py")}
    locks = [lock for text in sources.values() for lock in re.findall(r"select_for_update\(([^)]*\)?[^)]*)\)", text)]
    assert [lock for lock in locks if "no_key=True" not in lock] == []
