"""Makes the PostgreSQL role that the product runs under, which owns nothing: to be run by the owner after migrate.

Its name and password come from PRODUCT_DATABASE_URL (or its _FILE). It reads and writes rows, and of the tables that
are only ever added to it may not even ask to change one. What the owner of a table may do, drop a trigger or switch it
off, it may not.
"""

from urllib.parse import unquote, urlsplit

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from psycopg import sql

from accounts.queries import record_tables
from config import environment

CHANGED, ADDED_TO = "SELECT, INSERT, UPDATE, DELETE", "SELECT, INSERT"
LOCKED = {True: "MAINTAIN", False: "TRUNCATE"}  # sealing waits for writers; before PostgreSQL 17 this is what lets it


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options: str) -> None:
        name, password = who_runs_it()
        give_rights(name, password)
        self.stdout.write(f"The role {name} may run the product. It owns nothing.")


def who_runs_it() -> tuple[str, str]:
    parts = urlsplit(environment.optional("PRODUCT_DATABASE_URL"))
    if not parts.username:
        raise CommandError(
            "Set PRODUCT_DATABASE_URL (or PRODUCT_DATABASE_URL_FILE) to the DATABASE_URL of the product."
        )
    if unquote(parts.username) == connection.settings_dict["USER"]:
        raise CommandError("PRODUCT_DATABASE_URL names the owner of the tables: give the product a role of its own.")
    return unquote(parts.username), unquote(parts.password or "")


@transaction.atomic
def give_rights(name: str, password: str) -> None:
    """Safe to repeat; a table that came with the last migration gets its rights then."""
    role = sql.Identifier(name)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name])
        verb = sql.SQL("ALTER" if cursor.fetchone() else "CREATE")
        options = sql.SQL("LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD")
        cursor.execute(sql.SQL("{} ROLE {} {} {}").format(verb, role, options, sql.Literal(password)))
        for tables in ("TABLES", "SEQUENCES"):
            cursor.execute(sql.SQL(f"REVOKE ALL ON ALL {tables} IN SCHEMA public FROM {{}}").format(role))
        cursor.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(role))
        cursor.execute(sql.SQL("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {}").format(role))
        for table, rights in rights_by_table().items():
            cursor.execute(sql.SQL("GRANT {} ON {} TO {}").format(sql.SQL(rights), sql.Identifier(table), role))


def rights_by_table() -> dict[str, str]:
    records = {*record_tables(), "accounts_seal"}
    lock = LOCKED[connection.cursor().connection.info.server_version >= 170000]
    return {
        table: f"{ADDED_TO}, {lock}" if table in records else CHANGED
        for table in connection.introspection.table_names()
    }
