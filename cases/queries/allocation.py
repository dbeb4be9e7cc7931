"""What is read to share cases out: who may read, what each case takes, and what each person has."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from accounts import clock
from accounts.models import Role
from cases.models import Case
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
        )
        for membership in memberships
    ]
    return sorted(found, key=lambda member: (member.comes_last, member.name, member.person))


def readers_of(inspection: Inspection) -> list[int]:
    """The people who may be given a case."""
    return [member.person for member in allocation.may_read(members_of(inspection))]


def minutes_of(inspection: Inspection, case: Case) -> int:
    interview = inspection.standards.interview(case.kind)
    return allocation.case_minutes(case.kind, interview.minutes, interview.cases)


def work_of(inspection: Inspection, cases: Iterable[Case], readers: Iterable[int]) -> list[Work]:
    """Cases that one of these readers has begun stay where they are."""
    able = set(readers)
    return [
        Work(
            ref=case.ref,
            minutes=minutes_of(inspection, case),
            kept_by=case.reader_id if case.started_at and case.reader_id in able else None,
            interview=str(case.interview_group or ""),
        )
        for case in cases
    ]


@dataclass(frozen=True)
class Shares:
    """How the sample is shared out. `rows` have each case with who would read it, if anybody may."""

    members: Sequence[Member]
    rows: Sequence[tuple[Listed, int | None]]
    loads: Sequence[Load]
    sentence: str
    suggested: bool

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
    def bars(self) -> list[dict[str, object]]:
        longest = max((load.minutes for load in self.loads), default=0) or 1
        return [
            {
                "name": load.name,
                "percent": 100 * load.minutes // longest,
                "text": f"{load.hours} hours",
                "note": ", ".join(filter(None, [f"Cases: {load.cases}", load.note])),
            }
            for load in self.loads
        ]


def shares_of(inspection: Inspection, *, typed: Mapping[str, str], suggest: bool) -> Shares:
    """As the sample is shared out, as it would be, or as somebody chose. A reader who left or may not read is none."""
    members, cases = members_of(inspection), list(sample_of(inspection))
    able = [member.person for member in allocation.may_read(members)]
    readers: Mapping[str, object] = {case.ref: case.reader_id for case in cases}
    if suggest:
        readers = allocation.suggest(work_of(inspection, cases, able), members)
    elif typed:
        readers = {ref: int(value) if value.isdecimal() and len(value) < 19 else None for ref, value in typed.items()}
    found = {case.ref: next((person for person in able if person == readers.get(case.ref)), None) for case in cases}
    loads = [
        _load(inspection, member, [case for case in cases if found[case.ref] == member.person])
        for member in allocation.may_read(members)
    ]
    first = [load for load in loads if not load.note]
    rows = [(item, found[item.case.ref]) for item in listed(cases, inspection)]
    return Shares(members, rows, loads, allocation.explain(first), suggest)


def _load(inspection: Inspection, member: Member, cases: Sequence[Case]) -> Load:
    minutes = sum(minutes_of(inspection, case) for case in cases)
    return Load(member.name, len(cases), minutes, "Reads only what nobody else may" if member.comes_last else "")
