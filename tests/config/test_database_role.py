"""The role under which the product runs: enough for all its work, and nothing that would unmake a record."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction

from accounts.actions import record, seal_records
from accounts.models import AuditEvent, Seal
from tests.ratings.given import frozen_meeting

pytestmark = pytest.mark.django_db
REFUSED = (
    "ALTER TABLE accounts_auditevent DISABLE TRIGGER only_ever_added_to",
    "DROP TRIGGER only_ever_added_to ON accounts_auditevent",
    "SET session_replication_role = replica",
    "UPDATE accounts_auditevent SET verb = ''",
    "DELETE FROM cases_answerversion",
    "UPDATE accounts_seal SET digest = ''",
    "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
    "DROP TABLE cases_answer",
    "ALTER TABLE ratings_meeting DISABLE TRIGGER ALL",
    "CREATE TABLE another (id int)",
)


def test_it_may_not_unmake_a_record(products_role):
    for statement in REFUSED:
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_what_is_recorded_is_sealed(products_role, people):
    record(by=people.lead, verb="opened a page")
    seal_records()
    sealed = Seal.objects.filter(table=AuditEvent._meta.db_table).latest("until")
    assert sealed.until == AuditEvent.objects.latest("id").pk


def test_a_signed_meeting_stands_under_it_too(products_role, people):
    meeting = frozen_meeting(people)
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM ratings_decision")
    meeting.refresh_from_db()
    assert meeting.frozen_at


def test_the_command_may_be_repeated(products_role):
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    out = StringIO()
    call_command("database_role", stdout=out)
    assert out.getvalue() == "The role product may run the product. It owns nothing.\n"


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("", "Set PRODUCT_DATABASE_URL (or PRODUCT_DATABASE_URL_FILE) to the DATABASE_URL of the product."),
        (
            "postgres://app:x@host/app",
            "PRODUCT_DATABASE_URL names the owner of the tables: give the product a role of its own.",
        ),
    ],
)
def test_it_says_what_is_missing(monkeypatch, url, sentence):
    monkeypatch.setenv("PRODUCT_DATABASE_URL", url)
    with pytest.raises(CommandError) as refused:
        call_command("database_role")
    assert str(refused.value) == sentence
