"""Themes, catch-ups and participation."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from django.db.models import Count, Prefetch, Q, QuerySet, Sum
from django.http import Http404

from accounts import clock
from accounts.models import User
from cases.models import Case, CatchUpAction, Concern, Contact, Query, Step, Theme, ThemeAgreement
from cases.queries.meetings import kinds_of, small
from cases.rules.voices import Counted, by_channel
from inspections.access import Permission
from inspections.models import Inspection, TeamRole
from inspections.queries import inspection_for
from inspections.queries.holidays import kept_holidays
from inspections.rules import is_working_day
from standards.schema import Standard

FIELDWORK_TEAM = (TeamRole.LEAD, TeamRole.DEPUTY, TeamRole.ASSISTANT)


@dataclass(frozen=True)
class OfStandard:
    standard: Standard
    themes: list[Theme]


def standards_of(inspection: Inspection) -> tuple[Standard, ...]:
    """Those that the inspection rates or describes."""
    kind = inspection.kind
    wanted = {*kind.rated, *kind.described}
    return tuple(standard for standard in inspection.standards.standards if standard.code in wanted)


def themes_of(inspection: Inspection) -> QuerySet[Theme]:
    """Those that stand, with their source and who agreed with them."""
    agreed = Prefetch("agreements", ThemeAgreement.objects.select_related("by").order_by("pk"))
    themes = inspection.themes.filter(withdrawn_at=None).select_related(
        "made_by", "meeting__slot", "contact", "discussion"
    )
    return themes.prefetch_related(agreed).order_by("standard", "day", "pk")


def by_standard(inspection: Inspection, themes: Iterable[Theme]) -> list[OfStandard]:
    """Under every standard of the inspection, those without a theme too. Each theme gets `source`, in words."""
    kinds, channels = kinds_of(inspection), channel_names(inspection)
    found: dict[str, list[Theme]] = {}
    for theme in themes:
        theme.source = source_words(theme, kinds, channels)
        found.setdefault(theme.standard, []).append(theme)
    return [OfStandard(standard, found.get(standard.code, [])) for standard in standards_of(inspection)]


def source_words(theme: Theme, kinds: dict[str, str], channels: dict[str, str]) -> str:
    if theme.meeting:
        return theme.meeting.slot.title if theme.meeting.slot else kinds.get(theme.meeting.kind, "Another meeting")
    if theme.contact:
        return f"Participation, {channels.get(theme.contact.channel, theme.contact.channel).lower()}"
    return str(theme.discussion or "Daily catch-up")


def theme_for(person: User, ref: str, pk: int, permission: Permission) -> Theme:
    inspection = inspection_for(person, ref, permission)
    theme = inspection.themes.filter(pk=pk, withdrawn_at=None).first() if small(pk) else None
    if theme is None:
        raise Http404
    theme.inspection = inspection
    return theme


def fieldwork_days(inspection: Inspection) -> list[date]:
    """The working days of fieldwork; a catch-up is held on each."""
    on_site, start = inspection.kind.on_site, inspection.fieldwork_start
    days = (start + timedelta(days=number) for number in range(on_site.first_day, on_site.last_day + 1))
    holidays = kept_holidays()
    return [day for day in days if is_working_day(day, holidays)]


@dataclass(frozen=True)
class Changed:
    """How much happened since the catch-up before; of concerns only how many."""

    started: int
    sent: int
    asked: int
    closed: int
    concerns: int
    meetings: int
    contacts: int


@dataclass(frozen=True)
class Day:
    """One catch-up. `before` is the day of the one before, None on the first day."""

    inspection: Inspection
    day: date
    before: date | None


def days_held(inspection: Inspection) -> list[date]:
    """Those of fieldwork that have come."""
    return [day for day in fieldwork_days(inspection) if day <= clock.today()]


def day_or_404(inspection: Inspection, text: str) -> Day:
    days = {day.isoformat(): (before, day) for before, day in pairwise([None, *days_held(inspection)]) if day}
    if text not in days:
        raise Http404
    before, day = days[text]
    return Day(inspection, day, before)


def midnight_after(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), clock.LONDON)


def changed_on(held: Day) -> Changed:
    first = held.before or held.day - timedelta(days=1)
    begins, ends = midnight_after(first), midnight_after(held.day)
    inspection = held.inspection
    cases = Case.objects.filter(inspection=inspection).aggregate(
        started=Count("pk", filter=Q(started_at__gte=begins, started_at__lt=ends)),
        sent=Count("pk", filter=Q(sent_at__gte=begins, sent_at__lt=ends)),
    )
    queries = Query.objects.filter(case__inspection=inspection).aggregate(
        asked=Count("pk", filter=Q(asked_at__gte=begins, asked_at__lt=ends)),
        closed=Count("pk", filter=Q(closed_at__gte=begins, closed_at__lt=ends)),
    )
    concerns = Concern.objects.filter(case__inspection=inspection, raised_at__gte=begins, raised_at__lt=ends)
    between = {"day__gt": first, "day__lte": held.day}
    held_meetings = inspection.meeting_notes.filter(held_on__gt=first, held_on__lte=held.day, not_taken_up="")
    contacts = inspection.voices.filter(step=Step.CONTACT, no_contact_reason="", **between)
    return Changed(
        **cases, **queries, concerns=concerns.count(), meetings=held_meetings.count(), contacts=contacts.count()
    )


def themes_on(held: Day) -> QuerySet[Theme]:
    """Gathered since the catch-up before."""
    first = held.before or held.day - timedelta(days=1)
    return themes_of(held.inspection).filter(day__gt=first, day__lte=held.day)


def actions_on(held: Day) -> QuerySet[CatchUpAction]:
    return held.inspection.catch_up_actions.filter(day=held.day).select_related("owner", "done_by")


def action_for(person: User, ref: str, pk: int, permission: Permission) -> CatchUpAction:
    inspection = inspection_for(person, ref, permission)
    action = inspection.catch_up_actions.filter(pk=pk).first() if small(pk) else None
    if action is None:
        raise Http404
    action.inspection = inspection
    return action


def owners(inspection: Inspection) -> list[User]:
    """Who can take on an action: the team of the Inspectorate on this inspection."""
    places = inspection.memberships.filter(role__in=FIELDWORK_TEAM, until=None).select_related("person")
    return [place.person for place in places.order_by("person__name", "pk")]


@dataclass(frozen=True)
class DaySummary:
    day: date
    themes: int
    actions: int
    open_actions: int


def history(inspection: Inspection) -> list[DaySummary]:
    """The days that have come, the latest first, with how many themes and actions each has."""
    themes = dict(inspection.themes.filter(withdrawn_at=None).order_by().values_list("day").annotate(Count("pk")))
    rows = inspection.catch_up_actions.order_by().values_list("day")
    actions = {
        day: (every, left)
        for day, every, left in rows.annotate(every=Count("pk"), left=Count("pk", filter=Q(done_at=None)))
    }
    return [DaySummary(day, themes.get(day, 0), *actions.get(day, (0, 0))) for day in reversed(days_held(inspection))]


def channel_names(inspection: Inspection) -> dict[str, str]:
    return {channel.code: channel.name for channel in inspection.standards.channels}


def counted(inspection: Inspection) -> list[Counted]:
    """How many of whom were offered and took part, by channel, in one query."""
    sums = {name: Sum(name) for name in ("children", "parents", "carers")}
    rows = inspection.voices.order_by().values("channel", "step").annotate(**sums)
    return by_channel(channel_names(inspection), list(rows))


def contacts_of(inspection: Inspection) -> list[Contact]:
    """Each with `channel_name`, the latest first."""
    names = channel_names(inspection)
    contacts = list(inspection.voices.select_related("made_by").order_by("-day", "-pk"))
    for contact in contacts:
        contact.channel_name = names.get(contact.channel, contact.channel)
    return contacts


def contact_or_404(inspection: Inspection, pk: int) -> Contact:
    found = inspection.voices.filter(pk=pk, step=Step.CONTACT).first() if small(pk) else None
    if found is None:
        raise Http404
    return found
