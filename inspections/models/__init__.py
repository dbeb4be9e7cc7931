"""What is stored about inspections; each subject has its own file."""

from inspections.models.inspections import (
    ONE_OF_EACH,
    READERS,
    Inspection,
    Interest,
    InterestKind,
    Membership,
    Nation,
    Notification,
    OutgoingMail,
    Service,
    ServiceContact,
    Stage,
    TeamRole,
    TimelineStep,
)
from inspections.models.timetable import Booking, PersonToMeet, Place, Slot, SlotOutcome

__all__ = [
    "ONE_OF_EACH",
    "READERS",
    "Booking",
    "Inspection",
    "Interest",
    "InterestKind",
    "Membership",
    "Nation",
    "Notification",
    "OutgoingMail",
    "PersonToMeet",
    "Place",
    "Service",
    "ServiceContact",
    "Slot",
    "SlotOutcome",
    "Stage",
    "TeamRole",
    "TimelineStep",
]
