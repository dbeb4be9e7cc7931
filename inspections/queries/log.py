"""The log of an inspection as its page shows it."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import AuditEvent


@dataclass(frozen=True)
class Entry:
    """As components/log_entry.html draws it."""

    title: str
    by: str
    at: datetime
    text: str


def entry(event: AuditEvent) -> Entry:
    what = event.verb[:1].upper() + event.verb[1:]
    return Entry(
        title=f"{what}: {event.subject}" if event.subject else what,
        by=event.person.name if event.person else "the product itself",
        at=event.at,
        text=". ".join(
            f"{name.replace('_', ' ').capitalize()}: {words(value)}" for name, value in event.detail.items()
        ),
    )


def words(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {words(part)}" for name, part in value.items())
    if isinstance(value, list):
        return ", ".join(map(words, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "none" if value is None else str(value)
