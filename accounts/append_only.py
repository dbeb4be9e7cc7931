"""Migration operations for tables that PostgreSQL itself keeps from being changed."""

from django.db.migrations import RunSQL

REFUSE = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is a record: it is only ever added to', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
"""


def make_refusing_function() -> RunSQL:
    return RunSQL(REFUSE, "DROP FUNCTION refuse_change()")


def only_ever_added_to(table: str) -> RunSQL:
    """A trigger that refuses UPDATE, DELETE and TRUNCATE on the table."""
    return RunSQL(
        f"CREATE TRIGGER only_ever_added_to BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
        f"DROP TRIGGER only_ever_added_to ON {table}",
    )
