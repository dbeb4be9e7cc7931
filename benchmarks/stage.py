"""Everything that is called, on loaded data: the floors, and the pages and saves of the product."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarks import data, floors
from benchmarks.browser import Answer, Browser
from benchmarks.case_read import CaseRead
from benchmarks.checks import expect, require
from benchmarks.report import Line
from benchmarks.timing import Subject
from inspections.models import Inspection, TeamRole
from ratings.actions.snapshots import compute
from ratings.queries import evidence

PEOPLE = ["head", "lead", "reader", "few", "outsider"]
CHILDREN, VICTIMS = 40, 12
MANY_CASES, FEW_INSPECTIONS = 400, 20


@dataclass
class Stage:
    floors: list[Subject]
    pages: list[Subject]
    case_read: CaseRead
    description: str

    @property
    def subjects(self) -> list[Subject]:
        return [*self.floors, *self.pages]

    def check(self) -> None:
        self.case_read.check_page()

    def check_saves(self) -> None:
        self.case_read.check_saves()

    def lines(self) -> list[Line]:
        floor = {subject.name[:2]: subject.milliseconds for subject in self.floors}
        return same_queries([line(subject, floor) for subject in self.subjects])


def load(*, inspections: int, answered: int) -> Stage:
    people = data.people(PEOPLE)
    made = data.inspections(inspections, people["head"])
    measured = made[:answered]
    data.team(measured, people["lead"], TeamRole.LEAD)
    data.team(measured, people["reader"], TeamRole.ASSISTANT)
    for inspection in measured:
        data.sample(inspection, data.Kind.CHILD, CHILDREN, people["reader"])
        data.sample(inspection, data.Kind.VICTIM, VICTIMS, people["reader"])
    answers = data.answers(measured)
    application = WSGIHandler()
    browsers = {name: signed_in(application, person.email) for name, person in people.items()}
    first, second = made[0].cases.all()[:2]
    case_read = CaseRead(first, browsers["reader"], browsers["outsider"])
    large = made[answered]
    data.team([large], people["lead"], TeamRole.LEAD)
    data.sample(large, data.Kind.CHILD, MANY_CASES, people["reader"])
    data.team(made[:FEW_INSPECTIONS], people["few"], TeamRole.DEPUTY)
    compute(inspection_id=made[0].pk)
    return Stage(
        floors=make_floors(made[0], second.answers.first().pk, browsers["lead"]),
        pages=[*case_read.subjects(), *lists(made[0], large, browsers)],
        case_read=case_read,
        description=f"{inspections:,} inspections, {answered:,} of them with {answers:,} answers together.",
    )


def lists(inspection: Inspection, large: Inspection, browsers: dict[str, Browser]) -> list[Subject]:
    """Short and long ones of a kind must cost the same number of queries: same_queries compares them."""
    lead = browsers["lead"].get
    ratings, every = reverse("ratings:key-questions", args=[inspection.ref]), reverse("inspections:list")
    return [
        Subject("Ratings of one inspection", partial(expect, lead, ratings), "FA"),
        Subject("Counting its answers", partial(tallied_once, inspection), "FA"),
        Subject(f"Sample list, {CHILDREN + VICTIMS} cases", partial(expect, lead, sample_of(inspection)), "FA"),
        Subject(f"Sample list, {MANY_CASES} cases", partial(expect, lead, sample_of(large)), "FA", every=5),
        Subject(f"Inspections list, {FEW_INSPECTIONS}", partial(expect, browsers["few"].get, every), "FA"),
        Subject("Inspections list, all", partial(expect, browsers["head"].get, every), "FA"),
    ]


def sample_of(inspection: Inspection) -> str:
    return reverse("cases:sample", args=[inspection.ref])


def tallied_once(inspection: Inspection) -> int:
    return len(evidence.tallied(evidence.counting(inspection.pk)))


def make_floors(inspection: Inspection, answer: int, lead: Browser) -> list[Subject]:
    with override_settings(MIDDLEWARE=[]):
        nobody = Browser(WSGIHandler())
    select, update = reverse("floor-select", args=[inspection.ref]), reverse("floor-update", args=[answer])
    return [
        Subject("F0 bare view, no middleware", partial(expect, nobody.get, reverse("floor-bare"))),
        Subject("FA signed in, one SELECT", partial(expect, lead.get, select), "F0"),
        Subject("FU the same with one UPDATE", partial(expect, partial(lead.post, fields={}), update), "FA"),
        Subject("FG bare GROUP BY over all answers", floors.group_by, "FA", every=10),
    ]


def line(subject: Subject, floor: dict[str, float]) -> Line:
    with CaptureQueriesContext(connection) as captured:
        answer = subject.call()
    page = answer if isinstance(answer, Answer) else None
    return Line(
        what=subject.name,
        milliseconds=subject.milliseconds,
        cpu_milliseconds=subject.cpu_milliseconds,
        against=subject.floor,
        ratio=subject.milliseconds / floor[subject.floor] if subject.floor else None,
        queries=len(captured),
        size=len(page.body) if page else None,
        gzipped=page.gzipped if page else None,
    )


def same_queries(lines: list[Line]) -> list[Line]:
    for kind in ("Sample list", "Inspections list"):
        counts = {line.queries for line in lines if line.what.startswith(kind)}
        require(len(counts) == 1, f"{kind} costs the same number of queries whatever its length ({counts})")
    return lines


def signed_in(application: WSGIHandler, email: str) -> Browser:
    browser = Browser(application)
    browser.sign_in(reverse("accounts:sign-in"), email, data.PASSWORD)
    return browser
