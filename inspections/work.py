"""One thing that a person has to do. Each app says what there is; config/my_work.py puts it on one page."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class WorkItem:
    """`text` is verb and thing ("Finish reading C-07"), `state` a word of the glossary, `due` None when open."""

    text: str
    href: str
    inspection: str
    state: str = "Not yet started"
    due: date | None = None


def by_urgency(item: WorkItem) -> tuple[date, str]:
    """What is due first comes first; what has no date comes last."""
    return item.due or date.max, item.text
