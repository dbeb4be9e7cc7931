"""The caseload list, the sample drawn from it, and what was answered about each case."""

from cases.models.answers import Answer, AnswerVersion, SectionDone, SetAside, Value
from cases.models.caseload import CaseloadList, CaseloadRow, Kind, WorkType
from cases.models.sample import Case, Draw

__all__ = [
    "Answer",
    "AnswerVersion",
    "Case",
    "CaseloadList",
    "CaseloadRow",
    "Draw",
    "Kind",
    "SectionDone",
    "SetAside",
    "Value",
    "WorkType",
]
