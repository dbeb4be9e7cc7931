"""The whole programme: every inspection of a year, everybody's weeks, and what is known of the services."""

from collections import defaultdict
from collections.abc import Set
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404

from accounts.models import User
from inspections import access, rules
from inspections.models import (
    READERS,
    Inspection,
    Interest,
    Leave,
    Membership,
    Service,
    ServiceFigures,
    TeamRole,
    TimelineStep,
)
from inspections.queries.permission import inspections_of
from inspections.rules import programme

YEARS = range(2000, 2100)


@dataclass(frozen=True)
class Row:
    """One inspection against its plan."""

    inspection: Inspection
    lead: str
    publication: TimelineStep
    slip: str
    late: list[TimelineStep]
    next_step: TimelineStep | None


@dataclass(frozen=True)
class Programme:
    rows: list[Row]
    board: programme.Board


def year_asked(text: str, today: date) -> int:
    """The year in the address; this one where it cannot be read."""
    return int(text) if text.isdecimal() and len(text) == 4 and int(text) in YEARS else today.year


def programme_of(person: User, year: int, today: date, holidays: Set[date]) -> Programme:
    """Every inspection that the person sees with a step in the year."""
    in_year = TimelineStep.objects.filter(anticipated__year=year).values("inspection")
    leads = Membership.objects.filter(role=TeamRole.LEAD, until__isnull=True).select_related("person")
    found = (
        inspections_of(person)
        .filter(pk__in=in_year)
        .prefetch_related("timeline", Prefetch("memberships", leads, to_attr="leads"))
        .order_by("fieldwork_start", "ref")
    )
    rows = [row_of(inspection, today, holidays) for inspection in found]
    return Programme(rows, programme.board([run_of(row) for row in rows], year, today))


def row_of(inspection: Inspection, today: date, holidays: Set[date]) -> Row:
    steps = list(inspection.timeline.all())
    publication = next((step for step in steps if step.step == rules.PUBLICATION), steps[-1])
    open_steps = [step for step in steps if step.is_open]
    waiting = sorted(open_steps, key=lambda step: (step.anticipated, step.position))
    return Row(
        inspection=inspection,
        lead=", ".join(place.person.name for place in inspection.leads),  # type: ignore[attr-defined]  # prefetched
        publication=publication,
        slip=rules.difference_words(publication.planned, publication.anticipated, publication.actual, today, holidays),
        late=[step for step in waiting if step.anticipated < today],
        next_step=waiting[0] if waiting else None,
    )


def run_of(row: Row) -> programme.Run:
    inspection = row.inspection
    first = inspection.timeline.all()[0]
    return programme.Run(
        label=f"{inspection.service.name}, {inspection.ref}",
        announced=first.actual or first.anticipated,
        fieldwork_start=inspection.fieldwork_start,
        fieldwork_end=inspection.fieldwork_start + timedelta(days=inspection.kind.on_site.last_day),
        planned=row.publication.planned,
        expected=row.publication.actual or row.publication.anticipated,
    )


@dataclass(frozen=True)
class PersonRow:
    person: User
    weeks: int
    stays: list[programme.Stay]
    leave: list[Leave]
    double: list[str]


ON_SITE = frozenset(role for role, may_be in access.MAY_BE.items() if may_be.intersection(READERS))


def people_of(year: int) -> list[PersonRow]:
    """Whoever may read cases on site, with their weeks and their leave in the year; most weeks first."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    stays = stays_in(first, last)
    leave: dict[int, list[Leave]] = defaultdict(list)
    for away in Leave.objects.filter(cancelled_at__isnull=True, first__lte=last, last__gte=first):
        leave[away.person_id].append(away)
    people = User.objects.filter(role__in=ON_SITE, is_active=True).exclude(ends_on__lt=first)
    rows = [person_row(person, stays[person.pk], leave[person.pk]) for person in people]
    return sorted(rows, key=lambda row: (not row.double, -row.weeks, row.person.name))


def person_row(person: User, stays: list[programme.Stay], leave: list[Leave]) -> PersonRow:
    away = [programme.Stay(one.first, one.last, "leave", away=True) for one in leave]
    return PersonRow(person, programme.weeks_on_site(stays), stays, leave, programme.falls_together([*stays, *away]))


def stays_in(first: date, last: date) -> dict[int, list[programme.Stay]]:
    """By person, the days on which they are on site as the timetable of their kind of inspection has it."""
    places = (
        Membership.objects.filter(until__isnull=True, role__in=READERS)
        .filter(inspection__fieldwork_start__range=(first - timedelta(days=30), last))
        .select_related("inspection__service")
        .order_by("inspection__fieldwork_start", "pk")
    )
    found: dict[int, list[programme.Stay]] = defaultdict(list)
    for place in places:
        on_site, start = place.inspection.kind.on_site, place.inspection.fieldwork_start
        begins, ends = start + timedelta(days=on_site.first_day), start + timedelta(days=on_site.last_day)
        if ends >= first:
            found[place.person_id].append(programme.Stay(begins, ends, place.inspection.ref))
    return found


def readers_of_site() -> QuerySet[User]:
    return User.objects.filter(role__in=ON_SITE, is_active=True)


def leave_for(pk: int) -> Leave:
    """Leave that stands; Http404 for any other."""
    found = Leave.objects.select_related("person").filter(pk=pk, cancelled_at__isnull=True).first()
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True)
class Known:
    """What is known of a service before anybody chooses it: nothing of what is not released."""

    service: Service
    last: Inspection | None
    planned: Inspection | None
    figures: ServiceFigures | None

    @property
    def due(self) -> date | None:
        """None where it was never inspected here, so that it is due now."""
        return programme.due_on(self.last.fieldwork_start if self.last else None)

    @property
    def has_concern(self) -> bool:
        return self.figures is not None and self.figures.concern != ""


def services_known_to(person: User, today: date) -> list[Known]:
    """One with a concern first, then whichever is due first; planned ones last. None with an interest of theirs."""
    kept_away = Interest.objects.filter(person=person, ended_at__isnull=True).values("service")
    services = Service.objects.exclude(pk__in=kept_away)
    every = Inspection.objects.select_related("service").order_by("fieldwork_start", "pk")
    last = {one.service_id: one for one in every.filter(fieldwork_start__lte=today)}
    planned = {one.service_id: one for one in every.filter(fieldwork_start__gt=today).reverse()}
    newest = ServiceFigures.objects.order_by("service_id", "-quarter", "-id").distinct("service_id")
    figures = {one.service_id: one for one in newest}
    known = [Known(one, last.get(one.pk), planned.get(one.pk), figures.get(one.pk)) for one in services]
    return sorted(known, key=order)


def order(one: Known) -> tuple[bool, bool, date, str]:
    return one.planned is not None, not one.has_concern, one.due or date.min, one.service.name


def service_for(person: User, pk: int) -> Service:
    """Http404 for one that there is not, or in which the person has an interest."""
    kept_away = Q(interests__person=person, interests__ended_at__isnull=True)
    service = Service.objects.filter(pk=pk).exclude(pk__in=Service.objects.filter(kept_away).values("pk")).first()
    if service is None:
        raise Http404
    return service


def figures_of(service: Service) -> QuerySet[ServiceFigures]:
    """The latest of each quarter, the newest quarter first."""
    newest = service.figures.order_by("quarter", "-id").distinct("quarter").values("pk")
    return ServiceFigures.objects.filter(pk__in=newest).select_related("made_by").order_by("-quarter")
