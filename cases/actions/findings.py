"""Adds and withdraws evidence cards; drafts, changes, agrees and merges findings."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from accounts import clock
from accounts.actions import record
from accounts.models import User
from cases.models import EvidenceCard, Finding, FindingSupport, FindingVersion, Theme
from cases.queries.findings import Stated, stated
from cases.rules.answers import time_words
from cases.rules.findings import standing
from inspections.actions.refused import Refused
from inspections.models import Inspection


class StaleFinding(Refused):
    """Somebody changed the finding after the page was opened; `theirs` is what stands now."""

    def __init__(self, theirs: Stated) -> None:
        at = time_words(theirs.said.at.astimezone(clock.LONDON), clock.now().astimezone(clock.LONDON))
        super().__init__(f"{theirs.said.by.name} changed this finding at {at}. Choose which to keep")
        self.theirs = theirs


class NotAgreed(Refused):
    """It has no evidence that stands, or is not what the person read."""


class NotMerged(Refused):
    """The two are about different topics, or one is gone."""


@dataclass(frozen=True)
class Seen:
    """What a card says."""

    topic: str
    prompt: str
    source: str
    where: str
    text: str
    direction: str
    strength: str


@dataclass(frozen=True)
class Statement:
    """What a finding says, and on which cards and themes it rests."""

    statement: str
    direction: str
    strength: str
    cards: tuple[EvidenceCard, ...] = ()
    themes: tuple[Theme, ...] = ()


@transaction.atomic
def add_card(*, by: User, inspection: Inspection, once: UUID, seen: Seen) -> EvidenceCard:
    """The same form once more is the same card."""
    lock(inspection)
    if same := inspection.evidence_cards.filter(once=once).first():
        return same
    number = next_number(inspection.evidence_cards.aggregate(last=Max("number"))["last"])
    card = EvidenceCard.objects.create(
        inspection=inspection, number=number, once=once, made_at=clock.now(), made_by=by, **vars(seen)
    )
    record(by=by, verb="evidence added", inspection=inspection.ref, subject=str(card), detail={"topic": card.topic})
    return card


@transaction.atomic
def withdraw_card(*, by: User, card: EvidenceCard) -> None:
    """A finding that rests on nothing else is no longer agreed. Once more changes nothing."""
    lock(card.inspection)
    gone = {"withdrawn_at": clock.now(), "withdrawn_by": by}
    if EvidenceCard.objects.filter(pk=card.pk, withdrawn_at=None).update(**gone):
        record(by=by, verb="evidence withdrawn", inspection=card.inspection.ref, subject=str(card))


@transaction.atomic
def draft_finding(*, by: User, inspection: Inspection, topic: str, once: UUID, said: Statement) -> Finding:
    """The same form once more is the same finding."""
    lock(inspection)
    if same := inspection.findings.filter(once=once).first():
        return same
    number = next_number(inspection.findings.aggregate(last=Max("number"))["last"])
    finding = Finding.objects.create(inspection=inspection, number=number, once=once, topic=topic, version=1)
    write(by, finding, said)
    record(by=by, verb="finding drafted", inspection=inspection.ref, subject=str(finding), detail={"topic": topic})
    return finding


@transaction.atomic
def change_finding(*, by: User, found: Stated, base: int, said: Statement) -> None:
    """`base` is the version that the page showed. Who agreed, agreed with that version. Raises StaleFinding."""
    now = standing_now(found)
    if said == statement_of(now.said):
        return
    if now.finding.version != base:
        raise StaleFinding(now)
    add_version(by, now.finding, said)
    detail = {"version": now.finding.version}
    record(
        by=by, verb="finding changed", inspection=now.finding.inspection.ref, subject=str(now.finding), detail=detail
    )


@transaction.atomic
def agree_finding(*, by: User, found: Stated, version: int) -> None:
    """With `version`, which the person read. Once more changes nothing. Raises NotAgreed."""
    now = standing_now(found)
    if now.finding.version != version:
        raise NotAgreed(f"{now.finding} changed after you opened the page. Read it again, then agree")
    if not standing(now.supports):
        raise NotAgreed(f"{now.finding} rests on no evidence, so it cannot be agreed. Choose the evidence first")
    _, new = now.said.agreements.get_or_create(by=by, defaults={"at": clock.now()})
    if new:
        subject, detail = str(now.finding), {"version": version}
        record(by=by, verb="finding agreed", inspection=now.finding.inspection.ref, subject=subject, detail=detail)


@transaction.atomic
def merge_finding(*, by: User, found: Stated, into: Stated) -> None:
    """The other keeps its words and gets the evidence of both, as a new version. Raises NotMerged."""
    gone, kept = standing_now(found), standing_now(into)
    if gone.topic != kept.topic or gone.finding.pk == kept.finding.pk:
        raise NotMerged("Choose another finding about the same topic")
    theirs, ours = statement_of(gone.said), statement_of(kept.said)
    cards = tuple(dict.fromkeys([*ours.cards, *theirs.cards]))
    themes = tuple(dict.fromkeys([*ours.themes, *theirs.themes]))
    add_version(by, kept.finding, Statement(ours.statement, ours.direction, ours.strength, cards, themes))
    finding = gone.finding
    finding.merged_into, finding.merged_at, finding.merged_by = kept.finding, clock.now(), by
    finding.save(update_fields=["merged_into", "merged_at", "merged_by"])
    detail = {"into": str(kept.finding)}
    record(by=by, verb="finding merged", inspection=finding.inspection.ref, subject=str(finding), detail=detail)


def lock(inspection: Inspection) -> None:
    Inspection.objects.select_for_update(no_key=True).get(pk=inspection.pk)


def next_number(last: int | None) -> int:
    return (last or 0) + 1


def standing_now(found: Stated) -> Stated:
    """As it is, held. Raises NotMerged where it was merged by now."""
    inspection, number = found.finding.inspection, found.finding.number
    lock(inspection)
    if not inspection.findings.filter(number=number, merged_at=None).exists():
        raise NotMerged(f"{found.finding} was merged into another finding")
    return stated(inspection, number)


def statement_of(said: FindingVersion) -> Statement:
    supports = list(said.supports.all())
    cards = tuple(found.card for found in supports if found.card)
    themes = tuple(found.theme for found in supports if found.theme)
    return Statement(said.statement, said.direction, said.strength, cards, themes)


def add_version(by: User, finding: Finding, said: Statement) -> None:
    finding.version += 1
    finding.save(update_fields=["version"])
    write(by, finding, said)


def write(by: User, finding: Finding, said: Statement) -> None:
    version = FindingVersion.objects.create(
        finding=finding,
        version=finding.version,
        statement=said.statement,
        direction=said.direction,
        strength=said.strength,
        at=clock.now(),
        by=by,
    )
    FindingSupport.objects.bulk_create(supports(version, said.cards, said.themes))


def supports(
    version: FindingVersion, cards: Iterable[EvidenceCard], themes: Iterable[Theme]
) -> Iterable[FindingSupport]:
    yield from (FindingSupport(said=version, card=card) for card in cards)
    yield from (FindingSupport(said=version, theme=theme) for theme in themes)
