"""The caseload list, the sample drawn from it, what was answered about each case, and concerns."""

from cases.models.answers import Answer, AnswerVersion, SetAside, Value
from cases.models.caseload import CaseloadList, CaseloadRow, Kind, WorkType
from cases.models.concerns import Concern, ConcernNote, Told
from cases.models.sample import Case, Draw

__all__ = [
    "Answer",
    "AnswerVersion",
    "Case",
    "CaseloadList",
    "CaseloadRow",
    "Concern",
    "ConcernNote",
    "Draw",
    "Kind",
    "SetAside",
    "Told",
    "Value",
    "WorkType",
]
