"""The page of key questions: each standard with what it is made of, ready to be printed."""

from dataclasses import dataclass
from typing import cast

from ratings.queries.figures import Figures
from ratings.rules import Node
from ratings.rules.charts import BandStrip, ScoreLadder, band_strip, score_ladder


@dataclass(frozen=True)
class QuestionRow:
    """`strip` is None where no case was assessed."""

    node: Node
    strip: BandStrip | None

    @property
    def count(self) -> Node:
        return self.node.children[0]

    @property
    def part(self) -> str:
        """In words; what is only drawn is not said."""
        return "Drives the rating" if self.node.facts["drives"] else ""

    @property
    def finding(self) -> str:
        """What drives the rating stands beside the heading; it is not said twice."""
        notes = self.node.notes[1:] if self.node.facts["drives"] else self.node.notes
        return f"{self.count.words}: {self.node.words}. {' '.join(notes)}"


@dataclass(frozen=True)
class StandardBlock:
    """`others` are what people decide: the answer and the choice of a table."""

    node: Node
    questions: tuple[QuestionRow, ...]
    others: tuple[Node, ...]


@dataclass(frozen=True)
class KeyQuestionsPage:
    """`ladder` is None while a standard that counts is undecided: the choice comes before its effect."""

    figures: Figures
    counting: tuple[StandardBlock, ...]
    apart: tuple[StandardBlock, ...]
    ladder: ScoreLadder | None

    @property
    def overall(self) -> Node:
        return self.figures.trace

    @property
    def ladder_finding(self) -> str:
        scores = ", ".join(f"{block.node.code} {block.node.facts['score']}" for block in self.counting)
        return f"Scores {scores}: {self.total.words}, which is {self.overall.words}."

    @property
    def unsent_words(self) -> str:
        count = self.figures.unsent
        return f"{count} {'case is' if count == 1 else 'cases are'} not sent yet. The answers so far count."

    @property
    def total(self) -> Node:
        return self.overall.children[0]


def key_questions_page(figures: Figures) -> KeyQuestionsPage:
    total, *rest = figures.trace.children
    return KeyQuestionsPage(
        figures=figures,
        counting=tuple(block(figures, node) for node in total.children),
        apart=tuple(block(figures, node) for apart in rest for node in apart.children),
        ladder=ladder(figures, total) if total.value is not None else None,
    )


def block(figures: Figures, node: Node) -> StandardBlock:
    questions = tuple(row(figures, child) for child in node.children if child.kind == "key_question")
    return StandardBlock(node, questions, tuple(child for child in node.children if child.kind != "key_question"))


def row(figures: Figures, node: Node) -> QuestionRow:
    sufficient, assessed = cast(int, node.facts["sufficient"]), cast(int, node.facts["assessed"])
    return QuestionRow(node, band_strip(figures.inspection.standards, sufficient, assessed) if assessed else None)


def ladder(figures: Figures, total: Node) -> ScoreLadder:
    standards = figures.inspection.standards
    scale = standards.overall_scale(figures.inspection.inspection_type)
    scores = [(node.code, standards.rating(str(node.value)).score) for node in total.children]
    return score_ladder(standards, scale, scores)
