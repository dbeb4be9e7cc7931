"""The team writes up a discussion box by box: two who write at once lose nothing, and every version stays."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from django.db import transaction

from accounts import clock
from accounts.actions import record
from accounts.models import User
from cases.models import Discussion, Entry, EntryVersion
from cases.queries.write_ups import entries_of, said_in
from cases.rules.write_ups import Said
from inspections.access import WRITE_DISCUSSION
from inspections.actions.refused import Refused
from inspections.models import Inspection


@dataclass(frozen=True)
class Typed:
    """`base` is the version that it was based on; 0 where there was none."""

    said: Said
    base: int


@transaction.atomic
def save_entries(*, by: User, discussion: Discussion, typed: Mapping[str, Typed]) -> dict[str, Entry]:
    """Keeps each whose base is still the newest version. Gives back those that somebody else changed. Raises Refused.

    No answer of the case changes by it.
    """
    inspection = Inspection.objects.select_for_update(no_key=True).get(pk=discussion.inspection_id)
    if inspection.stage not in WRITE_DISCUSSION.stages:
        raise Refused("Fieldwork has closed. Discussions are no longer written up")
    kept, stale, saved = entries_of(discussion), {}, []
    for field, new in typed.items():
        old = kept.get(field)
        if new.said == said_in(old):
            continue
        if old and old.version != new.base:
            stale[field] = old
        else:
            keep(by, old or Entry(discussion=discussion, field=field, version=0), new.said)
            saved.append(field)
    if saved:
        detail = {"discussion": discussion.number, "fields": saved}
        record(by=by, verb="wrote up a discussion", inspection=inspection.ref, detail=detail)
    return stale


def keep(by: User, entry: Entry, said: Said) -> None:
    values = asdict(said)
    for name, value in values.items():
        setattr(entry, name, value)
    entry.version, entry.changed_at, entry.changed_by = entry.version + 1, clock.now(), by
    entry.save()
    EntryVersion.objects.create(entry=entry, version=entry.version, at=entry.changed_at, by=by, **values)
