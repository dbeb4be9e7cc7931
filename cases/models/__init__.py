"""The caseload list, the sample drawn from it, and what was noted and answered about each case."""

from cases.models.answers import Answer, AnswerVersion, Value
from cases.models.caseload import CaseloadList, CaseloadRow, Kind, WorkType
from cases.models.notes import Note, NoteVersion, Source
from cases.models.sample import Case, Draw

__all__ = [
    "Answer",
    "AnswerVersion",
    "Case",
    "CaseloadList",
    "CaseloadRow",
    "Draw",
    "Kind",
    "Note",
    "NoteVersion",
    "Source",
    "Value",
    "WorkType",
]
