"""Where things lie."""

import os
from pathlib import Path

import pytest

from config.environment import database
from config.local.places import LONGEST_SOCKET_PATH, ROOT, database_url, sockets_dir, var_dir


def test_a_short_folder_holds_its_own_sockets() -> None:
    assert sockets_dir(Path("/srv/product/var")) == Path("/srv/product/var/run")


def test_a_long_folder_has_its_sockets_elsewhere_and_always_in_the_same_place() -> None:
    long = Path("/srv") / ("x" * 100)
    assert sockets_dir(long) == sockets_dir(long) != sockets_dir(long / "y")
    assert len(os.fsencode(sockets_dir(long) / ".s.PGSQL.5432.lock")) <= LONGEST_SOCKET_PATH


def test_the_address_of_the_database_survives_being_read() -> None:
    entry = database(database_url(Path("/a folder/with ü & more/run")))
    assert (entry["HOST"], entry["NAME"], entry["USER"]) == ("/a folder/with ü & more/run", "app", "app")


@pytest.mark.parametrize(("value", "expected"), [("", ROOT / "var"), ("/elsewhere", Path("/elsewhere"))])
def test_one_variable_moves_everything_that_changes(
    monkeypatch: pytest.MonkeyPatch, value: str, expected: Path
) -> None:
    monkeypatch.setenv("VAR_DIR", value)
    assert var_dir() == expected
