"""Prints when each step of an inspection falls. Needs no database."""

import json
import re
import sys
from argparse import ArgumentParser
from datetime import date
from typing import Any, NoReturn

from django.core.management.base import BaseCommand

from inspections.holidays import bank_holidays, known
from inspections.rules import PlannedStep, date_words, fieldwork_start_problem, timeline
from standards.loader import StandardsError, load
from standards.schema import Standards
from standards.words import shown

WRITTEN_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Command(BaseCommand):
    help = "Every step of an inspection with its date, its rule, who acts, and why a date was moved."
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--standards", required=True, metavar="KEY")
        parser.add_argument("--type", required=True, metavar="TYPE", help="such as iyjwcv, iyjs or reactive")
        parser.add_argument("--nation", required=True, metavar="NATION", help="such as england or wales")
        parser.add_argument("--fieldwork", required=True, metavar="YYYY-MM-DD", help="the Monday on which it starts")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: object, **options: Any) -> None:
        try:
            standards = load(options["standards"])
        except StandardsError as error:
            self._refuse(list(map(str, error.problems)))
        start = _day(options["fieldwork"])
        problems = _problems(standards, options, start)
        if problems or start is None:
            self._refuse(problems)
        steps = timeline(
            standards,
            inspection_type=options["type"],
            nation=options["nation"],
            fieldwork_start=start,
            holidays=bank_holidays(),
        )
        self._warn(steps)
        self.stdout.write(_json(steps) if options["json"] else _text(steps))

    def _refuse(self, problems: list[str]) -> NoReturn:
        self.stderr.write("\n".join(problems))
        sys.exit(2)

    def _warn(self, steps: tuple[PlannedStep, ...]) -> None:
        first, last = known()
        if any(not first <= step.date <= last for step in steps):
            days = f"{date_words(first)} to {date_words(last)}"
            self.stderr.write(f"Bank holidays are known from {days}; other dates are worked out without them.")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if WRITTEN_DAY.fullmatch(text) else None
    except ValueError:
        return None


def _problems(standards: Standards, options: dict[str, Any], start: date | None) -> list[str]:
    problems = [
        f"--{name}: {shown(options[name])} is not one of {', '.join(known_codes)}."
        for name, known_codes in (("type", standards.inspection_types), ("nation", standards.nations))
        if options[name] not in known_codes
    ]
    if start is None:
        return [*problems, f"--fieldwork: {shown(options['fieldwork'])} is not a date written YYYY-MM-DD."]
    if not date.min.year < start.year < date.max.year:
        return [*problems, f"--fieldwork: {start.year} is too far away."]
    problem = fieldwork_start_problem(start, start, bank_holidays())
    return [*problems, f"--fieldwork: {problem}."] if problem else problems


def _json(steps: tuple[PlannedStep, ...]) -> str:
    return json.dumps(
        [
            {
                "step": step.step,
                "date": step.date.isoformat(),
                "rule": step.rule,
                "moved_because": step.moved_because,
            }
            for step in steps
        ],
        indent=2,
        ensure_ascii=False,
    )


def _text(steps: tuple[PlannedStep, ...]) -> str:
    return "\n".join(line for step in steps for line in _step_lines(step))


def _step_lines(step: PlannedStep) -> list[str]:
    moved = [f"    {step.moved_because}."] if step.moved_because else []
    return [f"{date_words(step.date)}  {step.title} ({step.who})", f"    {step.rule}.", *moved]
