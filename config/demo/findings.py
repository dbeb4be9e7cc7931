"""Evidence about the organisation, and what the team finds from it: invented, about nobody."""

from uuid import NAMESPACE_URL, UUID, uuid5

from cases.actions.findings import Seen, Statement, add_card, agree_finding, draft_finding
from cases.models import EvidenceCard
from cases.queries.findings import stated
from config.demo import people
from config.demo.telling import Telling

CARDS = (
    Seen(
        "V1.2",
        "V1.2a",
        "document",
        "Minutes of the management board, last four meetings",
        "Victims were an item at each meeting, and two decisions came of it: a budget and a new agreement.",
        "strength",
        "strong",
    ),
    Seen(
        "V1.2",
        "V1.2e",
        "data",
        "Figures on the take-up of offers to victims",
        "Take-up is counted by quarter. Nobody looks at who is not reached.",
        "improve",
        "some",
    ),
    Seen(
        "1.1",
        "1.1c",
        "meeting",
        "Meeting with the management board",
        "Members could name who is over-represented, and what they had changed because of it.",
        "strength",
        "some",
    ),
    Seen(
        "1.2",
        "1.2c",
        "case_reads",
        "Reads of children's cases, whole sample",
        "Supervision is recorded monthly, and in most cases nothing in the work changed after it.",
        "improve",
        "strong",
    ),
)
FINDINGS = (
    (
        "V1.2",
        Statement("The board drives work with victims, and does not yet know whom it misses.", "strength", "some"),
        2,
    ),
    ("1.1", Statement("The board knows its children and acts on what it knows.", "strength", "some"), 2),
    ("1.2", Statement("Supervision is regular and rarely changes practice.", "improve", "some"), 1),
)
"""Topic, statement, and how many agree. Each rests on every card about its topic."""


def find(telling: Telling) -> None:
    """On the last afternoon of fieldwork."""
    inspection = telling.inspection
    telling.it_is(inspection.kind.on_site.last_day, 13, 30)
    assistant, agreeing = telling.cast[people.ASSISTANT], (telling.lead, telling.cast[people.DEPUTY])
    cards: dict[str, list[EvidenceCard]] = {}
    for seen in CARDS:
        card = add_card(by=assistant, inspection=inspection, once=once(telling, seen.text), seen=seen)
        cards.setdefault(seen.topic, []).append(card)
    for topic, said, agreed in FINDINGS:
        resting = Statement(said.statement, said.direction, said.strength, tuple(cards[topic]))
        made = draft_finding(
            by=telling.lead, inspection=inspection, topic=topic, once=once(telling, said.statement), said=resting
        )
        for person in agreeing[:agreed]:
            agree_finding(by=person, found=stated(inspection, made.number), version=1)


def once(telling: Telling, words: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"{telling.seed} {words}")
