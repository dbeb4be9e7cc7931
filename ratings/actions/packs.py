"""A panel pack is built: its pages are kept as they are now."""

from django.db import transaction
from django.db.models import Max

from accounts import clock
from accounts.actions import record
from accounts.models import User
from inspections.models import Inspection
from ratings.models import Pack


@transaction.atomic
def keep_pack(*, inspection: Inspection, digest: str, html: str, by: User) -> Pack:
    """`digest` is over what `html` was drawn from (queries.pack.digest_of). The row of the inspection numbers packs."""
    Inspection.objects.select_for_update(no_key=True).get(pk=inspection.pk)
    last = Pack.objects.filter(inspection=inspection).aggregate(last=Max("number"))["last"]
    pack = Pack.objects.create(
        inspection=inspection,
        number=(last or 0) + 1,
        evidence_version=inspection.evidence_version,
        standards_hash=inspection.standards.content_hash,
        digest=digest,
        html=html,
        built_at=clock.now(),
        built_by=by,
    )
    detail = {"number": pack.number, "evidence_version": pack.evidence_version, "digest": digest}
    record(by=by, verb="built a panel pack", inspection=inspection.ref, detail=detail)
    return pack
