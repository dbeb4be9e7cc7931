"""What differs by inspection type, nation and kind of case."""

from dataclasses import dataclass
from datetime import date, time

STRATA = ("work_type", "sex", "ethnicity", "age_band", "care_experienced", "team", "worker")
"""Columns of a caseload list by which a sample can be drawn in groups."""


@dataclass(frozen=True)
class CaseKind:
    """`strata` are the columns of the list by which its sample is always drawn in groups."""

    code: str
    name: str
    plural: str
    strata: tuple[str, ...] = ()


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
class InterviewTopic:
    """What an interview asks beside the open questions of its case. Notes on it are evidence for `question`."""

    code: str
    interview: str
    title: str
    question: str
    asks: tuple[str, ...]
    illustrative: bool
    source: str


@dataclass(frozen=True)
class ReviewQuestion:
    code: str
    text: str


@dataclass(frozen=True)
class ReviewSection:
    """A page of the review that the service and its partners write before a case is discussed."""

    code: str
    title: str
    illustrative: bool
    source: str
    questions: tuple[ReviewQuestion, ...]


@dataclass(frozen=True)
class EvidenceItem:
    """What every service is asked for in advance, so many working days before a step of the timeline."""

    code: str
    title: str
    text: str
    step: str
    days_before: int
    illustrative: bool
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
class Channel:
    """A way in which children, parents and carers can take part."""

    code: str
    name: str
    source: str


@dataclass(frozen=True)
class Agency:
    """One whose people come to a multi-agency case discussion."""

    code: str
    name: str
    source: str


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
    """Where the ratings are decided, by no fewer than `quorum` people. `quorum_default`: the number is our choice."""

    code: str
    name: str
    source: str
    quorum: int
    quorum_default: bool


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
