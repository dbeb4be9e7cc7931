"""What a file of published standards says, as frozen dataclasses."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time
from operator import attrgetter


@dataclass(frozen=True)
class Rule:
    """One rule in words. `default` marks our choice where nothing is published."""

    code: str
    words: str
    source: str
    default: bool = False


@dataclass(frozen=True)
class Rating:
    code: str
    label: str
    score: int


@dataclass(frozen=True)
class Band:
    """A key question gets `rating` from this percentage of sufficient cases upwards."""

    rating: str
    floor: int
    words: str
    printed: str


@dataclass(frozen=True)
class ScoreBand:
    rating: str
    lowest: int
    highest: int


@dataclass(frozen=True)
class OverallScale:
    """The bands of the total score where this many standards count."""

    standards: int
    maximum: int
    bands: tuple[ScoreBand, ...]
    source: str
    default: bool = False

    def rating(self, total: int) -> str:
        return next(band.rating for band in self.bands if band.lowest <= total <= band.highest)


@dataclass(frozen=True)
class AnswerOption:
    code: str
    label: str
    sufficient: bool
    assessed: bool
    needs_reason: bool


@dataclass(frozen=True)
class NotApplicableReason:
    code: str
    label: str
    needs_text: bool


@dataclass(frozen=True)
class Prompt:
    """A question that is explored and never counted. Its code lasts, whatever its position."""

    code: str
    text: str
    guidance: str
    illustrative: bool
    counts: bool = False


@dataclass(frozen=True)
class KeyQuestion:
    """`case_kind` is None where a panel answers it from evidence instead of counting cases."""

    code: str
    label: str
    text: str
    illustrative: bool
    case_kind: str | None
    answer_options: tuple[AnswerOption, ...]
    prompts: tuple[Prompt, ...]
    counts: bool = True


@dataclass(frozen=True)
class Standard:
    code: str
    title: str
    domain: str
    rated_from: str  # cases_lowest, victims_table or panel
    text: str
    source: str
    key_questions: tuple[KeyQuestion, ...]
    themes: tuple[Prompt, ...] = ()

    def counted_questions(self) -> tuple[KeyQuestion, ...]:
        return tuple(question for question in self.key_questions if question.case_kind)


@dataclass(frozen=True)
class Domain:
    code: str
    title: str


@dataclass(frozen=True)
class TableRow:
    start: str
    answer: str
    permitted: tuple[str, ...]


@dataclass(frozen=True)
class DecisionTable:
    """From the rating of one key question and the answer to another to the ratings that a meeting may choose."""

    standard: str
    start: str
    answer: str
    rows: tuple[TableRow, ...]
    source: str

    def permitted(self, start: str, answer: str) -> tuple[str, ...]:
        return next(row.permitted for row in self.rows if (row.start, row.answer) == (start, answer))


@dataclass(frozen=True)
class CaseKind:
    code: str
    name: str
    plural: str


@dataclass(frozen=True)
class SampleLimit:
    """How many cases are inspected, for inspections whose fieldwork starts on or after `valid_from`."""

    case_kind: str
    minimum: int
    maximum: int
    valid_from: date
    note: str
    source: str


@dataclass(frozen=True)
class Interview:
    code: str
    title: str
    case_kind: str
    minutes: int
    cases: int
    every_case: bool
    remote: bool
    source: str


@dataclass(frozen=True)
class FixedMeeting:
    """`days` are the days after the fieldwork Monday between which it is held."""

    code: str
    title: str
    first_day: int
    last_day: int
    part: str  # morning, afternoon or any
    count: int
    source: str
    default: bool


@dataclass(frozen=True)
class Role:
    code: str
    name: str


@dataclass(frozen=True)
class ExpectedRole:
    role: Role
    weeks: tuple[int, ...]
    required: bool


@dataclass(frozen=True)
class Meeting:
    """Where the ratings are decided."""

    code: str
    name: str
    source: str


@dataclass(frozen=True)
class OnSite:
    """Fieldwork hours: days count from the fieldwork Monday."""

    first_day: int
    starts: time
    last_day: int
    ends: time
    default: bool


@dataclass(frozen=True)
class InspectionType:
    code: str
    name: str
    short_name: str
    weeks: int
    rated: tuple[str, ...]
    counting: tuple[str, ...]
    described: tuple[str, ...]  # looked at through the work with children, never rated
    case_data_complete_day: int
    multi_agency_discussions: int
    meeting: Meeting
    on_site: OnSite
    roles_expected: tuple[ExpectedRole, ...]
    meetings: tuple[FixedMeeting, ...]
    follows: str
    follows_after_weeks: tuple[int, ...]

    @property
    def domain_one_rated(self) -> bool:
        return not self.described


@dataclass(frozen=True)
class Nation:
    code: str
    name: str
    languages: tuple[str, ...]


@dataclass(frozen=True)
class When:
    """Where a step falls for some types and nations. Exactly one way of counting is given.

    `days` and `weeks` count calendar days from the planned anchor; `working_days` count from where the anchor landed;
    `monday_after_days` is the first Monday at least so many days after the planned anchor.
    """

    types: tuple[str, ...]
    nations: tuple[str, ...]
    anchor: str
    rule: str
    source: str
    default: bool
    days: int | None = None
    weeks: int | None = None
    working_days: int | None = None
    monday_after_days: int | None = None

    def applies(self, inspection_type: str, nation: str) -> bool:
        return inspection_type in self.types and nation in self.nations


@dataclass(frozen=True)
class Step:
    """`after` names a step that must be on an earlier day; `moves` says where a non-working day sends it."""

    code: str
    title: str
    who: str
    moves: str  # next or previous
    after: str
    when: tuple[When, ...]

    def placed(self, inspection_type: str, nation: str) -> When:
        return next(when for when in self.when if when.applies(inspection_type, nation))


@dataclass(frozen=True)
class Section:
    """The part of a case read that asks one standard's questions."""

    standard: Standard
    key_questions: tuple[KeyQuestion, ...]

    @property
    def code(self) -> str:
        return self.standard.code

    @property
    def title(self) -> str:
        return self.standard.title


