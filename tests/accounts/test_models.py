"""The record of what people did stands as it was written."""

import hashlib
import json

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.actions import record
from accounts.models import AuditEvent

pytestmark = pytest.mark.django_db


def test_events_of_one_inspection_form_one_chain(people):
    first = record(by=people.lead, verb="opened", inspection="YI-27-001")
    other = record(by=people.lead, verb="opened", inspection="YI-27-002")
    second = record(by=people.lead, verb="closed", inspection="YI-27-001")
    for event in (first, other, second):
        event.refresh_from_db()
    assert (first.position, second.position, other.position) == (1, 2, 1)
    assert (first.previous, second.previous, other.previous) == ("", first.digest, "")


def test_events_written_by_one_statement_are_chained_too(people):
    AuditEvent.objects.bulk_create(
        [AuditEvent(at="2027-06-07T09:00Z", verb=verb, inspection="YI-27-001") for verb in ("a", "b", "c")]
    )
    events = list(AuditEvent.objects.order_by("position"))
    assert [event.position for event in events] == [1, 2, 3]
    assert [event.previous for event in events] == ["", events[0].digest, events[1].digest]


def test_the_digest_covers_every_fact_of_the_event(people):
    event = record(by=people.lead, verb="opened", inspection="YI-27-001", subject="C-07", detail={"cases": 3})
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT jsonb_build_array(previous, position, inspection, extract(epoch FROM at), person_id, verb, subject,"
            " detail)::text, digest FROM accounts_auditevent WHERE id = %s",
            [event.pk],
        )
        covered, digest = cursor.fetchone()
    assert hashlib.sha256(covered.encode()).hexdigest() == digest
    assert json.loads(covered)[4:] == [people.lead.pk, "opened", "C-07", {"cases": 3}]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounts_auditevent SET verb = 'nothing'",
        "DELETE FROM accounts_auditevent",
        "TRUNCATE accounts_auditevent",
    ],
)
def test_postgresql_refuses_to_change_an_event(people, statement):
    record(by=people.lead, verb="opened")
    connection.check_constraints()
    with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert AuditEvent.objects.get().verb == "opened"
