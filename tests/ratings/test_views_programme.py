"""The list from which the next service is chosen: last inspected, last rating once told, figures, due first."""

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import clock
from inspections.models import Service, ServiceFigures, Stage
from tests.factories import InspectionFactory
from tests.world import build

PAGE = "/programme/next/"


def rows(client) -> dict[str, object]:
    pages = [client.get(PAGE, {"page": number}).context["pages"].rows for number in (1, 2, 3, 4, 5)]
    return {row.known.service.name: row for page in pages for row in page}


def test_a_rating_stands_there_once_the_service_was_told(client, people, settings):
    settings.CLOCK = "2027-06-20T09:00"
    world = build(people, Stage.TOLD)
    client.force_login(people.head)
    told = rows(client)[world.inspection.service.name]
    assert (told.rating != "", told.is_due, told.known.due) == (True, False, date(2031, 6, 7))
    type(world.inspection).objects.filter(pk=world.inspection.pk).update(stage=Stage.SIGNED)
    assert rows(client)[world.inspection.service.name].rating == ""


def test_concerns_first_then_what_is_due_planned_last_with_the_newest_figures(client, people, settings):
    settings.CLOCK = "2027-06-20T09:00"
    old, planned, known = Service.objects.order_by("name")[:3]
    worrying = Service.objects.order_by("name").last()
    InspectionFactory(ref="YI-23-001", service=old, fieldwork_start=date(2024, 6, 3), created_by=people.head)
    InspectionFactory(ref="YI-27-777", service=planned, fieldwork_start=date(2027, 9, 6), created_by=people.head)
    for quarter, custody in ((date(2027, 4, 1), 2), (date(2027, 1, 1), 3)):
        ServiceFigures.objects.create(
            service=known, quarter=quarter, custody=custody, made_at=clock.now(), made_by=people.head
        )
    ServiceFigures.objects.create(
        service=worrying, quarter=quarter, concern="Rising", made_at=clock.now(), made_by=people.head
    )
    client.force_login(people.head)
    found = rows(client)
    names = list(found)
    assert (names[:2], names[-2:]) == ([worrying.name, known.name], [old.name, planned.name])
    assert (found[known.name].is_due, found[old.name].is_due, found[planned.name].is_due) == (True, False, False)
    assert found[known.name].known.figures.custody == 2


def test_more_inspections_cost_no_more_queries(client, people, settings):
    settings.CLOCK = "2027-06-20T09:00"
    client.force_login(people.head)
    costs = []
    for service in Service.objects.all()[:3]:
        InspectionFactory(service=service, created_by=people.head)
        with CaptureQueriesContext(connection) as queries:
            client.get(PAGE)
        costs.append(len(queries))
    assert costs[0] == costs[2]
