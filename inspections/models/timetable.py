"""The timetable of the fieldwork: slots, and who and which room each of them takes up.

A booking repeats the time of its slot and whether it stands. A foreign key over all three, which Django cannot say and
the migration does, carries every change of the slot over to its bookings; the exclusion constraints then refuse a
person or a room in two places at once, whatever way the change came.
"""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Deferrable, F, Q

from inspections.models.inspections import Inspection

PERSON = settings.AUTH_USER_MODEL


class Place(models.Model):
    """A room. Rooms of one building are near each other; `building` may be empty for a room on its own."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="places")
    name = models.CharField(max_length=80)
    building = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["building", "name"]
        constraints = [models.UniqueConstraint(fields=["inspection", "building", "name"], name="place_once")]

    def __str__(self) -> str:
        return ", ".join(filter(None, [self.name, self.building]))


class PersonToMeet(models.Model):
    """Somebody at the service or a partner whom the team meets. `post` is what they do, in the service's own words.

    `listed_at` where the service itself named them; the others are known to the team alone until a timetable is sent.
    """

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="people_to_meet")
    name = models.CharField(max_length=120)
    post = models.CharField(max_length=80, blank=True)
    in_welsh = models.BooleanField(default=False, help_text="Asked to speak Welsh.")
    needs = models.CharField(max_length=300, blank=True, help_text="What helps them to take part, in their own words.")
    available = models.CharField(max_length=300, blank=True, help_text="When they can be met, in the service's words.")
    listed_at = models.DateTimeField(null=True, blank=True)
    listed_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "name"], name="person_to_meet_once"),
            models.CheckConstraint(
                condition=Q(listed_at__isnull=True, listed_by__isnull=True)
                | Q(listed_at__isnull=False, listed_by__isnull=False),
                name="person_to_meet_listed_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SlotOutcome(models.TextChoices):
    HELD = "held", "Held"
    OVERRAN = "overran", "Held, and took longer"
    ABSENT = "absent", "Somebody was absent"
    NOT_TAKEN_UP = "not_taken_up", "Not taken up"


class Slot(models.Model):
    """One entry of the timetable: an interview, a meeting, a discussion, a visit, or time that is kept free.

    `kind` is the code of an interview or of a meeting of the standards, or one of cases.rules.timetable's own.
    `version` goes up by one with every change, so that of two who move it at once the second is told.
    """

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="slots")
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=120)
    period = DateTimeRangeField()
    remote = models.BooleanField(default=False, help_text="Held on Teams.")
    link = models.URLField(max_length=1_000, blank=True, help_text="Where it is held on Teams.")
    preparation = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)
    standing = models.BooleanField(default=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    cancelled_reason = models.CharField(max_length=300, blank=True)
    outcome = models.CharField(max_length=20, choices=SlotOutcome, blank=True)
    outcome_note = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["inspection", "period", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    period__isempty=False,
                    period__lower_inf=False,
                    period__upper_inf=False,
                    period__lower_inc=True,
                    period__upper_inc=False,
                ),
                name="slot_begins_and_ends",
            ),
            models.CheckConstraint(
                condition=Q(standing=True, cancelled_at__isnull=True, cancelled_by__isnull=True, cancelled_reason="")
                | Q(standing=False, cancelled_at__isnull=False, cancelled_by__isnull=False) & ~Q(cancelled_reason=""),
                name="slot_stands_or_was_cancelled_for_a_reason",
            ),
            models.CheckConstraint(condition=Q(link="") | Q(remote=True), name="slot_link_is_of_one_on_teams"),
            models.CheckConstraint(condition=Q(outcome__in=["", *SlotOutcome.values]), name="slot_outcome_is_known"),
            models.UniqueConstraint(fields=["id", "period", "standing"], name="slot_with_its_time"),
        ]

    def __str__(self) -> str:
        return self.title


def never_in_two_places(who: str) -> ExclusionConstraint:
    return ExclusionConstraint(
        name=f"booking_{who}_in_one_place",
        expressions=[(F(who), RangeOperators.EQUAL), (F("period"), RangeOperators.OVERLAPS)],
        condition=Q(standing=True, **{f"{who}__isnull": False}),
        deferrable=Deferrable.IMMEDIATE,  # so that several slots can change places in one transaction
    )


class Booking(models.Model):
    """That a slot takes up one person of ours, one person to meet, or one room, at the slot's own time."""

    slot = models.ForeignKey(Slot, on_delete=models.CASCADE, related_name="bookings")
    period = DateTimeRangeField()
    standing = models.BooleanField(default=True)
    person = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="bookings")
    met = models.ForeignKey(PersonToMeet, null=True, blank=True, on_delete=models.PROTECT, related_name="bookings")
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="bookings")

    class Meta:
        ordering = ["slot", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, met__isnull=True, place__isnull=True)
                | Q(person__isnull=True, met__isnull=False, place__isnull=True)
                | Q(person__isnull=True, met__isnull=True, place__isnull=False),
                name="booking_is_of_one_person_or_one_room",
            ),
            models.UniqueConstraint(fields=["slot"], condition=Q(place__isnull=False), name="booking_one_room_a_slot"),
            never_in_two_places("person"),
            never_in_two_places("met"),
            never_in_two_places("place"),
        ]

    def __str__(self) -> str:
        return f"{self.slot_id} {self.person_id or self.met_id or self.place_id}"


class RequestAnswer(models.TextChoices):
    MOVED = "moved", "Agreed: it was changed"
    NOT_POSSIBLE = "not_possible", "Not possible"


class SlotRequest(models.Model):
    """The service asks for a change of a slot that it was sent. `slot_version` is the slot's when it was asked for."""

    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="requests")
    slot_version = models.PositiveIntegerField()
    reason = models.CharField(max_length=500)
    times = models.CharField(max_length=300, blank=True, help_text="Other times that would suit, in their own words.")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=20, choices=RequestAnswer, blank=True)
    why = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="slot_request_has_a_reason"),
            models.CheckConstraint(
                condition=Q(answer__in=["", *RequestAnswer.values]), name="slot_request_answer_is_known"
            ),
            models.CheckConstraint(
                condition=Q(answer="", why="", answered_at__isnull=True, answered_by__isnull=True)
                | Q(answer__in=RequestAnswer.values, answered_at__isnull=False, answered_by__isnull=False),
                name="slot_request_answered_by_someone",
            ),
            models.CheckConstraint(
                condition=~Q(answer=RequestAnswer.NOT_POSSIBLE) | ~Q(why=""), name="slot_request_refused_for_a_reason"
            ),
            models.UniqueConstraint(fields=["slot"], condition=Q(answer=""), name="slot_request_one_waits"),
        ]

    def __str__(self) -> str:
        return f"{self.slot_id} {self.answer}"


class TimetableVersion(models.Model):
    """The timetable as it was sent. `slots` are its slots, `reasons` why points to look at were left as they are."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="timetable_versions")
    number = models.PositiveSmallIntegerField()
    slots = models.JSONField()
    reasons = models.JSONField(default=dict)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["inspection", "-number"]
        constraints = [models.UniqueConstraint(fields=["inspection", "number"], name="timetable_version_once")]

    def __str__(self) -> str:
        return f"Timetable {self.number}"


class CalendarFeed(models.Model):
    """The address under which somebody's calendar fetches their timetable. Whoever has it needs no more, so of the
    address only a digest is kept; a new one takes the place of the old."""

    person = models.OneToOneField(PERSON, on_delete=models.PROTECT, related_name="calendar_feed")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.person_id}"
