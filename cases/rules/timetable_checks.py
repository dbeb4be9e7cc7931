"""What a timetable must not have before it is sent, and what should be looked at.

Every check, its limit and its source: docs/rules/timetable.md.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise

from cases.rules.timetable import (
    CASE_MANAGER,
    DISCUSSION,
    VICTIM_WORKER,
    Booked,
    Fieldwork,
    Found,
    Kind,
    capital,
    clock_words,
    day_words,
    length_words,
    when_words,
)
from cases.rules.words import in_words

Check = Callable[[Sequence[Booked], Fieldwork], Iterator[Found]]


def must_fix(slots: Sequence[Booked], work: Fieldwork) -> list[Found]:
    """What keeps a timetable from being sent, in the order of its checks."""
    return [found for check in MUST_FIX for found in check(slots, work)]


def look_at(slots: Sequence[Booked], work: Fieldwork) -> list[Found]:
    """What can be sent with a reason."""
    return [found for check in LOOK_AT for found in check(slots, work)]


# --- must fix before sending ---


def two_places(slots: Sequence[Booked], work: Fieldwork) -> Iterator[Found]:
    """PostgreSQL refuses these too; here they have words."""
    for one, other in overlapping(slots):
        for who in shared(one, other, work):
            when = when_words(max(one.begins, other.begins))
            yield Found("two_places", f"{who} is in two places at {when}: {one.name} and {other.name}", other.pk)


def overlapping(slots: Sequence[Booked]) -> Iterator[tuple[Booked, Booked]]:
    open_ones: list[Booked] = []
    for slot in sorted(slots, key=lambda slot: (slot.begins, slot.pk)):
        open_ones = [other for other in open_ones if other.ends > slot.begins]
        yield from ((other, slot) for other in open_ones if other.overlaps(slot))
        open_ones.append(slot)


def shared(one: Booked, other: Booked, work: Fieldwork) -> Iterator[str]:
    yield from (work.names.get(person, "Somebody") for person in one.people if person in other.people)
    yield from (name for name in one.met if name in other.met)
    if one.place and (one.place, one.building) == (other.place, other.building):
        yield one.place


def outside_hours(slots: Sequence[Booked], work: Fieldwork) -> Iterator[Found]:
    for slot in slots:
        if sentence := hours_sentence(slot.begins, slot.ends, work):
            yield Found("outside_hours", sentence, slot.pk)


def hours_sentence(begins: datetime, ends: datetime, work: Fieldwork) -> str:
    """What is wrong with the time, or ""."""
    day, first, last = begins.date(), work.days[0], work.days[-1]
    if day in work.holidays:
        return f"{day_words(day)} is a bank holiday. Choose a working day"
    if begins < first.begins and ends.date() <= first.begins.date():
        return f"Fieldwork starts at {clock_words(first.begins)} on {first.begins:%A}. Choose a later time"
    if ends > last.ends and begins.date() >= last.ends.date():
        return f"Fieldwork ends at {clock_words(last.ends)} on {last.ends:%A}. Choose an earlier time"
    hours = next((hours for hours in work.days if hours.begins.date() == day), None)
    if hours is None:
        return f"{day_words(day)} is not a day of fieldwork. Choose a working day"
    if begins < hours.begins or ends > hours.ends:
        between = f"{clock_words(hours.begins)} and {clock_words(hours.ends)}"
        return f"Fieldwork on {day:%A} is between {between}. Choose another time"
    return ""


def too_long(slots: Sequence[Booked], work: Fieldwork) -> Iterator[Found]:
    for slot in slots:
        kind = work.kinds.get(slot.kind)
        if kind and (sentence := length_sentence(kind, slot.minutes)):
            yield Found("too_long", sentence, slot.pk)


NAMES = {CASE_MANAGER: "case manager interview", VICTIM_WORKER: "victim worker interview"}


def length_sentence(kind: Kind, minutes: int) -> str:
    if kind.minutes is None or minutes <= kind.minutes:
        return ""
    name = NAMES.get(kind.code, kind.title.lower())
    return f"A {name} can last up to {length_words(kind.minutes)}. This one is {length_words(minutes)}"


NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def too_many_cases(slots: Sequence[Booked], work: Fieldwork) -> Iterator[Found]:
    for slot in slots:
        kind = work.kinds.get(slot.kind)
        if kind and kind.cases is not None and len(slot.cases) > kind.cases:
            most = "one case" if kind.cases == 1 else f"up to {NUMBERS[kind.cases]} cases"
            name = NAMES.get(kind.code, kind.title.lower())
            yield Found("too_many_cases", f"A {name} covers {most}. Move one to another interview", slot.pk)


def no_interview(slots: Sequence[Booked], work: Fieldwork) -> Iterator[Found]:
    covered = {ref for slot in slots if slot.is_interview for ref in slot.cases}
    for case in work.cases.values():
        if case.wants_interview and case.ref not in covered:
            yield Found(
                "no_interview", f"{case.ref} has no interview. Book one, or read it from the file", case=case.ref
            )


def no_link(slots: Sequence[Booked], work: Fieldwork) -> Iterator[Found]:
    for slot in slots:
        if slot.remote and not slot.has_link and work.today >= work.links_due:
            yield Found("no_link", f"{capital(slot.name)} is on Teams and has no link. Add it", slot.pk)


def another_interviewer(slots: Sequence[Booked], work: Fieldwork) -> Iterator[Found]:
    for slot in slots:
        for ref in slot.cases if slot.is_interview else ():
            reader = work.cases[ref].reader if ref in work.cases else None
            if reader is not None and reader not in slot.people:
                sentence = f"{work.names.get(reader, 'Somebody else')} reads {ref}, but does not interview. Choose them"
                yield Found("another_interviewer", sentence, slot.pk)


def wrong_number(slots: Sequence[Booked], work: Fieldwork) -> Iterator[Found]:
    held = Counter(slot.kind for slot in slots)
    for kind in work.kinds.values():
        if held[kind.code] < kind.least:
            there = "There is no" if not held[kind.code] else f"There is only {NUMBERS[held[kind.code]]}"
            wanted = f". There are to be {NUMBERS[kind.least]}" if kind.least > 1 else ""
            yield Found("wrong_number", f"{there} {kind.title.lower()} in the timetable{wanted}", kind=kind.code)
        elif kind.most is not None and held[kind.code] > kind.most:
            title = kind.title.lower()
            yield Found(
                "wrong_number", f"There are {held[kind.code]} of “{title}”. There are to be {kind.most}", kind=kind.code
            )


# --- look at ---


def not_read_yet(slots: Sequence[Booked], work: Fieldwork) -> Iterator[Found]:
    """Interviews before their reader had so many free minutes of fieldwork as the files up to then take."""
    for person in work.names:
        own = sorted((slot for slot in slots if person in slot.people), key=lambda slot: slot.begins)
        wanted, counted = 0, set[str]()
        for slot in own:
            files = {ref for ref in slot.cases if slot.is_interview and is_read_by(person, ref, work)} - counted
            counted |= files
            wanted += sum(work.cases[ref].reading for ref in files)
            if files and free_minutes(person, own, slot.begins, work) < wanted:
                refs = in_words(sorted(files))
                sentence = (
                    f"{refs}: the interview on {when_words(slot.begins)} leaves no time to read the file before it"
                )
                yield Found("not_read_yet", sentence, slot.pk)


def is_read_by(person: int, ref: str, work: Fieldwork) -> bool:
    return ref in work.cases and work.cases[ref].reader == person


def free_minutes(person: int, own: Sequence[Booked], until: datetime, work: Fieldwork) -> int:
    """Of fieldwork, before `until`, without what is booked for the person."""
    total = sum(minutes_between(hours.begins, min(hours.ends, until)) for hours in work.days)
    return total - sum(minutes_between(slot.begins, min(slot.ends, until)) for slot in own)


def minutes_between(begins: datetime, ends: datetime) -> int:
    return max(0, (ends - begins) // timedelta(minutes=1))


def hurried(slots: Sequence[Booked], work: Fieldwork) -> Iterator[Found]:
    for name, own in by_person(slots, work):
        for one, other in pairwise(own):
            apart = one.building and other.building and one.building != other.building
            if apart and 0 <= (other.begins - one.ends) // timedelta(minutes=1) < work.habits.gap_minutes:
                where = f"{one.building} and {other.building}"
                sentence = (
                    f"{name} has under {work.habits.gap_minutes} minutes between {where} at {when_words(other.begins)}"
                )
                yield Found("hurried", sentence, other.pk)


def no_break(slots: Sequence[Booked], work: Fieldwork) -> Iterator[Found]:
    first, last = work.habits.break_between
    for name, own in by_person(slots, work):
        for day, of_day in by_day(own):
            noon = of_day[0].begins.replace(hour=first, minute=0, second=0, microsecond=0)
            end = noon.replace(hour=last)
            busy = [(slot.begins, slot.ends) for slot in of_day if slot.begins < end and slot.ends > noon]
            if busy and longest_gap(noon, end, busy) < work.habits.break_minutes:
                sentence = f"{name} has no break of {work.habits.break_minutes} minutes between 12 and 2 on {day:%A}"
                yield Found("no_break", sentence, of_day[0].pk)


def longest_gap(begins: datetime, ends: datetime, busy: Iterable[tuple[datetime, datetime]]) -> int:
    longest, free_from = 0, begins
    for start, end in sorted(busy):
        longest, free_from = max(longest, minutes_between(free_from, start)), max(free_from, end)
    return max(longest, minutes_between(free_from, ends))


def many_interviews(slots: Sequence[Booked], work: Fieldwork) -> Iterator[Found]:
    most = work.habits.interviews_a_day
    interviews = [slot for slot in slots if slot.is_interview]
    for name, own in by_person(interviews, work):
        for day, of_day in by_day(own):
            if len(of_day) > most:
                yield Found(
                    "many_interviews",
                    f"{name} has {len(of_day)} interviews on {day:%A}, more than {most}",
                    of_day[-1].pk,
                )


def many_interviews_met(slots: Sequence[Booked], work: Fieldwork) -> Iterator[Found]:
    most, by_name = work.habits.interviews_met_a_day, defaultdict(list)
    for slot in sorted(slots, key=lambda slot: slot.begins):
        for name in slot.met if slot.is_interview else ():
            by_name[name].append(slot)
    for name, own in sorted(by_name.items()):
        for day, of_day in by_day(own):
            if len(of_day) > most:
                sentence = f"{name} is interviewed {len(of_day)} times on {day:%A}, more than {most}"
                yield Found("many_interviews_met", sentence, of_day[-1].pk)


def early_discussion(slots: Sequence[Booked], work: Fieldwork) -> Iterator[Found]:
    for slot in slots:
        if slot.kind == DISCUSSION and work.reviews_due and slot.begins < work.reviews_due:
            due = f"{clock_words(work.reviews_due)} on {work.reviews_due:%A}"
            yield Found(
                "early_discussion",
                f"{slot.title} on {when_words(slot.begins)} is before its review is due, {due}",
                slot.pk,
            )


def welsh(slots: Sequence[Booked], work: Fieldwork) -> Iterator[Found]:
    for slot in slots:
        wanted = [name for name in slot.met if name in work.welsh_wanted]
        wanted += [ref for ref in slot.cases if ref in work.cases and work.cases[ref].in_welsh and slot.is_interview]
        if wanted and not work.welsh_spoken.intersection(slot.people):
            sentence = f"{capital(slot.name)}: Welsh is asked for, and nobody who takes part is known to speak it"
            yield Found("welsh", sentence, slot.pk)


def not_there(slots: Sequence[Booked], work: Fieldwork) -> Iterator[Found]:
    for slot in slots:
        for person in slot.people:
            if slot.begins.date() in work.away.get(person, frozenset()):
                name, day = work.names.get(person, "Somebody"), day_words(slot.begins.date())
                sentence = f"{name} is not expected on {day}: {slot.name}"
                yield Found("not_there", sentence, slot.pk)


def by_person(slots: Iterable[Booked], work: Fieldwork) -> Iterator[tuple[str, list[Booked]]]:
    """Each of ours with their slots in order."""
    found: dict[int, list[Booked]] = defaultdict(list)
    for slot in sorted(slots, key=lambda slot: (slot.begins, slot.pk)):
        for person in slot.people:
            found[person].append(slot)
    for person, own in sorted(found.items(), key=lambda item: work.names.get(item[0], "")):
        yield work.names.get(person, "Somebody"), own


def by_day(slots: Iterable[Booked]) -> Iterator[tuple[date, list[Booked]]]:
    found: dict[date, list[Booked]] = defaultdict(list)
    for slot in slots:
        found[slot.begins.date()].append(slot)
    yield from sorted(found.items())


MUST_FIX: tuple[Check, ...] = (
    two_places,
    outside_hours,
    too_long,
    too_many_cases,
    no_interview,
    no_link,
    another_interviewer,
    wrong_number,
)
LOOK_AT: tuple[Check, ...] = (
    not_read_yet,
    hurried,
    no_break,
    many_interviews,
    early_discussion,
    welsh,
    many_interviews_met,
    not_there,
)
