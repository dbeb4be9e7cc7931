"""One thing that a person has to do. Each app says what there is; config/my_work.py puts it on one page."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class WorkItem:
    """`text` is verb and thing ("Finish reading C-07"), `state` a word of the glossary, `due` None when open.

    `urgent` stands before everything that has a date.
    """

    text: str
    href: str
    inspection: str
    state: str = "Not yet started"
    due: date | None = None
    urgent: bool = False


def by_urgency(item: WorkItem) -> tuple[bool, date, str]:
    """What is urgent comes first, then what is due first; what has no date comes last."""
    return not item.urgent, item.due or date.max, item.text
