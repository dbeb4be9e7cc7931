"""Which inspection goes by which text of the standards."""

from dataclasses import dataclass

from django.contrib.postgres.aggregates import ArrayAgg

from inspections.models import Inspection, StandardsText, standards_at
from standards import loader
from standards.loader import StandardsError


@dataclass(frozen=True)
class Used:
    """`state`: how an inspection under this text comes to its standards."""

    key: str
    content_hash: str
    refs: tuple[str, ...]
    state: str


def used_standards() -> list[Used]:
    hashes = Inspection.objects.values_list("standards_key", "standards_hash").order_by(
        "standards_key", "standards_hash"
    )
    rows = hashes.annotate(refs=ArrayAgg("ref", order_by="ref"))
    kept = set(StandardsText.objects.values_list("key", "hash"))
    return [Used(key, found, tuple(refs), state(key, found, kept)) for key, found, refs in rows]


def state(key: str, content_hash: str, kept: set[tuple[str, str]]) -> str:
    if (key, content_hash) in kept:
        return kept_state(key, content_hash)
    if key in loader.available() and is_file(key, content_hash):
        return "the file is this text, and no copy is kept"
    return "this text is kept nowhere: put back the file of that time"


def kept_state(key: str, content_hash: str) -> str:
    try:
        standards_at(key, content_hash)
    except StandardsError as error:
        return f"kept, but it cannot be read: {error}"
    return "kept, and the file is this text" if is_file(key, content_hash) else "kept; the file is another text now"


def is_file(key: str, content_hash: str) -> bool:
    try:
        return loader.load(key).content_hash == content_hash
    except StandardsError:
        return False
