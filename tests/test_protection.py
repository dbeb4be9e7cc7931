"""What holds for every address, whatever its page: headers, tokens, methods, and that reading changes nothing."""

import hashlib

import pytest
from django.db import connection
from django.test import Client
from psycopg import sql

from tests import access
from tests.routes import UNKNOWN_METHOD, routes
from tests.world import build

pytestmark = pytest.mark.django_db

HEADERS = {
    "Content-Security-Policy": {
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    },
    "X-Content-Type-Options": {"nosniff"},
    "X-Frame-Options": {"DENY"},
    "Referrer-Policy": {"same-origin"},
    "Cross-Origin-Opener-Policy": {"same-origin"},
    "Cache-Control": {"no-store"},
}
FROM_OUTSIDE = {"Content-Security-Policy": {"sandbox", "default-src 'none'", "frame-ancestors 'none'"}}
KEPT = {
    "cases:interviews": {"Cache-Control": {"public, max-age=3600"}},  # holds no data
    "inspections:document-file": FROM_OUTSIDE,
    "cases:review-original": FROM_OUTSIDE,
}
LOGGED = {"inspections:document-file", "cases:review-original"}  # who has had a file is kept
NOT_DATA = {"accounts_session"}  # signing in makes a row


@pytest.fixture
def lead(people) -> Client:
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    client.force_login(people.lead)
    return client


@pytest.fixture
def world(people):
    return build(people, "fieldwork")


def headers(response) -> dict[str, set[str]]:
    return {name: {part.strip() for part in response.get(name, "").split(";")} for name in HEADERS}


@pytest.mark.parametrize("route", routes(), ids=lambda route: route.name)
@pytest.mark.parametrize("method", ["GET", "POST", UNKNOWN_METHOD])
def test_every_answer_carries_the_protecting_headers(lead, world, route, method):
    found = headers(lead.generic(method, route.path(world.address(route.name, "lead"))))
    assert found == HEADERS | (KEPT.get(route.name, {}) if method == "GET" else {})


def test_so_does_what_does_not_exist(lead):
    assert headers(lead.get("/nowhere/")) == HEADERS


def test_an_error_says_nothing_about_itself_and_carries_them_too(lead, settings):
    settings.ROOT_URLCONF = "tests.addresses"
    response = lead.get("/broken/")
    assert (response.status_code, b"secret-words" in response.content) == (500, False)
    assert headers(response) == HEADERS


def test_so_does_the_refusal_of_too_large_a_form(client, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 1
    response = client.post("/sign-in/", {"email": "a", "password": "b"})
    assert response.status_code == 400
    assert headers(response) == HEADERS


POSTED = [route for route in routes() if "POST" in access.ROUTES.get(route.name, {})]


@pytest.mark.parametrize("route", POSTED, ids=lambda route: route.name)
def test_nothing_is_taken_without_the_token_of_a_page(lead, world, route):
    assert lead.post(route.path(world.address(route.name, "lead"))).status_code == 403


@pytest.mark.parametrize("stage", access.STAGES)
def test_reading_everything_twice_changes_nothing(people, stage):
    world = build(people, stage)
    clients = {name: Client() for name in ("lead", "head", "chair", "contact", "assessor")}
    for name, client in clients.items():
        client.force_login(getattr(people, name))
    before = everything_in_the_database()
    for _ in range(2):
        for route in routes():
            if "GET" in access.ROUTES[route.name] and route.name not in LOGGED:
                for client in clients.values():
                    client.get(route.path(world.address(route.name, "assessor")))
    assert everything_in_the_database() == before


def everything_in_the_database() -> dict[str, str]:
    """A digest of every row by table."""
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names(cursor) if name not in NOT_DATA]
        return {table: digest(cursor, table) for table in tables}


def digest(cursor, table: str) -> str:
    cursor.execute(sql.SQL("SELECT t::text FROM {} t ORDER BY 1").format(sql.Identifier(table)))
    return hashlib.sha256("\n".join(row for (row,) in cursor.fetchall()).encode()).hexdigest()
