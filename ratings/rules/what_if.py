"""What would follow from other answers and other decisions. Nothing of it is kept: it travels in the page's address."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from ratings.rules.evidence import CountedAnswer, Evidence, counted_codes, tallies_of
from ratings.rules.meeting import Item, items, rating_input
from ratings.rules.rating import rate
from ratings.rules.trace import Node
from standards.schema import Standards

LIMIT = 100  # the words of so many answers fit into an address
VALUES = {"yes": "Yes", "no": "No", "na": "Not applicable"}
SEPARATOR = "~"  # stands in an address as it is
SAME, HIGHER, LOWER, OTHER = "No change", "Higher", "Lower", "Changed"


@dataclass(frozen=True)
class Trial:
    """`answers` by key question and case, `decisions` by item: only what differs from what counts."""

    answers: Mapping[tuple[str, str], str] = field(default_factory=dict)
    decisions: Mapping[str, str] = field(default_factory=dict)

    @property
    def answer_words(self) -> list[str]:
        """As they stand in an address."""
        return [SEPARATOR.join((question, case, value)) for (question, case), value in self.answers.items()]

    @property
    def decision_words(self) -> list[str]:
        return [SEPARATOR.join(decision) for decision in self.decisions.items()]

    @property
    def words(self) -> list[str]:
        return self.answer_words + self.decision_words


@dataclass(frozen=True)
class Level:
    """One figure as it is and as it would be; both have the same place in the trace."""

    now: Node
    tried: Node
    moved: str

    @property
    def changed(self) -> bool:
        return words_of(self.now) != words_of(self.tried)

    @property
    def now_words(self) -> str:
        return words_of(self.now)

    @property
    def tried_words(self) -> str:
        return words_of(self.tried)


def words_of(node: Node) -> str:
    """Of a key question its count too."""
    return f"{node.children[0].words}: {node.words}" if node.kind == "key_question" else node.words


def read_trial(standards: Standards, evidence: Evidence, decided: Mapping[str, str], words: Iterable[str]) -> Trial:
    """The last word on each place counts. What names no place, or says what is so anyway, is no part of the trial."""
    answers: dict[tuple[str, str], str] = {}
    decisions: dict[str, str] = {}
    kinds = kinds_of(standards, evidence)
    cases = {case.case: case.kind for case in evidence.cases}
    for word in words:
        match word.split(SEPARATOR):
            case [question, case, value] if value in VALUES and cases.get(case, "") == kinds.get(question):
                answers[question, case] = value
            case [item, value] if item in decided:
                decisions[item] = value
    now = {(answer.question, answer.case): answer.value for answer in evidence.answers}
    changed = [(place, value) for place, value in answers.items() if now.get(place) != value]
    other = {item: value for item, value in decisions.items() if value != decided[item] and known(standards, value)}
    return Trial(dict(changed[:LIMIT]), other)


def kinds_of(standards: Standards, evidence: Evidence) -> dict[str, str]:
    """By key question, the kind of case that it is asked of."""
    codes = counted_codes(standards, evidence.inspection_type)
    return {code: standards.key_question(code).case_kind or "" for code in codes}


def known(standards: Standards, value: str) -> bool:
    return value in ("yes", "no", *(rating.code for rating in standards.ratings))


def tried_evidence(evidence: Evidence, trial: Trial) -> Evidence:
    kept = [answer for answer in evidence.answers if (answer.question, answer.case) not in trial.answers]
    tried = [CountedAnswer(case, question, value, 0) for (question, case), value in trial.answers.items()]
    return replace(evidence, answers=(*kept, *tried))


def tried_items(standards: Standards, evidence: Evidence, decided: Mapping[str, str], trial: Trial) -> tuple[Item, ...]:
    """What the meeting has decided, with the options that there would be."""
    tallies = tallies_of(standards, tried_evidence(evidence, trial))
    found = items(standards, evidence.inspection_type, tallies, {**decided, **trial.decisions})
    return tuple(item for item in found if item.code in decided)


def tried_trace(standards: Standards, evidence: Evidence, decided: Mapping[str, str], trial: Trial) -> Node:
    tried = tried_evidence(evidence, trial)
    given = rating_input(
        standards, evidence.inspection_type, tallies_of(standards, tried), {**decided, **trial.decisions}
    )
    return rate(standards, given).trace


def levels(standards: Standards, now: Node, tried: Node) -> tuple[Level, ...]:
    """From the overall rating down to the key questions."""
    return tuple(Level(node, found, moved(standards, node, found)) for node, found in pairs(now, tried))


def pairs(now: Node, tried: Node) -> Iterator[tuple[Node, Node]]:
    return ((node, tried.find(node.code)) for node in ratings_in(now))


def ratings_in(overall: Node) -> Iterator[Node]:
    return (node for node in overall.walk() if node.kind in ("overall", "total", "standard", "key_question"))


def moved(standards: Standards, now: Node, tried: Node) -> str:
    """About the rating or the total, never about a count alone."""
    if now.value == tried.value:
        return SAME
    scores = {rating.code: rating.score for rating in standards.ratings}
    before, after = (
        node.value if isinstance(node.value, int) else scores.get(str(node.value)) for node in (now, tried)
    )
    if before is None or after is None:
        return OTHER
    return HIGHER if after > before else LOWER


def choice_words(item: Item, decided: str) -> tuple[tuple[str, str], ...]:
    """The other options of an item: for an address, and in words."""
    return tuple((f"{item.code}{SEPARATOR}{value}", label) for value, label in item.options if value != decided)
