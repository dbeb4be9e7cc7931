"""Evidence cards and findings: by topic, one of them, what a finding can rest on and who agrees."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import F, Prefetch, QuerySet
from django.http import Http404

from accounts.models import User
from cases.models import CardSource, EvidenceCard, Finding, FindingAgreement, FindingSupport, FindingVersion, Theme
from cases.queries.meetings import kinds_of
from cases.queries.names import found_in, held_for
from cases.queries.voices import channel_names, source_words, themes_of
from cases.rules.findings import (
    Support,
    Topic,
    card_checks,
    finding_checks,
    is_agreed,
    topics,
)
from inspections.access import Permission
from inspections.models import Inspection
from inspections.queries import inspection_for
from standards.schema import Prompt

SHORT_THEME = 60


def topics_of(inspection: Inspection) -> tuple[Topic, ...]:
    return topics(inspection.standards, inspection.kind)


def topic_or_404(inspection: Inspection, code: str) -> Topic:
    found = next((topic for topic in topics_of(inspection) if topic.code == code), None)
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True)
class Card:
    card: EvidenceCard
    checks: tuple[str, ...]


@dataclass(frozen=True)
class OfPrompt:
    """`prompt` is None for what bears on the topic as a whole."""

    prompt: Prompt | None
    cards: list[Card]


@dataclass(frozen=True)
class OfTopic:
    topic: Topic
    prompts: list[OfPrompt]
    themes: list[Theme]


@dataclass(frozen=True)
class CardFilter:
    """Empty where nothing was chosen."""

    topic: str = ""
    source: str = ""
    strength: str = ""

    def conditions(self) -> dict[str, str]:
        return {name: value for name, value in vars(self).items() if value}


def cards_of(inspection: Inspection) -> QuerySet[EvidenceCard]:
    """Those that stand."""
    return inspection.evidence_cards.filter(withdrawn_at=None).select_related("made_by").order_by("number")


def evidence_of(inspection: Inspection, wanted: CardFilter) -> list[OfTopic]:
    """Under every prompt, those without evidence too; themes of meetings stand beside the cards of their topic."""
    cards = [Card(card, checks_of(card)) for card in cards_of(inspection).filter(**wanted.conditions())]
    themes = themes_with_source(inspection)
    return [
        OfTopic(topic, list(_by_prompt(topic, cards)), [theme for theme in themes if theme.standard == topic.standard])
        for topic in topics_of(inspection)
        if wanted.topic in {"", topic.code}
    ]


def _by_prompt(topic: Topic, cards: Sequence[Card]) -> Iterator[OfPrompt]:
    own = [card for card in cards if card.card.topic == topic.code]
    for prompt in topic.prompts:
        yield OfPrompt(prompt, [card for card in own if card.card.prompt == prompt.code])
    known = {prompt.code for prompt in topic.prompts}
    if rest := [card for card in own if card.card.prompt not in known]:
        yield OfPrompt(None, rest)


def checks_of(card: EvidenceCard) -> tuple[str, ...]:
    """What is worth a second look: shortness, and what could tell who somebody is."""
    named = found_in(f"{card.where}\n{card.text}", held_for(card.inspection_id))
    return (*card_checks(card.text), *(found.text for found in named))


def themes_with_source(inspection: Inspection) -> list[Theme]:
    kinds, channels, themes = kinds_of(inspection), channel_names(inspection), list(themes_of(inspection))
    for theme in themes:
        theme.source = source_words(theme, kinds, channels)
    return themes


def card_for(person: User, ref: str, number: int, permission: Permission) -> EvidenceCard:
    inspection = inspection_for(person, ref, permission)
    card = cards_of(inspection).filter(number=number).first() if number < 2**15 else None
    if card is None:
        raise Http404
    card.inspection = inspection
    return card


@dataclass(frozen=True)
class Stated:
    """The version of a finding that stands, with what it rests on and who agrees."""

    said: FindingVersion
    topic: Topic

    @property
    def finding(self) -> Finding:
        return self.said.finding

    @cached_property
    def supports(self) -> list[Support]:
        return [support_of(found) for found in self.said.supports.all()]

    @property
    def people(self) -> list[str]:
        return [agreement.by.name for agreement in self.said.agreements.all()]

    @property
    def is_agreed(self) -> bool:
        return is_agreed(self.supports, len(self.people))

    @property
    def checks(self) -> tuple[str, ...]:
        named = found_in(self.said.statement, held_for(self.finding.inspection_id))
        soft = finding_checks(self.said.direction, self.said.strength, self.supports)
        return (*soft, *(found.text for found in named))

    def agreed_by(self, person: User) -> bool:
        return any(agreement.by_id == person.pk for agreement in self.said.agreements.all())


def support_of(found: FindingSupport) -> Support:
    if card := found.card:
        source = CardSource(card.source).label
        return Support(str(card), source, card.direction, card.strength, card.withdrawn_at is not None)
    theme: Theme = found.theme  # type: ignore[assignment]  # finding_rests_on_one_thing
    text = theme.text if len(theme.text) <= SHORT_THEME else f"{theme.text[: SHORT_THEME - 1].rstrip()}…"
    return Support(f"The theme “{text}”", "Themes", theme.direction, "", theme.withdrawn_at is not None)


def current_versions(inspection: Inspection) -> QuerySet[FindingVersion]:
    """Of findings that are not merged into another."""
    supports = Prefetch("supports", FindingSupport.objects.select_related("card", "theme").order_by("pk"))
    agreements = Prefetch("agreements", FindingAgreement.objects.select_related("by").order_by("pk"))
    found = FindingVersion.objects.filter(
        finding__inspection=inspection, finding__merged_at=None, version=F("finding__version")
    )
    return found.select_related("finding", "by").prefetch_related(supports, agreements).order_by("finding__number")


def findings_of(inspection: Inspection) -> list[Stated]:
    known = {topic.code: topic for topic in topics_of(inspection)}
    return [Stated(said, known[said.finding.topic]) for said in current_versions(inspection)]


def agreed_findings(inspection: Inspection, topic: str) -> list[Stated]:
    return [found for found in findings_of(inspection) if found.topic.code == topic and found.is_agreed]


@dataclass(frozen=True)
class FindingsOf:
    topic: Topic
    findings: list[Stated]


def by_topic(inspection: Inspection, findings: Iterable[Stated]) -> list[FindingsOf]:
    found = list(findings)
    return [FindingsOf(topic, [each for each in found if each.topic == topic]) for topic in topics_of(inspection)]


def stated_for(person: User, ref: str, number: int, permission: Permission) -> Stated:
    """Http404 where there is none, or where it was merged."""
    inspection = inspection_for(person, ref, permission)
    return stated(inspection, number)


def stated(inspection: Inspection, number: int) -> Stated:
    said = current_versions(inspection).filter(finding__number=number).first() if number < 2**15 else None
    if said is None:
        raise Http404
    said.finding.inspection = inspection
    return Stated(said, topic_or_404(inspection, said.finding.topic))


@dataclass(frozen=True)
class CanSupport:
    """What a finding about a topic can rest on, each with the value that a form posts and its words."""

    cards: list[EvidenceCard]
    themes: list[Theme]

    @property
    def choices(self) -> list[tuple[str, str]]:
        cards = [
            (
                f"card-{card.number}",
                f"{card} ({card.get_source_display()}, {card.get_strength_display().lower()}): {card.text}",
            )
            for card in self.cards
        ]
        return cards + [(f"theme-{theme.pk}", f"Theme ({theme.source}): {theme.text}") for theme in self.themes]

    def chosen(self, values: Iterable[str]) -> "CanSupport":
        wanted = set(values)
        return CanSupport(
            [card for card in self.cards if f"card-{card.number}" in wanted],
            [theme for theme in self.themes if f"theme-{theme.pk}" in wanted],
        )


def can_support(inspection: Inspection, topic: Topic) -> CanSupport:
    themes = [theme for theme in themes_with_source(inspection) if theme.standard == topic.standard]
    return CanSupport(list(cards_of(inspection).filter(topic=topic.code)), themes)


def values_of(said: FindingVersion) -> list[str]:
    """What the form would post for what it rests on."""
    return [f"card-{found.card.number}" if found.card else f"theme-{found.theme_id}" for found in said.supports.all()]


def others_on(findings: Iterable[Stated], stated: Stated) -> list[Stated]:
    """Those into which it can be merged."""
    return [each for each in findings if each.topic == stated.topic and each.finding.pk != stated.finding.pk]


def history_of(finding: Finding) -> QuerySet[FindingVersion]:
    agreements = Prefetch("agreements", FindingAgreement.objects.select_related("by").order_by("pk"))
    supports = Prefetch("supports", FindingSupport.objects.select_related("card", "theme").order_by("pk"))
    return finding.versions.select_related("by").prefetch_related(supports, agreements).order_by("-version")
