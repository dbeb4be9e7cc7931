"""Everything that is called, on loaded data: the floors, and the pages and saves of the product."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarks import data, floors, sixty, standards
from benchmarks.browser import Answer, Browser
from benchmarks.case_read import ReadPage, Saving
from benchmarks.checks import expect
from benchmarks.lists import Lists
from benchmarks.ratings import Ratings, start_meeting
from benchmarks.report import Line
from benchmarks.timing import Subject
from benchmarks.writers import WRITERS, Writer, Writers
from inspections.models import Inspection, TeamRole

PEOPLE = ["head", "lead", "reader", "newcomer", "outsider"]
EIGHT = [f"writer{number}" for number in range(WRITERS)]
QUESTIONS = 14  # of the section of the product's own standards
CHILDREN, VICTIMS, MANY_CHILDREN = 40, 12, 400
PANEL_CHILDREN, PANEL_VICTIMS = 91, 24
FEW = 20


@dataclass
class Stage:
    floors: list[Subject]
    pages: list[Subject]
    reads: list[ReadPage]
    saving: Saving
    writers: Writers
    ratings: Ratings
    lists: Lists
    description: str

    @property
    def subjects(self) -> list[Subject]:
        return [*self.floors, *self.pages]

    def check(self) -> None:
        for read in self.reads:
            read.check()
        self.ratings.check()
        self.lists.check()

    def check_saves(self) -> None:
        self.saving.check()
        self.writers.check()

    def lines(self) -> list[Line]:
        floor = {subject.name[:2]: subject.milliseconds for subject in self.floors}
        return [line(subject, floor) for subject in self.subjects]


def load(*, inspections: int, answered: int) -> Stage:
    people = data.people([*PEOPLE, *EIGHT])
    made = data.inspections(inspections, people["head"])
    measured = made[:answered]
    data.team(measured, people["lead"], TeamRole.LEAD)
    data.team(made, people["reader"], TeamRole.ASSISTANT)
    data.team(made[:FEW], people["newcomer"], TeamRole.ASSISTANT)
    for inspection in measured:
        children = MANY_CHILDREN if inspection == made[1] else CHILDREN
        data.sample(inspection, data.Kind.CHILD, children, people["reader"])
        data.sample(inspection, data.Kind.VICTIM, VICTIMS, people["reader"])
    (panel,) = data.inspections(1, people["head"], first=inspections + 1)
    data.team([panel], people["lead"], TeamRole.LEAD)
    data.sample(panel, data.Kind.CHILD, PANEL_CHILDREN, people["reader"])
    data.sample(panel, data.Kind.VICTIM, PANEL_VICTIMS, people["reader"])
    answers = data.answers([*(inspection for inspection in measured if inspection != made[1]), panel])
    start_meeting(panel, people["lead"])
    of_sixty = sixty.inspection(people["head"], [people[name] for name in EIGHT], number=inspections)
    application = WSGIHandler()
    browsers = {name: signed_in(application, person.email) for name, person in people.items()}
    first, second = made[0].cases.all()[:2]
    eight = [
        Writer(case, browsers[name], number)
        for number, (name, case) in enumerate(zip(EIGHT, of_sixty.cases.all(), strict=True))
    ]
    reads = [
        ReadPage(first, QUESTIONS, browsers["reader"], browsers["outsider"]),
        ReadPage(eight[0].case, standards.QUESTIONS, eight[0].browser, browsers["outsider"]),
    ]
    saving = Saving(first, browsers["reader"])
    ratings = Ratings(made[0], panel, browsers["lead"], browsers["outsider"])
    lists = Lists(made[0], made[1], browsers)
    measured_pages = [reads[0].subject(), reads[1].subject(bar=3), saving.subject(bar=1.5)]
    return Stage(
        floors=make_floors(made[0], second.answers.first().pk, browsers["lead"]),
        pages=[*measured_pages, *ratings.subjects(), *lists.subjects()],
        reads=reads,
        saving=saving,
        writers=Writers(eight),
        ratings=ratings,
        lists=lists,
        description=f"{inspections:,} inspections, {answered:,} of them with {answers:,} answers together.",
    )


def make_floors(inspection: Inspection, answer: int, lead: Browser) -> list[Subject]:
    with override_settings(MIDDLEWARE=[]):
        nobody = Browser(WSGIHandler())
    select, update = reverse("floor-select", args=[inspection.ref]), reverse("floor-update", args=[answer])
    return [
        Subject("F0 bare view, no middleware", partial(expect, nobody.get, reverse("floor-bare"))),
        Subject("FA signed in, one SELECT", partial(expect, lead.get, select), "F0"),
        Subject("FU the same with one UPDATE", partial(expect, partial(lead.post, fields={}), update), "FA"),
        Subject("FG bare GROUP BY over all answers", floors.rows_of, "FA", every=10),
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
        bar=subject.bar,
        queries=len(captured),
        size=len(page.body) if page else None,
        gzipped=page.gzipped if page else None,
    )


def signed_in(application: WSGIHandler, email: str) -> Browser:
    browser = Browser(application)
    browser.sign_in(reverse("accounts:sign-in"), email, data.PASSWORD)
    return browser
