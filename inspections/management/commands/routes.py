"""Prints every address: its pattern, its name, and who may use which method of it at which stage."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from inspections.routes import as_json, as_text, routes


class Command(BaseCommand):
    help = "Every address of the product, and who may do what there. Fails where a view declares no access."
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: object, **options: Any) -> None:
        found = routes()
        if options["json"]:
            self.stdout.write(json.dumps([as_json(route) for route in found], indent=2))
        else:
            self.stdout.write("\n".join(as_text(route) for route in found))
        open_doors = [route for route in found if route.access is None]
        for route in open_doors:
            self.stderr.write(f"{route.pattern} ({route.name}): its view does not declare who may use it.")
        if open_doors:
            sys.exit(1)
