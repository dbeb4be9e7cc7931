"""Every address with every method, by everybody, at every stage, over HTTP: against tests/access.toml."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from tests import access
from tests.access import ANONYMOUS, SECRETS, STAGES
from tests.people import People
from tests.routes import Route, methods, routes
from tests.world import World, build

pytestmark = pytest.mark.django_db

EVERYBODY = (*(field.name for field in fields(People)), ANONYMOUS)
UUID = re.compile(rb"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"|data-ends-(in|at)="[^"]*"')


@dataclass(frozen=True)
class Asked:
    """One request and what came of it. `reader` is whose case (or interest) the address names, if it names one."""

    route: Route
    method: str
    person: str
    reader: str
    response: HttpResponse

    @property
    def place(self) -> str:
        case = f" of {self.reader}'s case" if "case_ref" in self.route.parts else ""
        return f"{self.person}: {self.method} {self.route.name}{case}"

    @property
    def result(self) -> str:
        if self.method == "POST" and self.response.status_code == 401:
            return "sign in" if b'href="/sign-in/?next=' in self.response.content else "401"
        if self.method != "POST" and self.response.status_code == 302 and "?next=" in self.response["Location"]:
            return "sign in"
        return {404: "not found", 403: "refused", 405: "no such method"}.get(
            self.response.status_code, "yes" if self.response.status_code < 500 else str(self.response.status_code)
        )


@pytest.fixture
def world(request, people, settings) -> World:
    settings.CLOCK = "2027-06-20T09:00"  # a day of fieldwork has its page once it has come
    return build(people, request.param)


def everything(world: World, people: People, names: Iterable[str] = EVERYBODY, only: str = "") -> Iterator[Asked]:
    """Every address with every method, by everybody. What a request changes is taken back before the next."""
    for name in names:
        client, session = signed_in(people, name)
        for route in routes():
            for reader in world.owners(route, name):
                for method in access.asked(route.name, only):
                    with as_if_nothing_happened(client, session):
                        response = client.generic(method, route.path(world.address(route.name, reader)), **FORM)
                        yield Asked(route, method, name, reader, response)


FORM = {"content_type": "application/x-www-form-urlencoded"}


def signed_in(people: People, name: str) -> tuple[Client, str]:
    client = Client(raise_request_exception=False)
    if name == ANONYMOUS:
        return client, ""
    client.force_login(getattr(people, name))
    return client, client.cookies["sessionid"].value


@contextmanager
def as_if_nothing_happened(client: Client, session: str) -> Iterator[None]:
    client.cookies.clear()
    if session:
        client.cookies["sessionid"] = session
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_the_file_names_every_address_with_every_method(client, people):
    client.force_login(people.head)
    world = build(people, "fieldwork")
    product = {route.name: methods(client, route.path(world.address(route.name, "lead"))) for route in routes()}
    assert product == {name: tuple(sorted(rules)) for name, rules in access.ROUTES.items()}


def test_the_file_names_only_people_that_there_are():
    every = [rule for rules in access.ROUTES.values() for rule in rules.values()]
    named = frozenset().union(*(rule.may(stage) for rule in every for stage in STAGES))
    assert named <= set(EVERYBODY)


@pytest.mark.parametrize("name", ["lead", "stranger", ANONYMOUS])
def test_head_is_get_without_the_page(people, name):
    world = build(people, "rating")
    client, _ = signed_in(people, name)
    for route in routes():
        if "GET" in access.ROUTES[route.name]:
            path = route.path(world.address(route.name, "lead"))
            get, head = client.get(path), client.head(path)
            assert (route.name, head.status_code, head.content) == (route.name, get.status_code, b"")


@pytest.mark.parametrize("world", STAGES, indirect=True)
def test_everybody_gets_what_the_file_says_and_not_a_word_more(world, people):
    wrong, seen = [], set()
    nowhere = {name: missing(people, name) for name in EVERYBODY}
    for asked in everything(world, people):
        wanted = access.expected(asked.route.name, asked.method, asked.person, world.stage, asked.reader)
        if asked.result != wanted:
            wrong.append(f"{asked.place} gave {asked.result}, not {wanted}")
        if asked.result == "not found" and sent(asked.response) != nowhere[asked.person]:
            wrong.append(f"{asked.place} differs from an address that does not exist")
        told = world.secrets_in(asked.response)
        seen |= {secret.kind for secret in told}
        wrong += [
            f"{asked.place} told the {secret.kind} of {secret.of}"
            for secret in told
            if not SECRETS[secret.kind].allows(asked.person, world.stage, secret.of)
        ]
    assert wrong == []
    assert seen == {kind for kind, rule in SECRETS.items() if world.stage in rule.stages}


def missing(people: People, name: str) -> tuple[object, ...]:
    """What the person gets for an inspection that there is not."""
    client, _ = signed_in(people, name)
    return sent(client.get("/inspections/YI-00-000/"))


def sent(response: HttpResponse) -> tuple[object, ...]:
    return response.status_code, sorted(response.items()), TOKEN.sub(b"", response.content)


@pytest.mark.parametrize("stage", ["fieldwork", "rating", "signed"])
def test_for_whom_ratings_are_closed_every_page_is_the_same_whatever_they_are(people, settings, stage):
    settings.CLOCK = "2027-06-20T09:00"
    world = build(people, stage)
    kept_out = [name for name in EVERYBODY if name not in access.RATINGS.may(stage)]
    before, seen = pages(world, people, kept_out), pages(world, people, ["lead"])
    world.turn_ratings_round()
    assert changed(before, pages(world, people, kept_out)) == []
    assert changed(seen, pages(world, people, ["lead"])) != []


def pages(world: World, people: People, names: list[str]) -> dict[str, tuple[object, ...]]:
    """Every page that opens to them, less what is new each time it is drawn."""
    found = {}
    for asked in everything(world, people, names, "GET"):
        if asked.result == "yes":
            status, headers, body = sent(asked.response)
            found[asked.place] = status, headers, UUID.sub(b"", body)
    return found


def changed(before: dict[str, object], after: dict[str, object]) -> list[str]:
    return [place for place in before.keys() | after.keys() if before.get(place) != after.get(place)]
