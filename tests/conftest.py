"""What every test gets: a PostgreSQL of its own run, unless DATABASE_URL names one, and people."""

import os
from contextlib import ExitStack

import pytest
from django.conf import settings
from django.db.backends.postgresql.operations import DatabaseOperations

import tests.people as people_module
from config import environment
from config.local.places import var_dir
from config.local.postgres import throw_away
from tests.people import People

servers = ExitStack()


def pytest_configure() -> None:
    """The first process starts the server; those that pytest-xdist starts later inherit its address."""
    if not os.environ.get("DATABASE_URL"):
        os.environ["DATABASE_URL"] = servers.enter_context(throw_away(var_dir()))
        settings.DATABASES["default"].update(environment.database(os.environ["DATABASE_URL"]))
    settings.DATABASES["default"]["CONN_MAX_AGE"] = 0  # a live server's thread ends without closing what it keeps open


def pytest_unconfigure() -> None:
    servers.close()


@pytest.fixture(autouse=True, scope="session")
def _tests_may_empty_the_records():
    """Emptying the database between tests is the one thing that the triggers of the records must let pass."""
    flush = DatabaseOperations.execute_sql_flush

    def without_triggers(operations, sql_list):
        return flush(
            operations, ["SET session_replication_role = replica", *sql_list, "SET session_replication_role = origin"]
        )

    DatabaseOperations.execute_sql_flush = without_triggers
    yield
    DatabaseOperations.execute_sql_flush = flush


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Browser tests that did not run must not look like browser tests that passed."""
    skipped = [report for report in terminalreporter.stats.get("skipped", []) if "browser" in report.keywords]
    if skipped:
        line = f"{len(skipped)} browser tests did NOT run: there is no Chromium, see docs/operations.md"
        terminalreporter.write_sep("!", line, red=True, bold=True)


@pytest.fixture
def people(db) -> People:
    return people_module.make()
