"""Domain one as a one-week inspection sees it: described through the work, and never rated."""

from dataclasses import dataclass

from cases.models import CardSource, Theme
from cases.queries.findings import Card, CardFilter, Stated, evidence_of, findings_of
from cases.rules.findings import Topic
from inspections.models import Inspection

THE_WORK = (CardSource.CASE_READS, CardSource.DISCUSSION, CardSource.PARTICIPATION)
"""Sources that are the work with children and victims itself."""


@dataclass(frozen=True)
class Seen:
    """One standard: what is agreed about it, what waits to be, and the evidence from the work and from elsewhere."""

    topic: Topic
    agreed: list[Stated]
    waiting: int
    work: list[Card]
    elsewhere: list[Card]
    themes: list[Theme]

    @property
    def is_empty(self) -> bool:
        return not (self.agreed or self.waiting or self.work or self.elsewhere or self.themes)


def lens_of(inspection: Inspection) -> list[Seen]:
    """Of the standards that this type of inspection describes: none where it rates them."""
    findings = findings_of(inspection)
    found = []
    for each in evidence_of(inspection, CardFilter()):
        if each.topic.standard in inspection.kind.described:
            own = [stated for stated in findings if stated.topic == each.topic]
            agreed = [stated for stated in own if stated.is_agreed]
            cards = [card for prompt in each.prompts for card in prompt.cards]
            work = [card for card in cards if card.card.source in THE_WORK]
            elsewhere = [card for card in cards if card.card.source not in THE_WORK]
            found.append(Seen(each.topic, agreed, len(own) - len(agreed), work, elsewhere, each.themes))
    return found
