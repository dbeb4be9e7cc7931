"""What every test gets: a PostgreSQL of its own run, unless DATABASE_URL names one."""

import os
from contextlib import ExitStack

from django.conf import settings

from config import environment
from config.local.places import var_dir
from config.local.postgres import throw_away

servers = ExitStack()


def pytest_configure() -> None:
    """The first process starts the server; those that pytest-xdist starts later inherit its address."""
    if not os.environ.get("DATABASE_URL"):
        os.environ["DATABASE_URL"] = servers.enter_context(throw_away(var_dir()))
        settings.DATABASES["default"].update(environment.database(os.environ["DATABASE_URL"]))


def pytest_unconfigure() -> None:
    servers.close()
