"""The caseload list, the sample drawn from it, what became of each case, and what people said in meetings."""

from cases.models.answers import Answer, AnswerVersion, SectionDone, SetAside, Value
from cases.models.caseload import CaseloadList, CaseloadRow, Kind, ListUpload, WorkType
from cases.models.concerns import Concern, ConcernNote, Told
from cases.models.conflicts import HowCaseIsKnown, HowWorkerIsKnown, KnownCase, KnownWorker
from cases.models.discussions import (
    Discussion,
    DiscussionNumber,
    Effect,
    Entry,
    EntryVersion,
    Review,
    ReviewAnswer,
    ReviewDocument,
)
from cases.models.findings import (
    CardSource,
    EvidenceCard,
    Finding,
    FindingAgreement,
    FindingSupport,
    FindingVersion,
    Strength,
)
from cases.models.interviews import (
    TOOK_PLACE,
    Interview,
    InterviewNote,
    InterviewOutcome,
    InterviewRecord,
    TopicCovered,
)
from cases.models.notes import Note, NoteVersion, Source
from cases.models.queries import Query, QueryMessage
from cases.models.reviews import Outcome, ReopenRequest, ReviewMark, Settlement, Stands
from cases.models.sample import Case, Draw, SampleLock
from cases.models.surveys import Survey, SurveyAnswer, SurveyQuestion, SurveyUpload
from cases.models.timetable import SlotCase
from cases.models.voices import (
    Basis,
    CatchUpAction,
    Contact,
    Direction,
    MeetingNote,
    MeetingNoteVersion,
    Step,
    Theme,
    ThemeAgreement,
)

__all__ = [
    "TOOK_PLACE",
    "Answer",
    "AnswerVersion",
    "Basis",
    "CardSource",
    "Case",
    "CaseloadList",
    "CaseloadRow",
    "CatchUpAction",
    "Concern",
    "ConcernNote",
    "Contact",
    "Direction",
    "Discussion",
    "DiscussionNumber",
    "Draw",
    "Effect",
    "Entry",
    "EntryVersion",
    "EvidenceCard",
    "Finding",
    "FindingAgreement",
    "FindingSupport",
    "FindingVersion",
    "HowCaseIsKnown",
    "HowWorkerIsKnown",
    "Interview",
    "InterviewNote",
    "InterviewOutcome",
    "InterviewRecord",
    "Kind",
    "KnownCase",
    "KnownWorker",
    "ListUpload",
    "MeetingNote",
    "MeetingNoteVersion",
    "Note",
    "NoteVersion",
    "Outcome",
    "Query",
    "QueryMessage",
    "ReopenRequest",
    "Review",
    "ReviewAnswer",
    "ReviewDocument",
    "ReviewMark",
    "SampleLock",
    "SectionDone",
    "SetAside",
    "Settlement",
    "SlotCase",
    "Source",
    "Stands",
    "Step",
    "Strength",
    "Survey",
    "SurveyAnswer",
    "SurveyQuestion",
    "SurveyUpload",
    "Theme",
    "ThemeAgreement",
    "Told",
    "TopicCovered",
    "Value",
    "WorkType",
]
