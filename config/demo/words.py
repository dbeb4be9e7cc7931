"""What inspectors might have written: short, varied, invented. No sentence is about anybody."""

from random import Random

DESPITE = "What was done at the time that mattered most outweighs the rest"
SOURCES = (
    "Case record",
    "Interview with the case manager",
    "Assessment and its review",
    "Supervision notes",
    "Minutes of the planning meeting",
    "Referral and reply from the partner agency",
    "Contact log",
    "Report to the panel",
)
STRONG = (
    "the child's own words are quoted and shape what was concluded",
    "the worker drew on what school, family and health each knew",
    "strengths are named and one of them is put to use in the next step",
    "there is a clear account of why this happened and what would help",
    "the plan says who does what by when, and it was followed",
    "a change in the family was noticed within days and acted on",
    "sessions were moved to a place where the child feels safe",
    "the victim worker's information is used, with the victim's wishes respected",
    "management oversight asked a good question and the work changed because of it",
    "the contingency is specific to this child and partners know their part",
    "speech and language advice was followed in every session",
    "a trusted adult outside the service was brought in at the right time",
)
WEAK = (
    "the record lists events but does not say what they mean for the child",
    "concerns from social care were copied in and not analysed",
    "the plan is the same as for the previous order, although life has changed",
    "nobody asked the parents, who had known for months",
    "there is no sign of who could be harmed or how",
    "the safety actions have neither names nor dates",
    "two workers left and the third met the child once in nine weeks",
    "the exploitation screening was started and never finished",
    "the review came five weeks after the incident that should have led to it",
    "oversight approved the plan without a comment on the gaps in it",
    "the victim's wishes are not recorded anywhere we looked",
    "identity and diversity are a ticked box, with nothing about this child",
)
BESIDE_THE_POINT = (
    "the work had not reached this point when we read the case",
    "this kind of work does not include it",
    "the person chose not to be in contact with the service",
)
CONCERN = (
    "The last three contacts say that the child stays most nights with an adult whom nobody has checked. "
    "The plan from before does not mention this adult."
)
CONCERN_DONE = (
    "Spoke to the team manager at 1:35pm. Social care was told while we spoke, and a strategy meeting is set "
    "for Monday. The manager tells me the outcome on the same day."
)
OFTEN = {"yes": 0.45, "no": 0.85, "na": 0.3}  # how often an answer to a prompt comes with evidence


def evidence(seed: str, value: str, *, needed: bool) -> str:
    """One or two sentences for one answer, or none where none is needed; the same for the same seed."""
    chance = Random(seed)  # noqa: S311  invented text, nothing secret
    if chance.random() > OFTEN[value] and not needed:
        return ""
    found = {"yes": STRONG, "no": WEAK, "na": BESIDE_THE_POINT}[value]
    said = chance.sample(found, 1 + (chance.random() < 0.3))
    return " ".join(f"{chance.choice(SOURCES)}: {finding}." for finding in said)


def note(seed: str, value: str) -> str:
    """What was jotted down before the answer was given; the same for the same seed."""
    chance = Random(seed)  # noqa: S311
    found = {"yes": STRONG, "no": WEAK, "na": BESIDE_THE_POINT}[value]
    said = chance.choice(found)
    return f"{said[:1].upper()}{said[1:]}."


WELSH_LETTER = "Demonstration only: the translator's letter in Welsh stands here."
AGENDA_ANSWERS = {
    "people": "The head of service leads. The quality manager stands in.",
    "lists": "The information officer answers questions about the lists until noon on each day.",
    "rooms": "Two rooms on the second floor. Interviews with victim workers are held on Teams.",
    "safety": "The duty manager, by telephone, at any hour.",
}
DECISIONS_MADE = (
    "The service lists whom we can meet by Friday. The lead inspector sends the timetable a week before fieldwork."
)
