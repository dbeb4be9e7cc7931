"""An inspection of Reading, planned on 3 May 2027 for the fieldwork week of 7 June."""

from datetime import date

import pytest

from inspections.actions.inspections import create_inspection
from inspections.holidays import bank_holidays
from inspections.models import Inspection, Service
from standards import loader
from tests.people import People

FIELDWORK = date(2027, 6, 7)


@pytest.fixture
def third_of_may(settings) -> None:
    settings.CLOCK = "2027-05-03T09:00"


def plan(people: People, **changes: object) -> Inspection:
    service, _ = Service.objects.get_or_create(name="Reading", defaults={"nation": "england"})
    plan = {
        "by": people.head,
        "service": service,
        "inspection_type": "iyjwcv",
        "standards": loader.load("yj-2024"),
        "fieldwork_start": FIELDWORK,
        "lead": people.lead,
        "holidays": bank_holidays(),
    }
    return create_inspection(**(plan | changes))


@pytest.fixture
def inspection(people, third_of_may) -> Inspection:
    return plan(people)


@pytest.fixture
def broken_second_file(tmp_path, monkeypatch) -> None:
    """The standards folder with one file that loads and one that does not."""
    (tmp_path / "yj-2024.toml").write_bytes((loader.DATA / "yj-2024.toml").read_bytes())
    (tmp_path / "yj-2030.toml").write_text("key = ")
    monkeypatch.setattr(loader, "DATA", tmp_path)
