"""Leaves word with readers about cases that come to them or go from them."""

from collections.abc import Mapping, Sequence

from django.urls import reverse

from accounts import clock
from accounts.models import User
from cases.rules.words import in_words
from inspections.actions.notifications import leave
from inspections.models import Inspection, Notification

LISTED_CASES = 12


def tell_readers(by: User, inspection: Inspection, words: str, refs: Mapping[int, Sequence[str]]) -> None:
    """`refs` by person; nobody is told of what they did themselves."""
    now = clock.now()
    leave(
        [
            Notification(
                person_id=person,
                inspection=inspection,
                key=f"{inspection.ref} {words} {now.isoformat()}",
                text=f"{words}: {_listed(cases)}. {inspection.service.name}, {inspection.ref}",
                link=reverse("my-work"),
                created_at=now,
            )
            for person, cases in refs.items()
            if person != by.pk
        ]
    )


def tell_one(by: User, inspection: Inspection, person: int | None, words: str, link: str) -> None:
    """`words` name case and question, and nothing of what was written."""
    if person in {None, by.pk}:
        return
    now = clock.now()
    note = Notification(
        person_id=person,
        inspection=inspection,
        key=f"{inspection.ref} {words} {now.isoformat()}"[:120],
        text=f"{words}. {inspection.service.name}, {inspection.ref}",
        link=link,
        created_at=now,
    )
    leave([note])


def _listed(refs: Sequence[str]) -> str:
    return in_words(refs) if len(refs) <= LISTED_CASES else f"{len(refs)} cases"
