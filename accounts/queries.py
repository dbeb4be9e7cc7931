"""What is read about people and about what they did."""

import math
from collections.abc import Iterator, Sequence
from datetime import datetime

from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone
from psycopg import sql

from accounts.models import AuditEvent, DraftKey, Seal, SignInRequest, User
from accounts.rules import seal_digest


def demo_people() -> QuerySet[User]:
    return User.objects.filter(is_demo=True, is_active=True)


def demo_person(email: str) -> User | None:
    return demo_people().filter(email=email.lower()).first()


def draft_keys_of(person: User) -> QuerySet[DraftKey]:
    return DraftKey.objects.filter(person=person)


def log_of(inspection_ref: str, **only: object) -> QuerySet[AuditEvent]:
    """Newest first, with the person; `only` of one person or one verb."""
    events = AuditEvent.objects.filter(inspection=inspection_ref, **only)
    return events.select_related("person").order_by("-position")


def people_in_log(inspection_ref: str) -> QuerySet[User]:
    return User.objects.filter(pk__in=AuditEvent.objects.filter(inspection=inspection_ref).values("person"))


def verbs_in_log(inspection_ref: str) -> list[str]:
    verbs = AuditEvent.objects.filter(inspection=inspection_ref).order_by("verb").values_list("verb", flat=True)
    return list(verbs.distinct())


def minutes_locked_out(email: str, address: str | None) -> int:
    """Whole minutes, rounded up, until the last failure to sign in is forgotten; by the real clock, as django-axes."""
    failures = AccessAttempt.objects.filter(username=email.strip().lower(), ip_address=address)
    cool_off, last = get_cool_off(), failures.order_by("-attempt_time").values_list("attempt_time", flat=True).first()
    if last is None or cool_off is None:
        return 0
    minutes: float = (last + cool_off - timezone.now()).total_seconds() / 60
    return max(1, math.ceil(minutes))


def sign_in_request(number: int | None) -> SignInRequest | None:
    return SignInRequest.objects.filter(pk=number).first() if number else None


def requests_to_look_up() -> QuerySet[SignInRequest]:
    return SignInRequest.objects.filter(looked_up_at__isnull=True).order_by("id")


def link_of(digest: str) -> QuerySet[SignInRequest]:
    return SignInRequest.objects.filter(token_digest=digest).select_related("person")


def newer_link_than(asked: SignInRequest) -> bool:
    return SignInRequest.objects.filter(person=asked.person, pk__gt=asked.pk).exclude(token_digest="").exists()


def asked_for(since: datetime, **by: str | None) -> list[datetime]:
    """When links were asked for, for one address or by one sender."""
    return list(SignInRequest.objects.filter(asked_at__gt=since, **by).values_list("asked_at", flat=True))


RECORDS = """
SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE t.tgname = 'only_ever_added_to' AND c.relnamespace = current_schema()::regnamespace ORDER BY c.relname
"""
COLUMNS = """
SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attname
"""
ROWS = """
SELECT count(*), encode(sha256(convert_to(
  coalesce(string_agg(ROW({columns})::text, E'\\n' ORDER BY id), ''), 'UTF8')), 'hex')
FROM {table} WHERE id > %s AND id <= %s
"""
CHAIN = """
WITH ordered AS (
  SELECT event.*, lag(digest) OVER chain AS before, row_number() OVER chain AS place
  FROM accounts_auditevent event WINDOW chain AS (PARTITION BY inspection ORDER BY position)
)
SELECT inspection, position FROM ordered WHERE position <> place OR previous <> coalesce(before, '')
OR digest <> encode(sha256(convert_to(jsonb_build_array(previous, position, inspection, extract(epoch FROM at),
  person_id, verb, subject, detail)::text, 'UTF8')), 'hex')
ORDER BY inspection, position LIMIT 100
"""


def record_tables() -> list[str]:
    """Every table that is only ever added to, but for the seals themselves."""
    with connection.cursor() as cursor:
        cursor.execute(RECORDS)
        return [table for (table,) in cursor.fetchall() if table != Seal._meta.db_table]


def columns_of(table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS, [table])
        return [column for (column,) in cursor.fetchall()]


def newest_id(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT coalesce(max(id), 0) FROM {}").format(sql.Identifier(table)))
        (newest,) = cursor.fetchone()
        return int(newest)


def sealed_until(table: str) -> int:
    own = Seal.objects.filter(table=table).order_by("-after").first()
    return own.until if own else 0


def rows_digest(table: str, columns: Sequence[str], after: int, until: int) -> tuple[int, str]:
    """How many rows there are with these ids, and the digest over what they say, in one time zone and one order."""
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    statement = sql.SQL(ROWS).format(columns=names, table=sql.Identifier(table))
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('TimeZone', 'UTC', true), set_config('DateStyle', 'ISO', true)")
        cursor.execute(statement, [after, until])
        count, digest = cursor.fetchone()
        return count, digest


def chain_faults() -> Iterator[str]:
    """Audit events that do not follow the one before them, or do not say what their digest says."""
    with connection.cursor() as cursor:
        cursor.execute(CHAIN)
        for inspection, position in cursor.fetchall():
            where = f"of {inspection}" if inspection else "outside any inspection"
            yield f"The log {where}, entry {position}: it is not what was written, or not where it was written."


def seal_faults() -> Iterator[str]:
    """Seals that do not follow the one before, and records that are not what was sealed."""
    previous, ends = "", dict.fromkeys(record_tables(), 0)
    for number, seal in enumerate(Seal.objects.order_by("number").iterator(), start=1):
        said = seal_digest(
            previous, number, seal.table, seal.columns, seal.after, seal.until, seal.count, seal.rows_digest
        )
        if (seal.number, seal.previous, seal.digest) != (number, previous, said) or ends.get(seal.table) != seal.after:
            yield f"Seal {seal.number}: it does not follow the seal before it."
        elif missing := set(seal.columns) - set(columns_of(seal.table)):
            yield f"Seal {seal.number}: {seal.table} no longer has {', '.join(sorted(missing))}."
        elif rows_digest(seal.table, seal.columns, seal.after, seal.until) != (seal.count, seal.rows_digest):
            yield f"{seal.table}, rows {seal.after + 1} to {seal.until}: they are not what was sealed."
        previous, ends[seal.table] = seal.digest, seal.until
