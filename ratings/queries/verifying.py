"""Whether signed ratings are what their frozen inputs give, and whether these are what was signed."""

from collections.abc import Iterator

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Prefetch

from ratings.models import SIGNING_ROLES, Decision, Meeting, Signature
from ratings.queries.meetings import recomputed
from ratings.rules import RatingInputError
from ratings.rules.record import digest
from standards.loader import StandardsError


def signed_meetings() -> Iterator[Meeting]:
    """Every meeting that is frozen, one at a time, with what it decided and who signed."""
    decisions = Prefetch("decisions", Decision.objects.order_by("pk"))
    signatures = Prefetch("signatures", Signature.objects.order_by("pk"))
    frozen = Meeting.objects.exclude(record_digest="", signed_at=None).select_related("inspection__service")
    return frozen.prefetch_related(decisions, signatures).order_by("pk").iterator(chunk_size=20)


def meeting_faults(meeting: Meeting) -> Iterator[str]:
    name = f"{meeting.inspection.ref}, meeting {meeting.number}"
    if digest(meeting.evidence) != meeting.evidence_digest:
        yield f"{name}: the evidence is not what was stamped."
    if meeting.record is None or digest(meeting.record) != meeting.record_digest:
        yield f"{name}: the record is not what was frozen."
    signed = [signature.role for signature in meeting.signatures.all()]
    if any(signature.record_digest != meeting.record_digest for signature in meeting.signatures.all()):
        yield f"{name}: a signature is over another record."
    if bool(meeting.signed_at) != (sorted(signed) == sorted(SIGNING_ROLES)):
        yield f"{name}: it is signed off by two, or not at all, and here is {', '.join(signed) or 'nobody'}."
    yield from _recomputed_faults(meeting, name)


def _recomputed_faults(meeting: Meeting, name: str) -> Iterator[str]:
    """The whole record, computed again from the evidence and the decisions."""
    try:
        standards = meeting.inspection.standards
        if standards.content_hash != meeting.evidence["standards_hash"]:
            yield f"{name}: it cannot be computed again, for the standards {standards.key} are another file now."
        elif recomputed(meeting) != meeting.record:
            yield f"{name}: what was signed does not follow from the evidence and the decisions."
    except StandardsError:
        yield f"{name}: it cannot be computed again, for its standards cannot be read."
    except (RatingInputError, ObjectDoesNotExist, LookupError, TypeError, ValueError):
        yield f"{name}: it cannot be computed again, for evidence or decisions make no sense."


def loose_signatures() -> Iterator[str]:
    for signature in Signature.objects.filter(meeting__frozen_at=None).order_by("pk")[:100]:
        yield f"Signature {signature.pk}: there is no frozen meeting that it belongs to."
    known = Meeting.objects.values("pk")
    for name, rows in (("Signature", Signature.objects), ("Decision", Decision.objects)):
        for pk in rows.exclude(meeting_id__in=known).order_by("pk").values_list("pk", flat=True)[:100]:
            yield f"{name} {pk}: its meeting is not there."