@dataclass(frozen=True)
class Standards:
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
    tables: tuple[DecisionTable, ...]
    sample_limits: tuple[SampleLimit, ...]
    interviews: tuple[Interview, ...]
    roles: tuple[Role, ...]
    nations: dict[str, Nation]
    inspection_types: dict[str, InspectionType]
    timeline: tuple[Step, ...]
    notes: tuple[str, ...] = field(default=())

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
        """The key question, prompt or theme of this code. Raises KeyError."""
        return self._questions()[code]

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
        """The case read form for this kind of case, in its published order."""
        found = (
            Section(standard, tuple(question for question in standard.key_questions if question.case_kind == case_kind))
            for standard in self.standards
        )
        return tuple(section for section in found if section.key_questions)

    def rated(self, inspection_type: str) -> tuple[Standard, ...]:
        return tuple(map(self.standard, self.inspection_types[inspection_type].rated))

    def counting(self, inspection_type: str) -> tuple[Standard, ...]:
        return tuple(map(self.standard, self.inspection_types[inspection_type].counting))

    def overall_scale(self, inspection_type: str) -> OverallScale:
        count = len(self.inspection_types[inspection_type].counting)
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

    def role(self, code: str) -> Role:
        return next(role for role in self.roles if role.code == code)

    def step(self, code: str) -> Step:
        return next(step for step in self.timeline if step.code == code)

    def _questions(self) -> dict[str, KeyQuestion | Prompt]:
        return {code: question for standard in self.standards for code, question in _questions_of(standard).items()}


def _questions_of(standard: Standard) -> dict[str, KeyQuestion | Prompt]:
    found: dict[str, KeyQuestion | Prompt] = {theme.code: theme for theme in standard.themes}
    for question in standard.key_questions:
        found[question.code] = question
        found.update({prompt.code: prompt for prompt in question.prompts})
    return found
