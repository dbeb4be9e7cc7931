"""What the head of programme has written down: figures of a few services, and somebody's leave."""

from datetime import date, timedelta
from decimal import Decimal

from accounts.models import User
from config.demo import people
from config.demo.people import DemoPerson
from inspections.actions.programme import add_leave, write_figures
from inspections.models import Service
from inspections.rules.programme import quarters_up_to

FIGURES = {
    "Leeds": (Decimal("33.4"), 171, Decimal("0.21"), "First-time entrants have gone up for three quarters."),
    "Kent": (Decimal("29.8"), 122, Decimal("0.09"), ""),
    "Stockport": (Decimal("27.1"), 98, Decimal("0.05"), ""),
}


def write_down(cast: dict[DemoPerson, User], today: date) -> None:
    head, quarter = cast[people.HEAD], quarters_up_to(today, 2)[1]
    for name, (reoffending, first_time, custody, concern) in FIGURES.items():
        write_figures(
            by=head,
            service=Service.objects.get(name=name),
            quarter=quarter,
            reoffending=reoffending,
            first_time=first_time,
            custody=custody,
            concern=concern,
        )
    away = today + timedelta(days=21)
    add_leave(by=head, person=cast[people.THIRD_ASSISTANT], first=away, last=away + timedelta(days=9))
