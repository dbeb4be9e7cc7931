"""What happens in an inspection, step by step, each at the time at which it would."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from accounts import clock
from accounts.models import User
from cases.actions import concerns
from cases.actions.allocation import allocate
from cases.actions.caseload import accept_list, receive_list
from cases.actions.concerns import Account
from cases.actions.conflicts import know_case
from cases.actions.sample import choose_discussions, draw_sample, lock_sample, replace_case
from cases.models import CaseloadList, Kind, Told
from cases.queries.allocation import Suggest, shares_of
from cases.queries.sample import sample_of
from cases.rules.caseload import parse
from config.demo import people
from config.demo.checking import check
from config.demo.hours import fieldwork_shifts, it_is, on
from config.demo.judgements import key_answers
from config.demo.people import DemoPerson
from config.demo.plans import Plan
from config.demo.reading import read
from config.demo.words import AGENDA_ANSWERS, CONCERN, CONCERN_DONE, DECISIONS_MADE, WELSH_LETTER
from documents.actions import keep
from documents.models import Purpose
from inspections.actions import beginnings, reach_stage
from inspections.actions.inspections import create_inspection
from inspections.actions.team import add_member
from inspections.actions.timeline import record_step
from inspections.models import Inspection, Nation, Service, Stage
from inspections.queries.holidays import kept_holidays
from inspections.rules.beginnings import WEDNESDAY
from ratings.actions.decisions import decide
from ratings.actions.meetings import freeze, start
from ratings.actions.outcomes import tell_service
from ratings.actions.signatures import sign
from ratings.actions.snapshots import compute
from ratings.models import Meeting
from ratings.queries.meetings import Agenda, meeting_or_404, page_state
from ratings.views.pack import build
from standards import loader

KEY = "yj-2024"
GROUPS = ["sex", "ethnicity", "work_type"]


@dataclass
class Telling:
    """One inspection while it is told, on the days of its `plan` counted from the fieldwork Monday."""

    plan: Plan
    inspection: Inspection
    cast: dict[DemoPerson, User]
    seed: str
    now: datetime

    @property
    def lead(self) -> User:
        return self.cast[people.LEAD]

    @property
    def contact(self) -> User:
        return self.cast[self.plan.contact]

    def day(self, number: int) -> date:
        return self.plan.monday + timedelta(days=number)

    def it_is(self, day: int, hour: int, minute: int = 0) -> None:
        it_is(on(self.day(day), hour, minute))


def plan_inspection(plan: Plan, cast: dict[DemoPerson, User], seed: str, now: datetime) -> Telling:
    service = Service.objects.get(name=plan.service)
    service.contacts.create(person=cast[plan.contact])
    it_is(on(plan.monday - timedelta(days=54), 10, 20))
    inspection = create_inspection(
        by=cast[people.HEAD],
        service=service,
        inspection_type=plan.inspection_type,
        standards=loader.load(KEY),
        fieldwork_start=plan.monday,
        lead=cast[people.LEAD],
        holidays=kept_holidays(),
    )
    telling = Telling(plan, inspection, cast, f"{seed} {plan.service}", now)
    for minute, (person, role) in enumerate(plan.team):
        telling.it_is(-47, 14, minute)
        add_member(inspection=inspection, person=cast[person], role=role, by=telling.lead)
    return telling


def announce(telling: Telling) -> None:
    """The Welsh plan has no letter in Welsh of ours: the translator's text is stood for by a line that says so."""
    telling.it_is(-26, 9, 5)
    welsh = WELSH_LETTER if telling.inspection.nation == Nation.WALES else ""
    reason = "" if clock.today().weekday() == WEDNESDAY else "A bank holiday"
    begin = {"yjb_email": "yjb@demo.example", "reason": reason, "letter_cy": welsh}
    beginnings.announce(inspection=telling.inspection, by=telling.lead, **begin)


def meet_the_service(telling: Telling) -> None:
    telling.it_is(-24, 16, 30)
    beginnings.save_meeting(
        inspection=telling.inspection,
        version=0,
        answers=AGENDA_ANSWERS,
        decisions=DECISIONS_MADE,
        language="both" if telling.plan.welsh else "en",
        by=telling.lead,
    )
    telling.it_is(-24, 16, 40)
    happened(telling, "planning_meeting", -24)


def happened(telling: Telling, step: str, day: int) -> None:
    record_step(step=telling.inspection.timeline.get(step=step), day=telling.day(day), by=telling.lead)


def send_list(telling: Telling, kind: Kind, content: bytes) -> CaseloadList:
    return receive_list(
        by=telling.contact,
        inspection=telling.inspection,
        kind=kind,
        document=keep(by=telling.contact, purpose=Purpose.CASELOAD, label=f"{kind}-cases.csv", content=content),
        parsed=parse(content, kind, clock.today()),
    )


def draw(telling: Telling, caseload: CaseloadList, size: int, minute: int) -> None:
    """The list is accepted, and the sample drawn from it."""
    telling.it_is(-14, 9, minute)
    accept_list(by=telling.lead, caseload=caseload, reason="")
    telling.it_is(-14, 9, minute + 8)
    draw_sample(
        by=telling.lead,
        inspection=telling.inspection,
        kind=caseload.kind,
        size=size,
        groups=GROUPS if caseload.kind == Kind.CHILD else [],
        seed=telling.seed.replace(" ", "-").lower()[:32],
    )


