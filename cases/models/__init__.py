"""The caseload list, the sample drawn from it, and what was answered about each case."""

from cases.models.answers import Answer, AnswerVersion, Value
from cases.models.caseload import CaseloadList, CaseloadRow, Kind, WorkType
from cases.models.queries import Query, QueryMessage
from cases.models.reviews import Outcome, ReopenRequest, ReviewMark, Settlement, Stands
from cases.models.sample import Case, Draw

__all__ = [
    "Answer",
    "AnswerVersion",
    "Case",
    "CaseloadList",
    "CaseloadRow",
    "Draw",
    "Kind",
    "Outcome",
    "Query",
    "QueryMessage",
    "ReopenRequest",
    "ReviewMark",
    "Settlement",
    "Stands",
    "Value",
    "WorkType",
]
