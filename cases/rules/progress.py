"""How far case reads have come: of one case, of one reader, of all."""

from collections.abc import Iterable
from dataclasses import dataclass

NOT_STARTED = "Not yet started"
IN_PROGRESS = "In progress"
SENT = "Sent"


@dataclass(frozen=True)
class Progress:
    """`answered` of `asked` questions of one case."""

    ref: str
    kind: str
    reader: str
    answered: int
    asked: int
    sent: bool

    @property
    def state(self) -> str:
        if self.sent:
            return SENT
        return IN_PROGRESS if self.answered else NOT_STARTED

    @property
    def percent(self) -> int:
        """Whole per cent, rounded down, so that 100 means all of it."""
        return 100 * self.answered // self.asked if self.asked else 0


@dataclass(frozen=True)
class Summary:
    """Of the cases of one reader, or of one kind, or of all."""

    name: str
    cases: int
    not_started: int
    in_progress: int
    sent: int
    answered: int
    asked: int

    @property
    def unsent(self) -> int:
        return self.cases - self.sent

    @property
    def percent(self) -> int:
        return 100 * self.answered // self.asked if self.asked else 0


def summary(name: str, rows: Iterable[Progress]) -> Summary:
    rows = list(rows)
    states = [row.state for row in rows]
    return Summary(
        name=name,
        cases=len(rows),
        not_started=states.count(NOT_STARTED),
        in_progress=states.count(IN_PROGRESS),
        sent=states.count(SENT),
        answered=sum(row.answered for row in rows),
        asked=sum(row.asked for row in rows),
    )


def by_reader(rows: Iterable[Progress]) -> list[Summary]:
    """In the order of names; cases without a reader come first, for they need somebody."""
    found: dict[str, list[Progress]] = {}
    for row in rows:
        found.setdefault(row.reader, []).append(row)
    return [summary(reader, found[reader]) for reader in sorted(found)]
