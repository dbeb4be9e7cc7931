"""Checks that nothing signed, logged or kept as history was changed behind the product's back. For a scheduler."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection, transaction

from accounts.models import AuditEvent, Seal
from accounts.queries import chain_faults, seal_faults
from cases.models import Answer
from cases.queries.history_faults import history_faults
from ratings.queries.verifying import loose_signatures, meeting_faults, signed_meetings

SAME_MOMENT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"


class Command(BaseCommand):
    help = "Names everything in the log, in the histories and in signed ratings that is not what was written."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--kept", metavar="NUMBER:DIGEST", default="", help="the last seal that was kept elsewhere")

    def handle(self, *args: object, **options: Any) -> None:
        """Ends with status 1 where anything was found, with 0 where nothing was."""
        with transaction.atomic():
            one_moment()
            found = [fault for check in checks(options["kept"]) for fault in self.said(*check)]
        if found:
            self.stderr.write(f"{len(found)} {'fault' if len(found) == 1 else 'faults'}.")
            sys.exit(1)
        self.stdout.write("Everything is what was written.")
        if last := Seal.objects.order_by("-number").first():
            self.stdout.write(
                f"Last seal: {last.number}:{last.digest}. Keep it where this database is not, for --kept."
            )

    def said(self, what: str, faults: Iterable[str]) -> list[str]:
        found = list(faults)
        self.stdout.write(f"{what}: {'no fault' if not found else f'{len(found)} found'}.")
        for fault in found:
            self.stderr.write(f"  {fault}")
        return found


def one_moment() -> None:
    """Every check sees the database as it was when the first began; inside another transaction that is so already."""
    if not connection.savepoint_ids:
        with connection.cursor() as cursor:
            cursor.execute(SAME_MOMENT)


def checks(kept: str) -> Iterator[tuple[str, Iterable[str]]]:
    yield f"Log, {AuditEvent.objects.count():,} entries", chain_faults()
    yield f"Records, {Seal.objects.count():,} seals", [*seal_faults(), *kept_faults(kept)]
    yield f"Answers, {Answer.objects.count():,}", history_faults()
    yield "Signed ratings", signed_faults()


def kept_faults(kept: str) -> Iterator[str]:
    """Whether the seal that was kept elsewhere is still there: it alone tells that the last seals were cut off."""
    number, _, digest = kept.partition(":")
    if kept and not (number.isdecimal() and Seal.objects.filter(number=number, digest=digest).exists()):
        yield f"Seal {number}: the one that was kept elsewhere is not here."


def signed_faults() -> Iterator[str]:
    for meeting in signed_meetings():
        yield from meeting_faults(meeting)
    yield from loose_signatures()
