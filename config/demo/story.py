"""The four inspections, from their planning to where each of them is today."""

from datetime import datetime

from django.db import transaction

from accounts import clock
from accounts.models import User
from accounts.queries import demo_people
from cases.models import Kind
from config.demo import (
    caseload,
    discussions,
    evidence,
    findings,
    people,
    programme,
    service,
    telling,
    voices,
    week,
)
from config.demo.calendar import mondays
from config.demo.hours import clock_set_by_hand
from config.demo.people import DemoPerson
from config.demo.plans import Plan, plans
from config.demo.telling import Telling
from inspections.actions.team import declare_interest
from inspections.actions.timeline import watch_timeline
from inspections.models import InterestKind, Service
from inspections.queries.holidays import kept_holidays

PART_READ = 0.45
AT_HOME = {people.ASSESSOR: "Salford", people.SECOND_ASSESSOR: "Cardiff"}


def is_told() -> bool:
    return demo_people().exists()


@transaction.atomic
def tell(seed: str) -> None:
    """All of it or nothing. The same seed on the same day gives the same data."""
    now, told = clock.now(), plans(mondays(clock.today(), kept_holidays()))
    colleague = people.colleague_of(told.announced.service)
    cast = people.create([*people.INSPECTORATE, *(plan.contact for plan in told), colleague])
    declare_interests(cast)
    with clock_set_by_hand():
        announced(told.announced, cast, seed, now)
        in_fieldwork(told.fieldwork, cast, seed, now)
        all_read(told.meeting, cast, seed, now)
        service_told(told.told, cast, seed, now)
    programme.write_down(cast, clock.today())
    watch_timeline(today=clock.today(), holidays=kept_holidays())


def declare_interests(cast: dict[DemoPerson, User]) -> None:
    """Local assessors come from other services."""
    for person, home in AT_HOME.items():
        declare_interest(by=cast[person], service=Service.objects.get(name=home), kind=InterestKind.EMPLOYMENT)


def announced(plan: Plan, cast: dict[DemoPerson, User], seed: str, now: datetime) -> None:
    """The children's list has come with two faults, and again without them; nobody has looked at either yet."""
    story = telling.plan_inspection(plan, cast, seed, now)
    telling.announce(story)
    evidence.ask(story)
    service.prepare(story)
    faults = caseload.children_with_faults(story.seed, plan.children[0], plan.monday)
    evidence.answer(story)
    telling.meet_the_service(story)
    telling.send_list(story, Kind.CHILD, faults)
    story.it_is(-21, 10, 20)
    corrected = caseload.children_corrected(story.seed, plan.children[0], plan.monday)
    telling.send_list(story, Kind.CHILD, corrected)


def in_fieldwork(plan: Plan, cast: dict[DemoPerson, User], seed: str, now: datetime) -> None:
    story = sampled(plan, cast, seed, now)
    week.plan_the_week(story)
    service.ask_for_two_changes(story)
    discussions.write_reviews(story)
    telling.go_on_site(story)
    discussions.accept_one(story)
    telling.know_a_case(story)
    telling.read_cases(story, PART_READ)
    telling.check_reads(story)
    week.hold_the_week(story)
    discussions.write_up(story)
    voices.hear(story)


def sampled(plan: Plan, cast: dict[DemoPerson, User], seed: str, now: datetime) -> Telling:
    story = telling.plan_inspection(plan, cast, seed, now)
    telling.announce(story)
    telling.meet_the_service(story)
    story.it_is(-18, 11, 35)
    children = caseload.children(story.seed, plan.children[0], plan.monday, welsh=plan.welsh)
    lists = [telling.send_list(story, Kind.CHILD, children)]
    story.it_is(-18, 11, 50)
    lists.append(telling.send_list(story, Kind.VICTIM, caseload.victims(story.seed, plan.victims[0], plan.monday)))
    for minute, (sent, size) in enumerate(zip(lists, (plan.children[1], plan.victims[1]), strict=True)):
        telling.draw(story, sent, size, 10 + 20 * minute)
    telling.share_out(story)
    return story


def all_read(plan: Plan, cast: dict[DemoPerson, User], seed: str, now: datetime) -> Telling:
    story = sampled(plan, cast, seed, now)
    telling.go_on_site(story)
    telling.read_cases(story)
    if plan.has_concern:
        telling.raise_a_concern(story)
    findings.find(story)
    telling.close_fieldwork(story)
    return story


def service_told(plan: Plan, cast: dict[DemoPerson, User], seed: str, now: datetime) -> None:
    story = all_read(plan, cast, seed, now)
    meeting = telling.decide_all(story, 9, DECISIONS)
    telling.sign_off(story, 9, meeting)
    telling.tell_the_service(story, 11)


DECISIONS = {
    "V1.2": (
        "yes",
        "There is a strategy, a board champion and a budget, and victims' views changed two panels this year.",
    ),
    "V1": ("good", "Work in cases is uneven, but the organisation knows where and has begun to put it right."),
}
