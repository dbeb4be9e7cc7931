"""What was said in the week, all of it invented: meetings, themes, catch-ups, children, parents and carers."""

from uuid import NAMESPACE_URL, uuid5

from accounts import clock
from accounts.models import User
from cases.actions.meetings import save_notes
from cases.actions.surveys import import_survey, keep_survey
from cases.actions.voices import (
    Reached,
    Statement,
    add_action,
    add_theme,
    agree_theme,
    finish_action,
    record_contact,
)
from cases.models import MeetingNote, Step
from cases.queries.voices import days_held
from cases.rules.surveys import read_sheet
from cases.rules.voices import PURPOSES, WITHOUT_NOTES, Written
from config.demo import people
from config.demo.telling import Telling

NOTES = (
    "Demo notes. The area has two towns and many villages; a bus to the office takes an hour. "
    "The service now meets children in three schools."
)
ATTENDED = (("Managers of the service", 2), ("Practitioners of the service", 3), ("Police", 1))
THEMES = (
    Statement("2.1", "strength", "What children say shapes what is concluded"),
    Statement("2.2", "improve", "Plans do not always say who does what by when"),
    Statement("V1", "note", "Victims are asked early; what they said is not always passed on"),
)
ACTIONS = (
    "Ask the head of service how plans are reviewed",
    "Look at two more plans made after a move",
    "Check what the board was told about waiting times",
)
NOBODY = "No one wished to talk"
VIEWS = "They felt listened to. They would have liked one worker all the way through."
SURVEY = """\
Date,Mobile,Did your worker listen to you?,What helped you most?,What would you change?
2 June,07700 900101,Yes,Somebody who turned up every week,Nothing
2 June,07700 900102,Yes,Boxing at the gym,Meet me nearer home
3 June,07700 900103,Most of the time,Talking,
3 June,07700 900104,Yes,Somebody who turned up every week,Fewer forms
4 June,07700 900105,No,,Ask me before you plan
4 June,07700 900106,Yes,Gwrando arnaf,Cwrdd yn nes at adref
4 June,07700 900107,,,
"""


def hear(telling: Telling) -> None:
    deputy, inspection = telling.cast[people.DEPUTY], telling.inspection
    offer_channels(telling)
    note = write_notes(telling, deputy)
    for said in THEMES:
        theme = add_theme(by=deputy, inspection=inspection, said=said, day=days_held(inspection)[0], meeting=note)
        note = None  # the others come from the catch-up
    agree_theme(by=telling.lead, theme=theme)
    catch_up(telling, deputy)
    survey(telling)


def write_notes(telling: Telling, by: User) -> MeetingNote | None:
    """Of each meeting that was held; the first, None where there was none."""
    first = None
    for slot in (
        telling.inspection.slots.filter(outcome="held").exclude(kind__in=WITHOUT_NOTES).order_by("period", "pk")
    ):
        day = slot.period.lower.astimezone(clock.LONDON).date()
        said = Written(day, PURPOSES.get(slot.kind, "To hear how the service works"), NOTES, ATTENDED)
        kept = save_notes(by=by, inspection=telling.inspection, kind=slot.kind, slot=slot, note=None, base=0, said=said)
        first = first or kept
    return first


def catch_up(telling: Telling, by: User) -> None:
    """One action on each day; all but the last are done."""
    *before, last = days_held(telling.inspection)
    for day, text in zip([*before, last], ACTIONS, strict=False):
        action = add_action(by=by, inspection=telling.inspection, day=day, text=text, owner=telling.lead)
        if day != last:
            finish_action(by=telling.lead, action=action)


def offer_channels(telling: Telling) -> None:
    day = days_held(telling.inspection)[0]
    told = (
        (Step.OFFER, Reached("telephone", day, children=9, parents=6, carers=1)),
        (Step.OFFER, Reached("text_survey", day, children=28, parents=24, carers=2)),
        (Step.CONTACT, Reached("telephone", day, children=2, parents=1, views=VIEWS)),
        (Step.CONTACT, Reached("in_person", day, no_contact_reason=NOBODY)),
    )
    for number, (step, said) in enumerate(told):
        once = uuid5(NAMESPACE_URL, f"{telling.seed} voices {number}")
        record_contact(by=telling.lead, inspection=telling.inspection, step=step, once=once, said=said)


def survey(telling: Telling) -> None:
    content, by = SURVEY.encode(), telling.lead
    sheet = read_sheet(content)
    kept = keep_survey(by=by, inspection=telling.inspection, label="demo-answers.csv", content=content, sheet=sheet)
    import_survey(by=by, upload=kept, sheet=sheet)
