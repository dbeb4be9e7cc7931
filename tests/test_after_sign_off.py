"""After sign-off every address is sent a POST by people of every kind: nothing that the ratings rest on changes.

What is open then stands in OPEN, so that a new address without its guard is noticed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import uuid4

import pytest
from django.core import signing
from django.db import connection
from django.test import Client

from accounts import clock
from accounts.models import AuditEvent
from inspections.fields import written
from ratings.forms import ReopenForm
from ratings.queries.meetings import meeting_or_404
from ratings.queries.versions import reopening_state
from tests.people import People
from tests.routes import Route, routes
from tests.test_access import as_if_nothing_happened, signed_in
from tests.world import World, build

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

WHO = {"signed": ("lead", "chair", "head", "assistant", "contact"), "told": ("lead", "head")}
FROZEN = (
    "ratings_meeting",
    "ratings_decision",
    "ratings_signature",
    "ratings_outcome",
    "cases_answer",
    "cases_answerversion",
    "cases_case",
    "inspections_standardstext",
)
ADDS = {
    "ratings:reopen": {"ratings_meeting", "ratings_decision"},
    "ratings:outcome": {"ratings_outcome"},
}
"""What may come to the frozen rows. None of them may change or go."""

OF_A_PERSON = {
    "accounts:ask-for-link",
    "accounts:enter-code",
    "accounts:open-link",
    "accounts:sign-in",
    "accounts:sign-out",
    "accounts:stay-signed-in",
    "accounts:settings",
    "cases:unsent-key",
    "cases:calendar",
    "inspections:interests",
    "inspections:notifications",
}
OF_A_SERVICE = {
    "inspections:end-contact",
    "inspections:service-access",
    "inspections:service-preferences",
}
OF_THE_PROGRAMME = {
    "inspections:alert",
    "inspections:cancel-leave",
    "inspections:programme-people",
    "inspections:service-figures",
    "inspections:settle-alert",
    "ratings:decide-reactive",
}
OPEN = (
    OF_A_PERSON
    | OF_A_SERVICE
    | OF_THE_PROGRAMME
    | {
        "inspections:create",
        "inspections:record-step",
        "inspections:change-date",
        "inspections:agree-date",
        "inspections:drop-date",
        "cases:reads-to-check",
        "cases:raise-concern",
        "cases:concern-told",
        "cases:acknowledge-concern",
        "ratings:packs",
        "ratings:reopen",
    }
)
DONE = {
    "inspections:record-step",
    "inspections:drop-date",
    "cases:raise-concern",
    "cases:concern-told",
    "cases:acknowledge-concern",
    "ratings:reopen",
}
"""Of OPEN, those that the walk has to carry out, or it would show nothing."""

REASON = " ".join(["because"] * 60)
ANYTHING = {
    "question": "2.1.1",
    "value": "no",
    "evidence": "Changed after sign-off",
    "base_version": "1",
    "reason": REASON,
    "item": "V1",
    "name": "Lead",
    "statement": "on",
    "confirmed": ["record", "evidence", "names"],
    "text": "Changed after sign-off",
}


@dataclass(frozen=True)
class Tried:
    route: Route
    person: str
    is_refused: bool
    is_done: bool
    changed: tuple[str, ...]


def bodies(world: World) -> dict[str, dict[str, object]]:
    told = {"who_was_told": "Jo", "day_told": "19 June 2027", "time_told": "9am"}
    state = reopening_state(meeting_or_404(world.inspection))
    return {
        "inspections:record-step": {"day": "1 June 2027"},
        "cases:raise-concern": {"what_you_saw": "A bruise", "has_the_service_been_told": "not_yet", "once": uuid4()},
        "cases:concern-told": told,
        "cases:acknowledge-concern": {"what_was_done": "I rang them"},
        "ratings:reopen": {"state": signing.dumps(state, salt=ReopenForm.salt), "reason": REASON, "statement": "on"},
        "ratings:outcome": {"told_on": written(clock.today()), "told_how": "In a call"},
    }


def walk(world: World, people: People, names: tuple[str, ...]) -> Iterator[Tried]:
    """Each tries every address, about what is their own and about what is another's."""
    before, sent = frozen(), bodies(world)
    for name in names:
        client, session = signed_in(people, name)
        for route in routes():
            for owner in dict.fromkeys(world.owners(route, name)):
                body = sent.get(route.name, ANYTHING)
                with as_if_nothing_happened(client, session):
                    yield tried(client, world, route, name, owner, body, before)


def tried(client: Client, world: World, route: Route, name: str, owner: str, body, before) -> Tried:
    events = AuditEvent.objects.count()
    response = client.post(route.path(world.address(route.name, owner)), body)
    is_refused = response.status_code in (401, 403, 404, 405)
    assert response.status_code < 500, route.name
    changed = () if is_refused else differing(before, frozen(), ADDS.get(route.name, set()))
    return Tried(route, name, is_refused, AuditEvent.objects.count() > events, changed)


def frozen() -> dict[str, list[str]]:
    found = {}
    with connection.cursor() as cursor:
        for table in FROZEN:
            cursor.execute(f"SELECT t::text FROM {table} t ORDER BY id")  # noqa: S608  names of this file
            found[table] = [row for (row,) in cursor.fetchall()]
    return found


def differing(before: dict[str, list[str]], after: dict[str, list[str]], adds: set[str]) -> tuple[str, ...]:
    kept = {table: rows[: len(before[table])] if table in adds else rows for table, rows in after.items()}
    return tuple(table for table in FROZEN if kept[table] != before[table])


@pytest.mark.parametrize("stage", WHO)
def test_whatever_is_tried_nothing_frozen_changes(people, settings, stage):
    settings.CLOCK = "2027-06-20T09:00"
    world = build(people, stage)
    found = list(walk(world, people, WHO[stage]))
    tellable = {"ratings:outcome"} if stage == "signed" else set()
    assert {one.route.name for one in found} == {route.name for route in routes()}
    assert [(one.person, one.route.name, one.changed) for one in found if one.changed] == []
    assert {one.route.name for one in found if not one.is_refused} - OPEN == tellable
    assert (DONE | tellable) - {one.route.name for one in found if one.is_done} == set()


def test_an_address_without_a_guard_would_be_found(people, settings):
    settings.CLOCK = "2027-06-20T09:00"
    world = build(people, "signed")
    settings.ROOT_URLCONF = "tests.unguarded_addresses"
    found = [one for one in walk(world, people, ("contact",)) if one.route.name == "change"]
    assert [(one.is_refused, one.changed) for one in found] == [(False, ("cases_answer",))]
