"""Backing up and restoring as docs/operations.md says, with PostgreSQL's own programs."""

import os
import subprocess
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from accounts import actions
from accounts.models import AuditEvent
from config.local.postgres import binaries
from tests.factories import inspection_with_team, sampled_cases
from tests.people import People

pytestmark = pytest.mark.slow


def tool(name: str, *arguments: str) -> None:
    subprocess.run([binaries() / name, *arguments], check=True, capture_output=True)


def address(database: str) -> str:
    """The tests' server, with another database."""
    return psycopg.conninfo.make_conninfo(os.environ["DATABASE_URL"], dbname=database)


def rows(database: str) -> dict[str, list[str]]:
    """Every row of every table as text."""
    with psycopg.connect(address(database)) as connected:
        tables = connected.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1").fetchall()
        return {
            table: sorted(str(row) for row in connected.execute(f'SELECT t::text FROM "{table}" t'))  # noqa: S608
            for (table,) in tables
        }


@pytest.mark.django_db(transaction=True)
def test_a_restored_backup_has_every_row_and_still_refuses_to_change_records(people: People, tmp_path: Path) -> None:
    inspection = inspection_with_team(people)
    sampled_cases(inspection, count=3)
    for number in range(3):
        actions.record(by=people.lead, verb=f"verb {number}", inspection=inspection.ref)
    source, copy, dump = str(connection.settings_dict["NAME"]), "restored", str(tmp_path / "app.dump")

    tool("pg_dump", "--format=custom", f"--file={dump}", f"--dbname={address(source)}")
    tool("createdb", f"--maintenance-db={address('postgres')}", copy)
    try:
        tool("pg_restore", "--exit-on-error", "--no-owner", f"--dbname={address(copy)}", dump)
        assert rows(copy) == rows(source)
        assert len(rows(copy)["accounts_auditevent"]) == AuditEvent.objects.count() == 3
        with psycopg.connect(address(copy)) as connected, pytest.raises(psycopg.errors.RestrictViolation):
            connected.execute("UPDATE accounts_auditevent SET verb = 'another'")
    finally:
        tool("dropdb", f"--maintenance-db={address('postgres')}", "--force", copy)