def share_out(telling: Telling) -> None:
    """One case is replaced, two are chosen for discussion, everybody gets a fair share, the sample is locked."""
    telling.it_is(-12, 10, 15)
    replaced = sample_of(telling.inspection).filter(kind=Kind.CHILD)[3]
    replace_case(by=telling.lead, case=replaced, reason="The service asks us to leave this family in peace just now")
    telling.it_is(-12, 10, 40)
    children = sample_of(telling.inspection).filter(kind=Kind.CHILD)
    discussed = [case.ref for case in children[: telling.inspection.kind.multi_agency_discussions]]
    choose_discussions(by=telling.lead, inspection=telling.inspection, refs=discussed)
    telling.it_is(-11, 15, 30)
    give_as_suggested(telling)
    telling.it_is(-8, 9, 30)
    lock_sample(by=telling.lead, inspection=telling.inspection)


def give_as_suggested(telling: Telling) -> None:
    shares = shares_of(telling.inspection, typed={}, suggest=Suggest.ALL)
    readers = {item.case.ref: person for item, person in shares.rows}
    allocate(by=telling.lead, inspection=telling.inspection, readers=readers)


def know_a_case(telling: Telling) -> None:
    """Before reading begins an assistant sends a case back, and the lead inspector gives it to somebody else."""
    telling.it_is(0, 12, 40)
    reader = telling.cast[people.SECOND_ASSISTANT]
    known = sample_of(telling.inspection).filter(kind=Kind.CHILD, reader=reader)[0]
    know_case(by=reader, case=known, kind="person")
    telling.it_is(0, 12, 50)
    give_as_suggested(telling)


def go_on_site(telling: Telling) -> None:
    telling.it_is(0, 12, 30)
    reach_stage(inspection=telling.inspection, stage=Stage.FIELDWORK, by=telling.lead)
    happened(telling, "macd_reviews_due", 0)


def read_cases(telling: Telling, share: float = 1.0) -> None:
    cases = list(sample_of(telling.inspection).select_related("reader", "row"))
    keys: dict[tuple[str, str], str] = {}
    for kind, wanted in telling.plan.wanted.items():
        keys |= key_answers(telling.seed, [case.ref for case in cases if case.kind == kind], wanted)
    read(telling.seed, cases, keys, fieldwork_shifts(telling.plan.monday, telling.now), share)
    compute(inspection_id=telling.inspection.pk)


def raise_a_concern(telling: Telling) -> None:
    """On the Friday: the service knew of it already, and the lead inspector looked into it within the half hour."""
    telling.it_is(4, 13, 20)
    case = sample_of(telling.inspection).filter(kind=Kind.CHILD, reader=telling.cast[people.ASSISTANT])[0]
    told_at = on(telling.day(4), 13, 5)
    account = Account(CONCERN, Told.YES, "Team manager, in person", told_at)
    once = uuid5(NAMESPACE_URL, telling.seed)
    concern = concerns.raise_concern(by=telling.cast[people.ASSISTANT], case=case, once=once, account=account)
    telling.it_is(4, 13, 45)
    concerns.acknowledge(by=telling.lead, concern=concern, done=CONCERN_DONE)


def check_reads(telling: Telling) -> None:
    """After the last hours of reading that there were."""
    shifts = fieldwork_shifts(telling.plan.monday, telling.now)
    if shifts:
        it_is(shifts[-1].end)
        check(telling.inspection, telling.cast[people.QUALITY], telling.lead, telling.seed)


def close_fieldwork(telling: Telling) -> None:
    last = telling.inspection.kind.on_site.last_day
    telling.it_is(last, 14, 10)
    reach_stage(inspection=telling.inspection, stage=Stage.RATING, by=telling.lead)


def decide_all(telling: Telling, day: int, decisions: dict[str, tuple[str, str]]) -> Meeting:
    """Item to value and reason, in the order in which they are decided."""
    telling.it_is(day, 13, 30)
    chair = telling.cast[people.CHAIR]
    meeting = start(inspection=telling.inspection, by=chair)
    for number, (item, (value, reason)) in enumerate(decisions.items(), start=1):
        telling.it_is(day, 14, 10 * number)
        seen = Agenda(meeting_or_404(telling.inspection)).item(item).seen
        decide(meeting=meeting, item=item, value=value, reason=reason, seen=seen, by=chair)
    return meeting


def sign_off(telling: Telling, day: int, meeting: Meeting) -> None:
    telling.it_is(day, 15, 10)
    freeze(meeting=meeting, by=telling.cast[people.CHAIR])
    build(Inspection.objects.select_related("service").get(pk=meeting.inspection_id), telling.cast[people.CHAIR])
    for minute, person in ((20, people.CHAIR), (25, people.LEAD)):
        telling.it_is(day, 15, minute)
        sign(meeting=meeting, shown=page_state(meeting_or_404(telling.inspection)), by=telling.cast[person])


def tell_the_service(telling: Telling, day: int) -> None:
    telling.it_is(day, 10, 0)
    tell_service(
        inspection=telling.inspection,
        told_on=telling.day(day),
        told_how="Video call with the head of service and the chair of the board",
        by=telling.lead,
    )
