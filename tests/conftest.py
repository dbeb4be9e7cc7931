"""What every test gets: a PostgreSQL of its own run, unless DATABASE_URL names one, and people."""

import os
import re
from contextlib import ExitStack
from io import StringIO
from time import sleep

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.backends.postgresql.operations import DatabaseOperations

import tests.people as people_module
from config import environment
from config.local.places import var_dir
from config.local.postgres import throw_away
from tests.people import People

servers = ExitStack()
FLUSHES = 5  # a page may ask once more in that moment


def pytest_configure() -> None:
    """The first process starts the server; those that pytest-xdist starts later inherit its address."""
    if not os.environ.get("DATABASE_URL"):
        os.environ["DATABASE_URL"] = servers.enter_context(throw_away(var_dir()))
        settings.DATABASES["default"].update(environment.database(os.environ["DATABASE_URL"]))
    settings.DATABASES["default"]["CONN_MAX_AGE"] = 0  # a live server's thread ends without closing what it keeps open


def pytest_unconfigure() -> None:
    servers.close()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Keeps a copy of what the migrations put in, for tests that commit and are followed by others."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA migrated")
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'CREATE TABLE migrated."{table}" AS TABLE public."{table}"')


@pytest.fixture(autouse=True, scope="session")
def _the_database_is_as_migrated_after_a_test_that_commits():
    """Emptying the tables is the one thing that the triggers of the records must let pass."""
    flush = DatabaseOperations.execute_sql_flush

    def as_migrated(operations, sql_list):
        tables = re.findall(r'"(\w+)"', " ".join(sql_list))
        filled = [f'INSERT INTO public."{table}" TABLE migrated."{table}"' for table in tables]
        passing, checked = (f"SET session_replication_role = {role}" for role in ("replica", "origin"))
        for attempt in range(FLUSHES):
            wait_for_the_others()
            try:
                return flush(operations, [passing, *sql_list, *filled, checked])
            except OperationalError as error:
                if "deadlock" not in str(error) or attempt == FLUSHES - 1:
                    raise
        return None

    DatabaseOperations.execute_sql_flush = as_migrated
    yield
    DatabaseOperations.execute_sql_flush = flush


def wait_for_the_others() -> None:
    """A page that was just closed may have asked for something that the live server is still doing."""
    for _ in range(100):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'"
            )
            if cursor.fetchone() == (0,):
                return
        sleep(0.05)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Browser tests that did not run must not look like browser tests that passed."""
    skipped = [report for report in terminalreporter.stats.get("skipped", []) if "browser" in report.keywords]
    if skipped:
        line = f"{len(skipped)} browser tests did NOT run: there is no Chromium, see docs/operations.md"
        terminalreporter.write_sep("!", line, red=True, bold=True)


@pytest.fixture
def people(db) -> People:
    return people_module.make()


@pytest.fixture
def products_role(db, monkeypatch):
    """Everything from here on under the role that production runs under (docs/operations.md), which owns no table."""
    monkeypatch.setenv("PRODUCT_DATABASE_URL", "postgres://product:secret@host/app")
    call_command("database_role", stdout=StringIO())
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE product")
