"""Readers with cases, made in a product that runs."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from django.contrib.auth.hashers import make_password

import tests.people
from accounts import clock
from accounts.models import Role, User
from cases.models import Case
from config.local.places import ROOT
from inspections.models import TeamRole
from tests.factories import ServiceFactory, inspection_with_team, sampled_cases
from tests.product import Product

SERVICES = ("Reading", "Derby")
CASES = 2
MAKE = "import sys, django; django.setup(); from tests.drills import people; people.show(int(sys.argv[1]))"


@dataclass(frozen=True)
class Reader:
    """`cases` are the addresses to which answers are sent."""

    email: str
    cases: tuple[str, ...]


def readers_of(product: Product, number: int) -> list[Reader]:
    env = product.env | {"DATABASE_URL": product.database_url, "DJANGO_SETTINGS_MODULE": "config.settings"}
    command = [sys.executable, "-c", MAKE, str(number)]
    made = subprocess.run(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True, check=True).stdout
    return [Reader(reader["email"], tuple(reader["cases"])) for reader in json.loads(made)]


def show(number: int) -> None:
    sys.stdout.write(json.dumps([asdict(reader) for reader in make(number)]))


def make(number: int) -> Iterator[Reader]:
    team, password = tests.people.make(), make_password(tests.people.PASSWORD)
    for part, service in enumerate(SERVICES):
        inspection = inspection_with_team(team, service=ServiceFactory(name=service))
        names = [f"reader-{reader}" for reader in range(part, number, len(SERVICES))]
        cases = sampled_cases(inspection, count=CASES * len(names))
        for place, name in enumerate(names):
            email = f"{name}@people.example"
            person = User.objects.create(email=email, name=name, role=Role.INSPECTOR, password=password)
            inspection.memberships.create(person=person, role=TeamRole.ASSISTANT, since=clock.now())
            own = cases[place * CASES : (place + 1) * CASES]
            Case.objects.filter(pk__in=[case.pk for case in own]).update(reader=person)
            yield Reader(email, tuple(f"/inspections/{inspection.ref}/cases/{case.ref}/answers/" for case in own))
