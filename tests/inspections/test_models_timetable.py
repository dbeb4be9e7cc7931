"""What PostgreSQL holds about the timetable, whatever way a change comes."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from accounts import clock
from inspections.models import Booking, Slot
from tests import people
from tests.factories import inspection_with_team, slot

TEN = datetime(2027, 6, 8, 9, tzinfo=UTC)  # 10am in summer
HOUR = timedelta(hours=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return people.make()


@pytest.fixture
def inspection(team):
    return inspection_with_team(team)


def taken_by(kind, team):
    return {
        "person": {"people": [team.lead]},
        "met": {"met": ["Alex Demo"]},
        "place": {"place": "Room 1"},
    }[kind]


@pytest.mark.parametrize("kind", ["person", "met", "place"])
def test_nobody_and_no_room_is_booked_twice_at_once(kind, team, inspection):
    slot(inspection, TEN, **taken_by(kind, team))
    with pytest.raises(IntegrityError, match=f"booking_{kind}_in_one_place"), transaction.atomic():
        slot(inspection, TEN + HOUR / 2, **taken_by(kind, team))


@pytest.mark.parametrize("kind", ["person", "met", "place"])
def test_one_slot_may_begin_when_another_ends(kind, team, inspection):
    slot(inspection, TEN, **taken_by(kind, team))
    slot(inspection, TEN + HOUR, **taken_by(kind, team))
    assert Booking.objects.count() == 2


def test_a_person_is_not_in_two_inspections_at_once(team, inspection):
    other = inspection_with_team(team, service__name="Derby")
    slot(inspection, TEN, people=[team.lead])
    with pytest.raises(IntegrityError, match="booking_person_in_one_place"), transaction.atomic():
        slot(other, TEN, people=[team.lead])


@pytest.mark.parametrize("kind", ["person", "met", "place"])
def test_a_slot_that_is_moved_by_plain_sql_takes_its_bookings_along_and_is_refused_where_they_clash(
    kind, team, inspection
):
    slot(inspection, TEN, **taken_by(kind, team))
    later = slot(inspection, TEN + 2 * HOUR, **taken_by(kind, team))
    move = "UPDATE inspections_slot SET period = tstzrange(%s, %s) WHERE id = %s"
    with connection.cursor() as cursor:
        cursor.execute(move, [TEN + 3 * HOUR, TEN + 4 * HOUR, later.pk])
        assert Booking.objects.get(slot=later).period.lower == TEN + 3 * HOUR
        with pytest.raises(IntegrityError, match=f"booking_{kind}_in_one_place"), transaction.atomic():
            cursor.execute(move, [TEN, TEN + HOUR, later.pk])


def test_a_booking_has_no_time_of_its_own(team, inspection):
    slot(inspection, TEN, people=[team.lead])
    with pytest.raises(IntegrityError, match="booking_follows_its_slot"), transaction.atomic():
        Booking.objects.update(period=(TEN + HOUR, TEN + 2 * HOUR))


def test_a_cancelled_slot_sets_its_people_and_its_room_free(team, inspection):
    first = slot(inspection, TEN, people=[team.lead], met=["Alex Demo"], place="Room 1")
    Slot.objects.filter(pk=first.pk).update(
        standing=False, cancelled_at=clock.now(), cancelled_by=team.lead, cancelled_reason="Moved"
    )
    slot(inspection, TEN, people=[team.lead], met=["Alex Demo"], place="Room 1")
    assert Booking.objects.filter(standing=True).count() == 3


def test_two_slots_can_change_places_in_one_transaction(team, inspection):
    first, second = slot(inspection, TEN, people=[team.lead]), slot(inspection, TEN + HOUR, people=[team.lead])
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS booking_person_in_one_place DEFERRED")
        Slot.objects.filter(pk=first.pk).update(period=second.period)
        Slot.objects.filter(pk=second.pk).update(period=first.period)
    assert [each.pk for each in Slot.objects.order_by("period")] == [second.pk, first.pk]


def test_a_slot_begins_before_it_ends(inspection):
    with pytest.raises(IntegrityError, match="slot_begins_and_ends"), transaction.atomic():
        slot(inspection, TEN, minutes=0)
