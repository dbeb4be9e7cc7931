"""The ratings of all inspections ever, one JSON object a line: what is signed as signed, the rest as it stands."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from ratings.queries.everywhere import all_ratings


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: object, **options: Any) -> None:
        for rated in all_ratings():
            self.stdout.write(json.dumps(asdict(rated)))
