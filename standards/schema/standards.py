"""One file of published standards, and what is looked up in it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from operator import attrgetter

from standards.schema.facts import Condition
from standards.schema.inspections import (
    Agency,
    CaseKind,
    Channel,
    EvidenceItem,
    InspectionType,
    Interview,
    InterviewTopic,
    Nation,
    ReviewSection,
    Role,
    SampleLimit,
    Step,
)
from standards.schema.questions import (
    AnswerOption,
    CaseSection,
    Domain,
    KeyQuestion,
    NotApplicableReason,
    Prompt,
    Section,
    Standard,
)
from standards.schema.rules import (
    Band,
    DecisionRule,
    DecisionTable,
    Hurdle,
    OverallScale,
    Rating,
    Rule,
)


@dataclass(frozen=True)
class Standards:
    """`closed`: kept for inspections of the past, and no new one starts under it."""

    key: str
    title: str
    version: str
    published: str
    content_hash: str
    sources: dict[str, str]
    rules: dict[str, Rule]
    ratings: tuple[Rating, ...]
    bands: tuple[Band, ...]
    overall_scales: tuple[OverallScale, ...]
    answer_options: tuple[AnswerOption, ...]
    not_applicable_reasons: tuple[NotApplicableReason, ...]
    domains: tuple[Domain, ...]
    case_kinds: tuple[CaseKind, ...]
    standards: tuple[Standard, ...]
    case_sections: tuple[CaseSection, ...]
    tables: tuple[DecisionTable, ...]
    sample_limits: tuple[SampleLimit, ...]
    interviews: tuple[Interview, ...]
    interview_topics: tuple[InterviewTopic, ...]
    channels: tuple[Channel, ...]
    review_sections: tuple[ReviewSection, ...]
    agencies: tuple[Agency, ...]
    roles: tuple[Role, ...]
    nations: dict[str, Nation]
    inspection_types: dict[str, InspectionType]
    timeline: tuple[Step, ...]
    notes: tuple[str, ...] = field(default=())
    hurdles: tuple[Hurdle, ...] = field(default=())
    closed: bool = False
    evidence_items: tuple[EvidenceItem, ...] = field(default=())
    decision_rules: tuple[DecisionRule, ...] = field(default=())

    def rating(self, code: str) -> Rating:
        return next(rating for rating in self.ratings if rating.code == code)

    def standard(self, code: str) -> Standard:
        """Raises KeyError for a code that is no standard."""
        return {standard.code: standard for standard in self.standards}[code]

    def key_questions(self) -> Iterator[tuple[Standard, KeyQuestion]]:
        for standard in self.standards:
            for key_question in standard.key_questions:
                yield standard, key_question

    def question(self, code: str) -> KeyQuestion | Prompt:
        """The key question, prompt, theme or uncounted question of this code. Raises KeyError."""
        return self._questions[code]

    def key_question(self, code: str) -> KeyQuestion:
        """Raises KeyError."""
        return {question.code: question for _, question in self.key_questions()}[code]

    def standard_of(self, question_code: str) -> Standard:
        """The standard that asks this key question, prompt or theme. Raises KeyError."""
        for standard in self.standards:
            if question_code in _questions_of(standard):
                return standard
        raise KeyError(question_code)

    def sections(self, case_kind: str) -> tuple[Section, ...]:
        """What the standards ask about this kind of case, in its published order."""
        found = (
            Section(standard, tuple(question for question in standard.key_questions if question.case_kind == case_kind))
            for standard in self.standards
        )
        return tuple(section for section in found if section.key_questions)

    def uncounted(self, case_kind: str) -> tuple[CaseSection, ...]:
        """What is asked after that and counts for nothing."""
        return tuple(section for section in self.case_sections if section.case_kind == case_kind)

    @cached_property
    def conditions(self) -> dict[str, Condition]:
        """Of the questions that are not asked about every case, by code; that of a standard is one of all it asks."""
        asked = self._questions.items()
        found = {code: item.only_if for code, item in asked if isinstance(item, Prompt) and item.only_if}
        for standard in self.standards:
            if standard.only_if:
                found |= dict.fromkeys(_questions_of(standard), standard.only_if)
        return found

    def rated(self, inspection_type: str) -> tuple[Standard, ...]:
        return tuple(map(self.standard, self.inspection_types[inspection_type].rated))

    def overall_scale(self, inspection_type: str) -> OverallScale:
        return self.scale(len(self.inspection_types[inspection_type].counting))

    def scale(self, count: int) -> OverallScale:
        """The bands where so many standards count. There are none where nothing is rated."""
        return next(scale for scale in self.overall_scales if scale.standards == count)

    def table(self, standard: str) -> DecisionTable:
        return {table.standard: table for table in self.tables}[standard]

    def sample_limit(self, case_kind: str, on: date) -> SampleLimit:
        """The limits for fieldwork that starts `on` this day; before the first date the first limits hold."""
        of_kind = [limit for limit in self.sample_limits if limit.case_kind == case_kind]
        limits = sorted(of_kind, key=attrgetter("valid_from"))
        return next((limit for limit in reversed(limits) if limit.valid_from <= on), limits[0])

    def interview(self, case_kind: str) -> Interview:
        return next(interview for interview in self.interviews if interview.case_kind == case_kind)

    def topics(self, interview: str) -> tuple[InterviewTopic, ...]:
        """What every interview of this code asks, whatever is open in its case."""
        return tuple(topic for topic in self.interview_topics if topic.interview == interview)

    def step(self, code: str) -> Step:
        return next(step for step in self.timeline if step.code == code)

    @cached_property
    def _questions(self) -> dict[str, KeyQuestion | Prompt]:
        found = {code: question for standard in self.standards for code, question in _questions_of(standard).items()}
        return found | {prompt.code: prompt for section in self.case_sections for prompt in section.prompts}


def _questions_of(standard: Standard) -> dict[str, KeyQuestion | Prompt]:
    found: dict[str, KeyQuestion | Prompt] = {theme.code: theme for theme in standard.themes}
    for question in standard.key_questions:
        found[question.code] = question
        found.update({prompt.code: prompt for prompt in question.prompts})
    return found
