"""What is read to share cases out: who may read, what each case takes, and what each person has."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from django.db.models import Exists, OuterRef, Q

from accounts import clock
from accounts.models import Role, User
from cases.models import Case
from cases.queries.conflicts import Barred, known_to, never_given
from cases.queries.sample import Listed, listed, sample_of
from cases.rules import allocation
from cases.rules.allocation import Load, Member, Work
from inspections.models import READERS, Inspection, Interest, Membership, ServiceContact, TeamRole


def members_of(inspection: Inspection) -> list[Member]:
    """The people on the team who could read, with what keeps some of them out; those who are asked last come last."""
    service = inspection.service_id
    memberships = (
        Membership.objects.filter(inspection=inspection, until__isnull=True, role__in=READERS)
        .filter(Q(person__ends_on__isnull=True) | Q(person__ends_on__gte=clock.today()), person__is_active=True)
        .select_related("person")
        .annotate(
            declared=Exists(Interest.objects.filter(person=OuterRef("person"), service=service, ended_at__isnull=True)),
            works_there=Exists(
                ServiceContact.objects.filter(person=OuterRef("person"), service=service, until__isnull=True)
            ),
        )
    )
    reading_week = inspection.kind.case_data_complete_day // 7 + 1
    there = {expected.role.code for expected in inspection.kind.roles_expected if reading_week in expected.weeks}
    found = [
        Member(
            person=membership.person_id,
            name=membership.person.name,
            comes_last=membership.role == TeamRole.LEAD or membership.role not in there,
            has_interest=membership.declared,
            works_there=membership.works_there or membership.person.role == Role.SERVICE_CONTACT,
            speaks_welsh=membership.person.speaks_welsh,
        )
        for membership in memberships
    ]
    return sorted(found, key=lambda member: (member.comes_last, member.name, member.person))


def reader_on_team(inspection: Inspection, person: int) -> User:
    """One of `members_of`."""
    return Membership.objects.select_related("person").get(inspection=inspection, person=person, until=None).person


def readers_of(inspection: Inspection) -> list[int]:
    """The people who may be given a case."""
    return [member.person for member in allocation.may_read(members_of(inspection))]


def minutes_of(inspection: Inspection, case: Case) -> int:
    """A victim's case that is in no interview is read from its file only."""
    interview = inspection.standards.interview(case.kind)
    talked = interview.every_case or case.interview_group is not None
    return allocation.case_minutes(case.kind, interview.minutes if talked else 0, interview.cases)


def work_of(
    inspection: Inspection, cases: Sequence[Case], readers: Iterable[int], known: Barred, *, only: Collection[str] = ()
) -> list[Work]:
    """Cases that one of these readers has begun stay where they are; with `only`, all but those do."""
    able, never = set(readers), never_given(cases, known)
    return [_work(inspection, case, able - never[case.ref], never[case.ref], only) for case in cases]


def _work(
    inspection: Inspection, case: Case, able: Collection[int], barred: frozenset[int], only: Collection[str]
) -> Work:
    stays = case.ref not in only if only else bool(case.started_at)
    reader = case.reader_id if case.reader_id in able else None
    return Work(
        ref=case.ref,
        minutes=minutes_of(inspection, case),
        kept_by=reader if stays else None,
        interview=str(case.interview_group or ""),
        in_welsh=case.row.welsh_speaking is True,
        barred=barred,
        now=reader,
    )


class Suggest(StrEnum):
    """What is suggested: nothing, a reader for every case with few changes, or all unread ones shared anew."""

    NOTHING = ""
    ALL = "1"
    ANEW = "anew"


