"""Changes the database behind the product's back, in one random way at a time, as its owner could."""

from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

from django.db import DataError, IntegrityError, connection, transaction

from accounts.queries import record_tables

MUTABLE = {
    "cases_answer": ("value", "na_reason", "evidence", "version", "despite_reason"),
    "ratings_meeting": ("evidence", "evidence_digest", "record", "record_digest"),
    "accounts_seal": ("table", "columns", "after", "until", "count", "rows_digest", "previous", "digest", "number"),
}
"""Of tables that change in their ordinary course, or that seal the others: the columns that a rating rests on."""

COLUMNS = """
SELECT column_name, udt_name FROM information_schema.columns WHERE table_name = %s AND table_schema = current_schema()
AND column_name <> 'id' ORDER BY column_name
"""
CHANGED = {
    "text": "{0} || 'x'",
    "varchar": "CASE WHEN {0} = '' THEN 'x' ELSE left({0}, -1) END",
    "int2": "{0} + 1",
    "int4": "{0} + 1",
    "int8": "{0} + 1",
    "bool": "NOT {0}",
    "date": "{0} + 1",
    "timestamptz": "{0} - interval '1 second'",
    "jsonb": "jsonb_build_array({0}, 'x')",
    "uuid": "gen_random_uuid()",
}


@contextmanager
def undone() -> Iterator[None]:
    """Triggers and foreign keys are off, as the database's owner can have them; nothing stays."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        transaction.set_rollback(True)


def fetched(statement: str, *values: object) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def tables() -> dict[str, list[tuple[str, str]]]:
    """Those that have rows, each with its columns and their types."""
    found = {}
    for table in [*record_tables(), *MUTABLE]:
        columns = [(name, kind) for name, kind in fetched(COLUMNS, table) if name in MUTABLE.get(table, (name,))]
        if fetched(f"SELECT 1 FROM {table} LIMIT 1"):  # noqa: S608
            found[table] = columns
    return found


def tampered(chance: Random, of: dict[str, list[tuple[str, str]]]) -> str:
    """Does one thing that constraints let through, and says what."""
    table = chance.choice(sorted(of))
    rows = sorted(row for (row,) in fetched(f"SELECT id FROM {table}"))  # noqa: S608
    what = chance.choice([edit, edit, delete, reorder])
    try:
        with transaction.atomic():
            return f"{table}: {what(chance, table, rows, of[table])}"
    except (IntegrityError, DataError):
        return tampered(chance, of)


def edit(chance: Random, table: str, rows: list[int], columns: list[tuple[str, str]]) -> str:
    row, (column, kind) = chance.choice(rows), chance.choice(columns)
    new = CHANGED[kind].format(f'"{column}"')
    if fetched(f'SELECT 1 FROM {table} WHERE id = %s AND "{column}" IS NULL', row):  # noqa: S608
        return delete(chance, table, [row], columns)
    fetched(f'UPDATE {table} SET "{column}" = {new} WHERE id = %s', row)  # noqa: S608
    return f"{column} of {row} changed"


def delete(chance: Random, table: str, rows: list[int], columns: list[tuple[str, str]]) -> str:
    row = chance.choice(rows)
    fetched(f"DELETE FROM {table} WHERE id = %s", row)  # noqa: S608
    return f"{row} deleted"


def reorder(chance: Random, table: str, rows: list[int], columns: list[tuple[str, str]]) -> str:
    """Two rows change places: everything that one said the other says now."""
    if len(rows) < 2 or table in MUTABLE:  # which numbers these rows have says nothing
        return edit(chance, table, rows, columns)
    one, other = chance.sample(rows, 2)
    fetched(f"UPDATE {table} SET id = -1 WHERE id = %s", one)  # noqa: S608
    fetched(f"UPDATE {table} SET id = %s WHERE id = %s", one, other)  # noqa: S608
    fetched(f"UPDATE {table} SET id = %s WHERE id = -1", other)  # noqa: S608
    return f"{one} and {other} changed places"
