"""Loads the demo data, once; says who can sign in. Not in production."""

from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.queries import demo_people
from config.demo import story
from config.demo.people import PASSWORD

SEED = "demo"


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seed", default=SEED, help="Another seed gives other cases and answers.")
        parser.add_argument("--people", action="store_true", help="Only say who can sign in, and how.")

    def handle(self, **options: str) -> None:
        if settings.PRODUCTION:
            raise CommandError("Demo data is never loaded in production.")
        if options["people"]:
            self.say_people()
        elif story.is_told():
            self.stdout.write("The demo data is there already.")
        else:
            story.tell(options["seed"])
            self.stdout.write("Loaded four inspections: announced, in fieldwork, at the rating meeting, service told.")

    def say_people(self) -> None:
        self.stdout.write("Choose one of these people on the sign-in page:\n\n")
        for person in demo_people():
            self.stdout.write(f"  {person.name:<34}{person.get_role_display():<26}{person.email}")
        self.stdout.write(
            f"\nEach also has the password “{PASSWORD}”. A script signs in with\n"
            "  curl -c cookies -d person=EMAIL ADDRESS/demo/sign-in/\n"
            "and goes on with curl -b cookies.\n"
        )
