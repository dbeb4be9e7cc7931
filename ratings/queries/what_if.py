"""The page on which other answers and other decisions are tried: what counts, beside what would follow."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from ratings.queries.figures import Figures, without_forecast
from ratings.queries.key_questions import QuestionRow, row
from ratings.rules.evidence import CountedAnswer
from ratings.rules.meeting import Item
from ratings.rules.what_if import (
    SEPARATOR,
    VALUES,
    Level,
    Trial,
    choice_words,
    kinds_of,
    levels,
    read_trial,
    tried_items,
    tried_trace,
)


@dataclass(frozen=True)
class TriedAnswer:
    """`without` is the address of the page without it."""

    case: str
    question: str
    now: str
    tried: str
    without: str


@dataclass(frozen=True)
class Choice:
    """An item that the meeting has decided, with what else it could have decided."""

    item: Item
    decided: str
    options: tuple[tuple[str, str], ...]
    tried: str


@dataclass(frozen=True)
class Strips:
    """A key question that moved: as it is, and as it would be."""

    now: QuestionRow
    tried: QuestionRow


@dataclass(frozen=True)
class WhatIf:
    figures: Figures
    trial: Trial
    levels: tuple[Level, ...]
    answers: tuple[TriedAnswer, ...]
    choices: tuple[Choice, ...]
    strips: tuple[Strips, ...]

    @property
    def finding(self) -> str:
        moved = [level for level in self.levels if level.changed and level.now.kind in ("overall", "standard")]
        found = [f"{level.now.label}: {level.now_words}, what if: {level.tried_words}" for level in moved]
        return ". ".join(found) if found else "No standard and no overall rating would be another one"


def what_if(figures: Figures, words: Iterable[str]) -> WhatIf:
    standards, evidence = figures.inspection.standards, figures.evidence
    decided = figures.agenda.decided if figures.agenda else {}
    trial = read_trial(standards, evidence, decided, words)
    trace = without_forecast(tried_trace(standards, evidence, decided, trial))
    found = levels(standards, figures.trace, trace)
    return WhatIf(
        figures=figures,
        trial=trial,
        levels=found,
        answers=tuple(tried_answers(figures, trial)),
        choices=tuple(choices(figures, trial)),
        strips=tuple(strips(figures, found)),
    )


def tried_answers(figures: Figures, trial: Trial) -> Iterator[TriedAnswer]:
    now = {(answer.question, answer.case): answer for answer in figures.evidence.answers}
    for word, ((question, case), value) in zip(trial.answer_words, trial.answers.items(), strict=True):
        without = urlencode({"try": [other for other in trial.words if other != word]}, doseq=True)
        yield TriedAnswer(case, question, now_words(now.get((question, case))), VALUES[value], f"?{without}")


def now_words(answer: CountedAnswer | None) -> str:
    return VALUES[answer.value] if answer else "Not answered"


def choices(figures: Figures, trial: Trial) -> Iterator[Choice]:
    """Only what the meeting has decided: nobody sees here what a choice would do before it is made."""
    decided = figures.agenda.decided if figures.agenda else {}
    standards = figures.inspection.standards
    labels = {"yes": "Yes", "no": "No"} | {rating.code: rating.label for rating in standards.ratings}
    for item in tried_items(standards, figures.evidence, decided, trial):
        value = decided[item.code]
        tried = SEPARATOR.join((item.code, trial.decisions.get(item.code, "")))
        yield Choice(item, labels[value], choice_words(item, value), tried)


def strips(figures: Figures, found: Iterable[Level]) -> Iterator[Strips]:
    for level in found:
        if level.now.kind == "key_question" and level.changed:
            yield Strips(row(figures, level.now), row(figures, level.tried))


def case_choices(figures: Figures) -> list[tuple[str, str]]:
    return [(case.case, case.case) for case in figures.evidence.cases]


def question_choices(figures: Figures) -> list[tuple[str, str]]:
    standards = figures.inspection.standards
    titled = (
        (code, standards.standard_of(code), standards.key_question(code))
        for code in kinds_of(standards, figures.evidence)
    )
    return [(code, f"{code} {standard.title}: {question.label}") for code, standard, question in titled]
