"""`manage.py routes`: every address, and who may use it."""

import json

import pytest
from django.core.management import call_command
from django.http import HttpResponse
from django.urls import get_resolver, path


def routes_as_json(capsys) -> dict[str, dict]:
    call_command("routes", "--json")
    return {route["name"]: route for route in json.loads(capsys.readouterr().out)}


def test_every_address_is_there_once(capsys):
    found = routes_as_json(capsys)
    patterns = [route["pattern"] for route in found.values()]
    assert len(patterns) == len(set(patterns))
    assert found["inspections:record-step"]["pattern"] == "/inspections/<slug:ref>/timeline/<slug:step>/record/"


def test_an_address_says_who_may_do_what_at_which_stage(capsys):
    assert routes_as_json(capsys)["inspections:team"] == {
        "pattern": "/inspections/<slug:ref>/team/",
        "name": "inspections:team",
        "methods": ["GET", "HEAD", "POST"],
        "access": {
            "GET": {"permission": "see the team", "grants": SEEN},
            "HEAD": {"permission": "see the team", "grants": SEEN},
            "POST": {
                "permission": "manage the team",
                "grants": [
                    {
                        "who": ["head_of_programme", "lead"],
                        "stages": ["scheduled", "announced", "fieldwork", "rating"],
                        "own_case": [],
                    }
                ],
            },
        },
    }


SEEN = [
    {
        "who": ["assistant", "deputy", "head_of_programme", "lead", "panel_chair", "panel_member"],
        "stages": ["scheduled", "announced", "fieldwork", "rating", "signed", "told"],
        "own_case": [],
    },
    {"who": ["quality_assurer"], "stages": ["fieldwork", "rating", "signed", "told"], "own_case": []},
]


def test_public_pages_are_few_and_say_so(capsys):
    public = [
        name
        for name, route in routes_as_json(capsys).items()
        if any(grant["who"] == ["everybody"] for method in route["access"].values() for grant in method["grants"])
    ]
    assert sorted(public) == [
        "accessibility",
        "accounts:ask-for-link",
        "accounts:enter-code",
        "accounts:open-link",
        "accounts:sign-in",
        "accounts:sign-out",
        "case-pages",
        "cases:calendar-feed",
        "cases:interviews",
        "cases:list-template",
        "health",
        "help",
        "not-connected",
    ]


def test_the_text_names_methods_and_people(capsys):
    call_command("routes")
    assert (
        "/inspections/new/  inspections:create\n"
        "    GET  create an inspection: head_of_programme\n"
        "    POST  create an inspection: head_of_programme\n"
    ) in capsys.readouterr().out


def test_a_page_without_a_declaration_fails_the_command(capsys):
    patterns = get_resolver().url_patterns
    patterns.append(path("open-door/", lambda request: HttpResponse(), name="open-door"))
    try:
        with pytest.raises(SystemExit) as failed:
            call_command("routes")
    finally:
        patterns.pop()
    assert failed.value.code == 1
    assert capsys.readouterr().err == "/open-door/ (open-door): its view does not declare who may use it.\n"
