"""manage.py demo loads once, the same each time, on any day, and never in production."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core.management import CommandError
from django.db import transaction

from accounts import clock
from accounts.models import AuditEvent, User
from accounts.queries import demo_people
from cases.models import AnswerVersion, Case, CaseloadRow
from inspections.models import Inspection
from ratings.models import Snapshot
from tests.config.demo.loading import a_thursday, demo

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_a_thursday(tmp_path):
    with a_thursday(tmp_path):
        yield


def test_it_is_loaded_once():
    demo()
    before = contents()
    assert demo() == "The demo data is there already.\n"
    assert contents() == before


def test_the_same_seed_gives_the_same_data_and_another_seed_does_not():
    digests = []
    for seed in ("one", "one", "two"):
        with undone():
            demo(seed=seed)
            digests.append(contents())
    assert digests[0] == digests[1]
    assert digests[0] != digests[2]


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def contents() -> str:
    """Everything that anybody can read, by natural keys, in a fixed order."""
    digest = hashlib.sha256()
    for rows in (
        User.objects.order_by("email").values_list("email", "name", "role"),
        Inspection.objects.order_by("ref").values_list("ref", "service__name", "fieldwork_start", "stage"),
        CaseloadRow.objects.order_by("caseload__inspection__ref", "caseload__kind", "caseload", "number").values_list(
            "name", "date_of_birth", "sex", "ethnicity", "work_type", "worker", "started_on", "ended_on"
        ),
        Case.objects.order_by("inspection__ref", "ref", "pk").values_list(
            "ref", "row__name", "reader__email", "sent_at"
        ),
        AnswerVersion.objects.order_by("at", "save_id").values_list("save_id", "value", "evidence", "at", "by__email"),
        AuditEvent.objects.order_by("inspection", "position").values_list("at", "person__email", "verb", "subject"),
        Snapshot.objects.order_by("inspection__ref", "evidence_version").values_list("result"),
    ):
        digest.update(repr(list(rows)).encode())
    return digest.hexdigest()


def test_it_is_refused_in_production(settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="never loaded in production"):
        demo()
    assert not demo_people().exists()


@pytest.mark.parametrize("day", range(7))
def test_it_can_be_loaded_on_any_day(settings, day):
    settings.CLOCK = (clock.now() + timedelta(days=day)).isoformat()
    demo()
    assert Inspection.objects.count() == 4
