"""Calls that meet in the database, each on a connection of its own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import sleep

from django.db import connection


def at_once(calls) -> list:
    """What each call returned or raised, all let go at the same moment, each on a connection of its own."""
    gate = Barrier(len(calls))

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


def wait_until_somebody_waits() -> None:
    for _ in range(500):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone() != (0,):
                return
        sleep(0.01)
    raise AssertionError("nobody waits")
