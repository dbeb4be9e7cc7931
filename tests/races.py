"""Calls that meet in the database, each on a connection of its own."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Barrier
from time import sleep

from django.db import connection, transaction

from inspections.models import Inspection

WAITING = """
SELECT count(*) FROM pg_locks wanted WHERE NOT granted AND EXISTS (
  SELECT FROM pg_locks held JOIN pg_database d ON d.oid = held.database
  WHERE held.pid = wanted.pid AND held.granted AND d.datname = current_database())
"""


def at_once(calls) -> list:
    """What each call returned or raised, all let go at the same moment, each on a connection of its own."""
    gate = Barrier(len(calls), timeout=30)

    def run(call):
        connection.ensure_connection()
        gate.wait()
        try:
            return call()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def wait_until_somebody_waits(number: int = 1, unless: Callable[[], bool] = lambda: False) -> None:
    """Until so many wait for a lock in this database, or `unless` comes true."""
    for _ in range(2000):
        with connection.cursor() as cursor:
            cursor.execute(WAITING)
            if unless() or cursor.fetchone()[0] >= number:
                return
        sleep(0.003)
    raise AssertionError("nobody waits")


def behind_the_inspection(calls, meanwhile: Callable[[], object] = lambda: None) -> list:
    """What the calls came to that began while somebody held the inspection, and did `meanwhile` before letting go.

    A call that does not wait for the inspection is done by then.
    """
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Inspection.objects.select_for_update(no_key=True).get()
            going: Future[list] = pool.submit(at_once, calls)
            wait_until_somebody_waits(len(calls), unless=going.done)
            meanwhile()
        return going.result()
