"""The letter that announces an inspection, when it may go out, and the agenda of the planning meeting.

The published letter is not to be had: its wording is ours, and stands here alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from inspections.rules.timeline import date_words

WEDNESDAY = 2
NOT_WEDNESDAY = "Today is {day}. Announcements go out on a Wednesday: say why this one does not"
NO_WELSH = "The letter in Welsh is missing, and in Wales both go out together. Put in the text from the translator"

BEFORE_FIELDWORK = (
    "Before fieldwork we ask you to send the lists of your cases and to say whom we can meet. Your pages on our site "
    "say what to do next and by when. You sign in there with your e-mail address, without a password."
)


@dataclass(frozen=True)
class LetterFacts:
    service: str
    ref: str
    kind: str
    weeks: int
    lead: str
    lead_email: str
    fieldwork_start: date
    days: Mapping[str, date]
    """of the steps of the timeline"""


def letter(facts: LetterFacts) -> list[str]:
    """Its paragraphs. A date that the timeline has not is left out with its sentence."""
    weeks = "one week" if facts.weeks == 1 else f"{facts.weeks} weeks"
    days = {step: date_words(day) for step, day in facts.days.items()}
    paragraphs = [
        f"We will inspect {facts.service}. What we do is called: {facts.kind}. Its reference is {facts.ref}.",
        f"Fieldwork takes {weeks} and starts on {date_words(facts.fieldwork_start)}.",
        dated(days, "planning_meeting", "We would like to meet you to plan it on {}."),
        BEFORE_FIELDWORK,
        dated(days, "macd_reviews_due", "The reviews for the multi-agency case discussions are due by {}."),
        dated(days, "service_told", "We plan to tell you the outcome on {}."),
        dated(days, "publication", "We plan to publish the report on {}."),
        f"{facts.lead} leads the inspection. If you have a question, write to {facts.lead_email}.",
        "We tell the Youth Justice Board of this inspection at the same time.",
    ]
    return [paragraph for paragraph in paragraphs if paragraph]


def dated(days: Mapping[str, str], step: str, sentence: str) -> str:
    return sentence.format(days[step]) if step in days else ""


def announcement_problem(*, today: date, reason: str) -> str | None:
    if today.weekday() == WEDNESDAY or reason:
        return None
    return NOT_WEDNESDAY.format(day=date_words(today))


AGENDA = {
    "people": "Who leads for the service, and who stands in?",
    "context": "What should we know about the area and the service?",
    "lists": "Which questions are there about the lists of cases, and who answers them?",
    "records": "How do inspectors read records, and who sets up their access?",
    "rooms": "Where do we meet people, and what is held on Teams?",
    "meetings": "When do the board, its chair, staff and partners meet us?",
    "voices": "How can children, parents and carers take part, and who asks them?",
    "victims": "How can victims take part, and who asks them?",
    "safety": "Whom do we tell at once if we worry about a child or a victim?",
    "needs": "What do people need to take part?",
}
"""The questions of the planning meeting, by code. Ours: the published agenda is not to be had."""
