"""What a file of published standards says, as frozen dataclasses."""

from standards.schema.facts import NEVER_KNOWN, WORK_TYPES, Condition, Facts
from standards.schema.inspections import (
    CaseKind,
    ExpectedRole,
    FixedMeeting,
    InspectionType,
    Interview,
    Meeting,
    Nation,
    OnSite,
    Role,
    SampleLimit,
    Step,
    When,
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
    DecisionTable,
    OverallScale,
    Rating,
    Rule,
    ScoreBand,
    TableRow,
)
from standards.schema.standards import (
    Standards,
)

__all__ = [
    "NEVER_KNOWN",
    "WORK_TYPES",
    "AnswerOption",
    "Band",
    "CaseKind",
    "CaseSection",
    "Condition",
    "DecisionTable",
    "Domain",
    "ExpectedRole",
    "Facts",
    "FixedMeeting",
    "InspectionType",
    "Interview",
    "KeyQuestion",
    "Meeting",
    "Nation",
    "NotApplicableReason",
    "OnSite",
    "OverallScale",
    "Prompt",
    "Rating",
    "Role",
    "Rule",
    "SampleLimit",
    "ScoreBand",
    "Section",
    "Standard",
    "Standards",
    "Step",
    "TableRow",
    "When",
]
