"""What `manage.py routes` prints is what tests/access.toml says, so (tests/test_access.py) what the product does."""

import json
from dataclasses import fields
from io import StringIO

import pytest
from django.core.management import call_command

from tests import access
from tests.access import ANONYMOUS, STAGES
from tests.people import ROLES, People
from tests.routes import routes
from tests.world import OWNED

EVERYBODY = frozenset({*(field.name for field in fields(People)), ANONYMOUS})
PARTIES = {
    "everybody": EVERYBODY,
    "signed in": EVERYBODY - {ANONYMOUS},
    "lead": frozenset({"lead"}),
    "deputy": frozenset({"deputy"}),
    "assistant": frozenset({"assistant", "second_assistant"}),
    "local_assessor": frozenset({"assessor"}),
    "panel_chair": frozenset({"chair"}),
    "panel_member": frozenset({"member"}),
    "quality_assurer": frozenset({"quality"}),
    "head_of_programme": frozenset({"head"}),
    "service_contact": frozenset({"contact"}),
}
INSPECTORS = EVERYBODY - {ANONYMOUS} - set(ROLES)


def printed() -> dict[str, dict[str, object]]:
    output = StringIO()
    call_command("routes", json=True, stdout=output)
    return {route["name"]: route for route in json.loads(output.getvalue())}


PRINTED = printed()


def people(names: list[str], stages: list[str]) -> frozenset[str]:
    """Where no stage is named, no inspection is: then a name is a role at the Inspectorate."""
    by_role = {role: frozenset(name for name in ROLES if ROLES[name] == role) for role in names}
    by_role["inspector"] = INSPECTORS
    found = [PARTIES[name] if stages or name in {"everybody", "signed in"} else by_role[name] for name in names]
    return frozenset().union(*found)


def told(grants: list[dict[str, list[str]]], stage: str) -> tuple[frozenset[str], frozenset[str]]:
    """Who may at this stage, and those of them who may on their own case only."""
    open_now = [grant for grant in grants if stage in (grant["stages"] or STAGES)]
    may = frozenset().union(*(people(grant["who"], grant["stages"]) for grant in open_now))
    own = frozenset().union(*(people(grant["own_case"], grant["stages"]) for grant in open_now))
    return may, own


def wanted(rule: access.Rule, stage: str, one_case: bool) -> tuple[frozenset[str], frozenset[str]]:
    return rule.may(stage), rule.only_own(stage) if one_case else frozenset()


def test_it_prints_every_address_with_every_method():
    product = {name: sorted(route["methods"]) for name, route in PRINTED.items()}
    assert product == {name: sorted(rules) for name, rules in access.ROUTES.items()}


def test_it_prints_the_patterns_of_the_resolver():
    assert {name: route["pattern"] for name, route in PRINTED.items()} == {
        route.name: f"/{route.pattern}" for route in routes()
    }


@pytest.mark.parametrize("route", routes(), ids=lambda route: route.name)
def test_it_prints_who_may_at_which_stage(route):
    for method, rule in access.ROUTES[route.name].items():
        grants = PRINTED[route.name]["access"][method]["grants"]
        for stage in STAGES:
            assert (method, stage, *told(grants, stage)) == (
                method,
                stage,
                *wanted(rule, stage, not OWNED.isdisjoint(route.parts)),
            )
