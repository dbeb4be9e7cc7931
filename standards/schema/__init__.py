"""What a file of published standards says, as frozen dataclasses."""

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
    "AnswerOption",
    "Band",
    "CaseKind",
    "DecisionTable",
    "Domain",
    "ExpectedRole",
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
