"""Loads all inspections ever, rates them, and sets that against the bare GROUP BY over the same answers."""

import logging
import resource
import subprocess
import sys
from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from benchmarks import data, ever, floors, timing
from benchmarks.checks import require
from benchmarks.management.commands.measure import refuse_without_fsync
from benchmarks.timing import Subject
from config.local.places import ROOT
from config.local.steps import step
from inspections.models import Inspection
from ratings.models import Decision
from ratings.queries.everywhere import Rated, all_ratings
from tests.ratings.second_way import LOWER_OF_PAIR, Generated, band, second_way

NAMES = ["inadequate", "requires_improvement", "good", "outstanding"]
COMPARED, BAR, MEMORY = 50, 0.25, 300
ANSWERS = """
SELECT a.question, a.value FROM cases_answer a JOIN cases_case c ON c.id = a.case_id
WHERE a.inspection_id = %s AND a.is_key AND c.left_at IS NULL
"""


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--inspections", type=int, default=2000)
        parser.add_argument("--children", type=int, default=74, help="Cases in each.")
        parser.add_argument("--victims", type=int, default=20, help="Cases in each.")
        parser.add_argument("--turns", type=int, default=5, help="How often each is called in a round.")

    def handle(self, **options: Any) -> None:
        logging.disable(logging.WARNING)
        refuse_without_fsync()
        with step("schema"):
            call_command("migrate", verbosity=0)
        with step("data"):
            people = data.people(["head", "reader"])
            answers = ever.load(people, options["inspections"], options["children"], options["victims"])
        with step("the second calculation"):
            self.check()
        floor, rated = Subject("FG", floors.rows_of), Subject("all ratings", lambda: list(all_ratings()))
        with step(f"{timing.ROUNDS} rounds of {options['turns']} turns"):
            timing.run([floor, rated], options["turns"])
        self.say(floor, rated, options["inspections"], answers)

    def check(self) -> None:
        found = {rated.ref: rated for rated in all_ratings()}
        some = Inspection.objects.order_by("ref")[: COMPARED * 7 : 7]
        wrong = [each.ref for each in some if not agrees(each, found[each.ref])]
        require(wrong == [], f"the second calculation says the same of {COMPARED} inspections")
        outcomes = Counter(rated.overall for rated in found.values())
        self.stdout.write(f"Overall ratings: {dict(outcomes.most_common())}")
        require(len(outcomes) == len(NAMES) + 1, "every rating occurs, and none yet")

    def say(self, floor: Subject, rated: Subject, inspections: int, answers: int) -> None:
        ratio, memory = rated.milliseconds / floor.milliseconds, megabytes()
        self.stdout.write(f"{inspections:,} inspections with {answers:,} answers.")
        for each in (floor, rated):
            self.stdout.write(
                f"{each.name}: {each.milliseconds:,.0f} ms, of which {each.cpu_milliseconds:,.0f} ms CPU in Python; "
                f"its rounds differ by {each.spread:.0%}"
            )
        self.stdout.write(f"Ratio: {ratio:.3f} x FG, at most {BAR}. Memory of `manage.py ratings`: {memory:.0f} MB.")
        if floor.spread > timing.STEADY:
            self.stderr.write("The floor is not steady: the machine is busy, and the ratio is a first look only.")
        if ratio > BAR or memory > MEMORY:
            raise CommandError("Missed.")


def agrees(inspection: Inspection, found: Rated) -> bool:
    """The second calculation, from the answers as they lie in the table, counted here."""
    with connection.cursor() as cursor:
        cursor.execute(ANSWERS, [inspection.pk])
        counted = Counter(cursor.fetchall())
    codes = {question for question, _ in counted}
    counts = {code: (counted[code, "yes"], counted[code, "yes"] + counted[code, "no"]) for code in codes}
    decided = dict(Decision.objects.filter(meeting__inspection=inspection).values_list("item", "value"))
    answer = {"yes": True, "no": False}.get(decided.get("V1.2", ""))
    lower = None if answer is None else LOWER_OF_PAIR[band(*counts["V1.1"])][answer]
    choice = None if lower is None else NAMES.index(decided["V1"]) - lower
    expected = second_way(Generated("yj-2024", "iyjwcv", counts, answer=answer, choice=choice))
    standards = {code: None if rating is None else NAMES[rating] for code, rating in expected.standards.items()}
    overall = None if expected.overall is None else NAMES[expected.overall]
    return (dict(found.standards), found.total, found.overall) == (standards, expected.total, overall)


def megabytes() -> float:
    """The most that a process of its own held while it printed all ratings."""
    subprocess.run([sys.executable, "manage.py", "ratings"], cwd=ROOT, check=True, capture_output=True, timeout=600)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
