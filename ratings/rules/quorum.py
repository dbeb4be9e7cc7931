"""Whether enough people are in the room to decide."""

from collections.abc import Iterable
from dataclasses import dataclass

from standards.schema import Meeting


@dataclass(frozen=True)
class Member:
    """`interest`: has declared one in the service, and so takes part in nothing."""

    person: int
    name: str
    role: str
    present: bool
    leaves_for: tuple[str, ...] = ()
    interest: bool = False

    def is_there_for(self, item: str) -> bool:
        return self.present and not self.interest and item not in self.leaves_for


def there_for(members: Iterable[Member], item: str = "") -> list[Member]:
    """Without an item: whoever is at the meeting at all."""
    return [member for member in members if member.is_there_for(item)]


def missing_quorum(meeting: Meeting, members: Iterable[Member], item: str = "") -> str | None:
    """The sentence that keeps the meeting from deciding; None where there is a quorum."""
    there = len(there_for(members, item))
    if there >= meeting.quorum:
        return None
    here = {0: "nobody is", 1: "1 is"}.get(there, f"{there} are")
    about = f" for {item}" if item else ""
    needed = f"the {meeting.name.lower()} needs {meeting.quorum} people to decide"
    return f"There is no quorum{about}: {needed}, and {here} here"
