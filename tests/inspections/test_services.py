"""The services that the product knows from the start."""

from importlib import import_module

import pytest
from django.apps import apps

from inspections.models import Service

migration = import_module("inspections.migrations.0002_services_are_known")

pytestmark = pytest.mark.django_db


def test_every_service_of_the_list_is_there_with_its_nation():
    rows = migration.SERVICES.read_text(encoding="utf-8").splitlines()[1:]
    found = sorted(f"{service.name},{service.nation}" for service in Service.objects.all())
    assert found == sorted(row.replace('"', "") for row in rows)
    assert Service.objects.filter(nation="wales").count() == 14


def test_loading_again_adds_what_is_missing_and_changes_nothing():
    Service.objects.get(name="Cardiff").delete()
    Service.objects.filter(name="Kent").update(nation="wales")
    before = Service.objects.count()
    migration.load(apps, None)
    migration.load(apps, None)
    assert Service.objects.count() == before + 1
    assert Service.objects.get(name="Kent").nation == "wales"
