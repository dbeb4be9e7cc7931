"""What was answered, case by case: the form in which evidence is counted, stamped and kept."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from ratings.rules.inputs import Tally
from standards.schema import Standards


@dataclass(frozen=True)
class SampledCase:
    case: str
    kind: str
    sent: bool


@dataclass(frozen=True)
class CountedAnswer:
    """One case's answer to one key question, as it stood at this version."""

    case: str
    question: str
    value: str
    version: int
    na_reason: str = ""

    @property
    def node(self) -> str:
        """Its place in the trace."""
        return f"{self.question}/{self.case}"


@dataclass(frozen=True)
class LeftOut:
    """A case whose answers count nowhere, and why."""

    case: str
    kind: str
    reason: str


@dataclass(frozen=True)
class Evidence:
    standards: str
    standards_hash: str
    inspection_type: str
    cases: tuple[SampledCase, ...]
    answers: tuple[CountedAnswer, ...]
    left_out: tuple[LeftOut, ...] = ()

    def sampled(self, kind: str) -> tuple[SampledCase, ...]:
        return tuple(case for case in self.cases if case.kind == kind)

    def answers_to(self, question: str) -> dict[str, CountedAnswer]:
        """By case."""
        return {answer.case: answer for answer in self.answers if answer.question == question}

    def answer(self, question: str, case: str) -> CountedAnswer | None:
        return self.answers_to(question).get(case)


def evidence_to_json(evidence: Evidence) -> dict[str, Any]:
    values = asdict(evidence)
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}


def evidence_from_json(values: Mapping[str, Any]) -> Evidence:
    return Evidence(
        standards=values["standards"],
        standards_hash=values["standards_hash"],
        inspection_type=values["inspection_type"],
        cases=tuple(SampledCase(**case) for case in values["cases"]),
        answers=tuple(CountedAnswer(**answer) for answer in values["answers"]),
        left_out=tuple(LeftOut(**case) for case in values["left_out"]),
    )


def counted_codes(standards: Standards, inspection_type: str) -> tuple[str, ...]:
    """The key questions that are counted over cases in this type of inspection."""
    rated = standards.rated(inspection_type)
    return tuple(question.code for standard in rated for question in standard.counted_questions())


def tallies_of(standards: Standards, evidence: Evidence) -> dict[str, Tally]:
    """Every counted key question, 0 of 0 where nothing was answered."""
    return {
        code: tally([answer.value for answer in evidence.answers if answer.question == code])
        for code in counted_codes(standards, evidence.inspection_type)
    }


def tally(values: Iterable[str]) -> Tally:
    """Not applicable is in neither number."""
    values = list(values)
    return Tally(values.count("yes"), values.count("yes") + values.count("no"))