@dataclass(frozen=True)
class Shares:
    """How the sample is shared out. `rows` have each case with who would read it, if anybody may."""

    members: Sequence[Member]
    rows: Sequence[tuple[Listed, int | None]]
    loads: Sequence[Load]
    sentence: str
    nearest: str
    suggested: bool
    known: Barred

    @property
    def may_read(self) -> list[Member]:
        return allocation.may_read(self.members)

    @property
    def able(self) -> list[int]:
        return [member.person for member in self.may_read]

    @property
    def kept_out(self) -> list[Member]:
        return [member for member in self.members if member.kept_out]

    @property
    def waiting(self) -> list[str]:
        return [item.case.ref for item, person in self.rows if person is None]

    @property
    def unread(self) -> dict[int, tuple[str, list[str]]]:
        """What each reader has now and has not begun: name and references."""
        found: dict[int, tuple[str, list[str]]] = {}
        for item, _ in self.rows:
            if item.case.reader_id and not item.case.started_at:
                found.setdefault(item.case.reader_id, (item.reader, []))[1].append(item.case.ref)
        return found

    @property
    def choices(self) -> list[tuple[Listed, int | None, list[Member]]]:
        """Each row with the people who may read that case."""
        return [
            (item, person, [member for member in self.may_read if member.person not in self.known[item.case.ref]])
            for item, person in self.rows
        ]

    @property
    def bars(self) -> list[dict[str, object]]:
        longest = max((load.minutes for load in self.loads), default=0) or 1
        return [
            {
                "name": load.name,
                "percent": 100 * load.minutes // longest,
                "text": f"{load.hours} hours",
                "note": ". ".join([f"Cases: {load.cases}", *load.notes]),
            }
            for load in self.loads
        ]


def shares_of(inspection: Inspection, *, typed: Mapping[str, str], suggest: Suggest) -> Shares:
    """As the sample is shared out, as it would be, or as somebody chose. A reader who left or may not read is none."""
    members, cases = members_of(inspection), list(sample_of(inspection))
    known, able = known_to(inspection, cases), [member.person for member in allocation.may_read(members)]
    readers: Mapping[str, object] = {case.ref: case.reader_id for case in cases}
    if suggest:
        readers = suggested(inspection, cases, members, known, suggest)
    elif typed:
        readers = {ref: int(value) if value.isdecimal() and len(value) < 19 else None for ref, value in typed.items()}
    found = {
        case.ref: next((each for each in able if each == readers.get(case.ref) and each not in known[case.ref]), None)
        for case in cases
    }
    loads = [_load(inspection, member, cases, found, known) for member in allocation.may_read(members)]
    counted = [load for load in loads if load.counts]
    rows = [(item, found[item.case.ref]) for item in listed(cases, inspection)]
    nearest = allocation.nearest_hours(work_of(inspection, cases, able, known), members, found, counted)
    return Shares(members, rows, loads, allocation.explain(counted), nearest, bool(suggest), known)


def suggested(
    inspection: Inspection, cases: Sequence[Case], members: Sequence[Member], known: Barred, suggest: Suggest
) -> dict[str, int]:
    able = [member.person for member in allocation.may_read(members)]
    work = work_of(inspection, cases, able, known)
    if suggest == Suggest.ANEW:
        work = [replace(item, now=None) for item in work]
    return allocation.suggest(work, members)


def _load(
    inspection: Inspection, member: Member, cases: Sequence[Case], found: Mapping[str, int | None], known: Barred
) -> Load:
    theirs = [case for case in cases if found[case.ref] == member.person]
    minutes = sum(minutes_of(inspection, case) for case in theirs)
    return Load(member.name, len(theirs), minutes, tuple(_notes(member, theirs, known)), counts=not member.comes_last)


def _notes(member: Member, theirs: Sequence[Case], known: Barred) -> Iterator[str]:
    """Why this reader has these cases and not others."""
    if member.comes_last:
        yield "Reads only what nobody else may"
    if begun := sum(bool(case.started_at) for case in theirs):
        yield f"Begun, so they stay: {begun}"
    if in_welsh := [case.ref for case in theirs if case.row.welsh_speaking]:
        yield f"In Welsh: {', '.join(in_welsh)}"
    elif member.speaks_welsh:
        yield "Speaks Welsh"
    reasons: dict[str, list[str]] = defaultdict(list)
    for ref, people in known.items():
        if member.person in people:
            reasons[people[member.person]].append(ref)
    for why, refs in sorted(reasons.items()):
        yield f"Is not offered {', '.join(refs)}: {why}"
