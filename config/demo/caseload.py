"""Lists as a service might send them: the columns that are asked for, one more, and invented people."""

import csv
from datetime import date, timedelta
from io import StringIO
from random import Random

TEAMS = ("North", "South", "Out of court")
WORK = ("Court", "Court", "Out of court", "Out of court", "Out of court", "Resettlement", "Bail and remand")
ETHNICITIES = ("White British", "White British", "White British", "Black Caribbean", "Mixed", "Asian", "Other")


def children(seed: str, count: int, before: date, *, welsh: bool = False) -> bytes:
    chance = Random(seed)  # noqa: S311
    return written([child(chance, number, before, welsh) for number in range(1, count + 1)])


def children_with_faults(seed: str, count: int, before: date) -> bytes:
    """The first child is there twice, and the dates of the second are swapped."""
    chance = Random(seed)  # noqa: S311
    rows = [child(chance, number, before, welsh=False) for number in range(1, count)]
    rows[1] |= {"start_date": day(before - timedelta(days=80)), "end_date": day(before - timedelta(days=200))}
    return written([*rows, rows[0]])


def children_corrected(seed: str, count: int, before: date) -> bytes:
    """The list with the faults, put right: one child is gone, one has moved team, one is perhaps there twice."""
    chance = Random(seed)  # noqa: S311
    rows = [child(chance, number, before, welsh=False) for number in range(1, count)]
    rows[2] |= {"team": "Resettlement"}
    again = rows[6] | {"local_reference": f"YJ{20000 + 37 * (count + 1)}", "name": "Demo Childe 007"}
    return written([*rows[:4], *rows[5:], again])


def child(chance: Random, number: int, before: date, welsh: bool) -> dict[str, str]:
    started = before - timedelta(days=chance.randrange(60, 330))
    ended = started + timedelta(days=chance.randrange(90, 300))
    return {
        "local_reference": f"YJ{20000 + 37 * number}",
        "name": f"Demo Child {number:03d}",
        "date_of_birth": day(before - timedelta(days=chance.randrange(11 * 365 + 200, 17 * 365))),
        "sex": chance.choice(("Male", "Male", "Male", "Female")),
        "ethnicity": chance.choice(ETHNICITIES),
        "work_type": chance.choice(WORK),
        "team": chance.choice(TEAMS),
        "case_manager": f"Demo Case Manager {chance.randrange(1, 9)}",
        "start_date": day(started),
        "end_date": day(ended) if ended < before else "",
        "care_experienced": chance.choice(("Yes", "No", "No", "")),
        "welsh_speaking": chance.choice(("Yes", "No", "No")) if welsh else "",
        "postcode_area": f"Z{chance.randrange(1, 9)}",
    }


def victims(seed: str, count: int, before: date) -> bytes:
    chance = Random(seed)  # noqa: S311
    return written([victim(chance, number, before) for number in range(1, count + 1)])


def victim(chance: Random, number: int, before: date) -> dict[str, str]:
    return {
        "local_reference": f"V{4000 + 13 * number}",
        "name": f"Demo Victim {number:03d}",
        "child_reference": f"YJ{20000 + 37 * number}",
        "victim_worker": f"Demo Victim Worker {chance.randrange(1, 4)}",
        "start_date": day(before - timedelta(days=chance.randrange(60, 330))),
    }


def day(value: date) -> str:
    return f"{value:%d/%m/%Y}"


def written(rows: list[dict[str, str]]) -> bytes:
    text = StringIO(newline="")
    sheet = csv.DictWriter(text, list(rows[0]))
    sheet.writeheader()
    sheet.writerows(rows)
    return text.getvalue().encode()
