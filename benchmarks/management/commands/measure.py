"""Loads, measures floors and pages in turn, checks what they answer, prints one table."""

import logging
from argparse import ArgumentParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from benchmarks import standards, timing
from benchmarks.report import missed, table
from benchmarks.stage import Stage, load
from benchmarks.writers import WRITERS
from config.local.steps import step

QUICK = {"inspections": 60, "answered": 4, "turns": 25, "attempts": 1, "seconds": 4}


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--turns", type=int, default=100, help="How often each is called in a round.")
        parser.add_argument("--attempts", type=int, default=3, help="How often to measure until the floors are steady.")
        parser.add_argument("--inspections", type=int, default=2000, help="How many there are.")
        parser.add_argument("--answered", type=int, default=100, help="How many of them have every answer.")
        parser.add_argument("--seconds", type=float, default=10, help="How long the eight write, on floor and product.")
        parser.add_argument("--quick", action="store_true", help="Little data, one attempt, figures however unsteady.")

    def handle(self, **options: Any) -> None:
        options |= QUICK if options["quick"] else {}
        logging.disable(logging.WARNING)  # an outsider who finds nothing is what it checks
        refuse_without_fsync()
        with step("schema"):
            call_command("migrate", verbosity=0)
        with TemporaryDirectory() as folder:
            standards.offer(Path(folder))
            self.run(options)

    def run(self, options: dict[str, Any]) -> None:
        with step("data"):
            stage = load(inspections=options["inspections"], answered=options["answered"])
        stage.check()
        self.measure(stage, options)
        with step(f"{WRITERS} writers"):
            together = stage.writers.lines(options["seconds"])
        stage.check_saves()
        lines = [*stage.lines(), *together]
        self.stdout.write(f"\n{stage.description}\n\n{table(lines)}\n")
        for over in missed(lines):
            self.stdout.write(f"Missed: {over}")

    def measure(self, stage: Stage, options: dict[str, Any]) -> None:
        for _ in range(options["attempts"]):
            with step(f"{timing.ROUNDS} rounds of {options['turns']} turns"):
                timing.run(stage.subjects, options["turns"])
            unsteady = timing.unsteady(stage.floors)
            if not unsteady:
                return
            self.stderr.write(f"Not steady: {', '.join(unsteady)} between rounds.")
        if not options["quick"]:
            raise CommandError("The machine is too busy to measure on: no figures. Run it again when it is quieter.")
        self.stderr.write("The figures below are for a first look only.")


def refuse_without_fsync() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW fsync")
        if cursor.fetchone() != ("on",):
            raise CommandError("fsync is off: what is saved here costs less than in earnest. No figures.")
