"""Loads, measures floors and pages in turn, checks what they answer, prints one table."""

import logging
from argparse import ArgumentParser

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from benchmarks import timing
from benchmarks.report import table
from benchmarks.stage import Stage, load
from config.local.steps import step


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--turns", type=int, default=100, help="How often each is called in a round.")
        parser.add_argument("--attempts", type=int, default=3, help="How often to measure until the floors are steady.")
        parser.add_argument("--inspections", type=int, default=2000, help="How many there are.")
        parser.add_argument("--answered", type=int, default=100, help="How many of them have every answer.")

    def handle(self, **options: object) -> None:
        logging.disable(logging.WARNING)  # an outsider who finds nothing is what it checks
        refuse_without_fsync()
        with step("schema"):
            call_command("migrate", verbosity=0)
        with step("data"):
            stage = load(inspections=options["inspections"], answered=options["answered"])
        stage.check()
        self.measure(stage, turns=options["turns"], attempts=options["attempts"])
        stage.check_saves()
        self.stdout.write(f"\n{stage.description}\n\n{table(stage.lines())}\n")

    def measure(self, stage: Stage, *, turns: int, attempts: int) -> None:
        for _ in range(attempts):
            with step(f"{timing.ROUNDS} rounds of {turns} turns"):
                timing.run(stage.subjects, turns)
            unsteady = timing.unsteady(stage.floors)
            if not unsteady:
                return
            self.stderr.write(f"Not steady: {', '.join(unsteady)} between rounds.")
        raise CommandError("The machine is too busy to measure on: no figures. Run it again when it is quieter.")


def refuse_without_fsync() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW fsync")
        if cursor.fetchone() != ("on",):
            raise CommandError("fsync is off: what is saved here costs less than in earnest. No figures.")
