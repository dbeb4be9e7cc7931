"""One inspection from its plan to the outcome that its service reads, over HTTP, by everybody who has a part in it."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import AuditEvent
from inspections.models import Inspection, Membership, Service, Stage, TeamRole
from ratings.tasks import recompute_stale
from tests.cases.test_rules_caseload import CHILD, VICTIM, content
from tests.journeys.browser import Browser
from tests.pages import text_of
from tests.people import People
from tests.ratings.given import REASON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("products_role")]

REF = "YI-27-001"
HERE = f"/inspections/{REF}"
PAGES = {
    "home": f"{HERE}/",
    "sample": f"{HERE}/sample/",
    "progress": f"{HERE}/progress/",
    "ratings": f"{HERE}/panel/key-questions/",
    "meeting": f"{HERE}/panel/",
    "outcome": f"{HERE}/outcome/",
    "log": f"{HERE}/log/",
    "service": f"/service/{REF}/",
    "their outcome": f"/service/{REF}/outcome/",
}
TEAM = {
    "deputy": TeamRole.DEPUTY,
    "assistant": TeamRole.ASSISTANT,
    "assessor": TeamRole.LOCAL_ASSESSOR,
    "chair": TeamRole.PANEL_CHAIR,
    "member": TeamRole.PANEL_MEMBER,
}
NOBODYS = {"assessor": "", "outsider": "", "stranger": "", "analyst": ""}
DOORS = {
    "scheduled": {"lead": "home, log", "assistant": "home", "chair": "home", "quality": "", "contact": ""},
    "announced": {
        "lead": "home, sample, log",
        "assistant": "home, sample",
        "chair": "home",
        "quality": "",
        "contact": "service",
    },
    "fieldwork": {
        "lead": "home, sample, progress, ratings, log",
        "assistant": "home, sample, progress",
        "chair": "home",
        "quality": "home, sample, progress",
        "contact": "service",
    },
    "rating": {
        "lead": "home, sample, progress, ratings, meeting, log",
        "assistant": "home, sample, progress",
        "chair": "home, ratings, meeting",
        "quality": "home, sample, progress",
        "contact": "service",
    },
    "signed": {
        "lead": "home, sample, progress, ratings, meeting, outcome, log",
        "assistant": "home, sample, progress, outcome",
        "chair": "home, ratings, meeting, outcome",
        "quality": "home, sample, progress, outcome",
        "contact": "service",
    },
    "told": {
        "lead": "home, sample, progress, ratings, meeting, outcome, log",
        "assistant": "home, sample, progress, outcome",
        "chair": "home, ratings, meeting, outcome",
        "quality": "home, sample, progress, outcome",
        "contact": "service, their outcome",
    },
}
CHILDREN = [
    CHILD | {"local_reference": f"RD{number:03d}", "name": f"Demo Child {number}", "work_type": "Court"}
    for number in range(20)
]
VICTIMS = [
    VICTIM | {"local_reference": f"RV{number:03d}", "child_reference": f"RD{number:03d}", "victim_worker": "B"}
    for number in range(12)
]
NOT_SUFFICIENT = {"2.2.2": 5, "V1.1": 3}  # in so many cases; in all others the work is sufficient


class Inspectors:
    """Browsers of the people, opened when first needed."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.browsers: dict[str, Browser] = {}

    def __getitem__(self, name: str) -> Browser:
        if name not in self.browsers:
            self.browsers[name] = Browser(getattr(self.people, name))
        return self.browsers[name]

    def doors(self) -> dict[str, str]:
        """Which pages open to whom now."""
        return {
            name: ", ".join(page for page, path in PAGES.items() if self[name].client.get(path).status_code == 200)
            for name in ("lead", "assistant", "chair", "quality", "contact", *NOBODYS)
        }


@pytest.fixture
def by(people) -> Inspectors:
    return Inspectors(people)


def test_from_the_plan_to_the_outcome(by, people, settings):
    settings.CLOCK = "2027-04-20T10:00"
    plan(by, people)
    assert by.doors() == DOORS["scheduled"] | NOBODYS
    settings.CLOCK = "2027-05-12T09:00"
    announce(by)
    assert by.doors() == DOORS["announced"] | NOBODYS
    send_lists_and_draw(by)
    settings.CLOCK = "2027-06-07T12:00"
    start_fieldwork(by)
    assert by.doors() == DOORS["fieldwork"] | NOBODYS
    read_everything(by)
    settings.CLOCK = "2027-06-11T12:00"
    close_fieldwork(by)
    assert by.doors() == DOORS["rating"] | NOBODYS
    settings.CLOCK = "2027-06-16T13:00"
    meet(by)
    assert by.doors() == DOORS["rating"] | NOBODYS
    sign(by)
    assert by.doors() == DOORS["signed"] | NOBODYS
    settings.CLOCK = "2027-06-18T10:00"
    tell(by)
    assert by.doors() == DOORS["told"] | NOBODYS
    outcome = text_of(by["contact"].open("/").follow("Read the outcome").html)
    assert "Overall rating Good 2.1 Assessing Outstanding 2.2 Planning Requires improvement 2.3 Delivery" in outcome
    assert AuditEvent.objects.filter(inspection=REF, verb="answer saved").count() == 14 * 42 + 9 * 7


def plan(by: Inspectors, people: People) -> None:
    service = Service.objects.get(name="Reading")
    service.contacts.create(person=people.contact)
    head = by["head"].open("/").follow("Inspections").follow("Create")
    head.send(
        service=str(service.pk),
        nation="england",
        inspection_type="iyjwcv",
        standards="yj-2024",
        fieldwork_start="7 June 2027",
        lead=str(people.lead.pk),
    )
    assert head.path == f"{HERE}/"
    team = by["lead"].open("/").open(f"{HERE}/").follow("Team")
    for name, role in TEAM.items():
        team.send(person=str(getattr(people, name).pk), role=role)
    assert Membership.objects.filter(inspection__ref=REF, until=None).count() == len(TEAM) + 1


def announce(by: Inspectors) -> None:
    lead = by["lead"].open(f"{HERE}/").follow("Announce the inspection")
    lead.send(yjb_email="board@yjb.example", reason="The day on which this story begins")
    assert stage() == Stage.ANNOUNCED


def stage() -> str:
    return Inspection.objects.get(ref=REF).stage


def send_lists_and_draw(by: Inspectors) -> None:
    contact = by["contact"].open("/").follow("Send the lists of your cases")
    for kind, rows in (("child", CHILDREN), ("victim", VICTIMS)):
        contact.send(kind=kind, file=SimpleUploadedFile(f"{kind}.csv", content(*rows))).send(send="send")
    lead = by["lead"]
    for kind, size in (("child", "14"), ("victim", "9")):
        lead.open(f"{HERE}/sample/lists/{kind}/1/").send()
        lead.open(f"{HERE}/sample/choose/{kind}/").send(size=size)
    lead.open(f"{HERE}/sample/macd/").send(cases=["C-01", "C-02"])
    lead.open(f"{HERE}/sample/allocation/?suggest=1")
    lead.path = f"{HERE}/sample/allocation/"
    lead.send()
    assert "Every case has a reader" in text_of(lead.open(f"{HERE}/sample/").html)


def start_fieldwork(by: Inspectors) -> None:
    by["lead"].open(f"{HERE}/").follow("Start fieldwork").send(stage="fieldwork")
    assert stage() == Stage.FIELDWORK


def read_everything(by: Inspectors) -> None:
    inspection = Inspection.objects.get(ref=REF)
    for case in inspection.cases.select_related("reader"):
        reader = by[case.reader.email.partition("@")[0]]
        sections = ("2.1", "2.2", "2.3") if case.kind == "child" else ("V1",)
        for section in sections:
            reader.open(f"{HERE}/cases/{case.ref}/read/{section}/").send(
                **answers(reader.html, case.ref), then="continue"
            )
        reader.open(f"{HERE}/cases/{case.ref}/check/").send(confirmed=["record", "evidence", "names"])
        assert f"{case.ref} has been sent" in text_of(reader.html)
    recompute_stale()
    ratings = text_of(by["lead"].open(PAGES["ratings"]).html)
    assert "9 of 14 (64.3%): Requires improvement" in ratings
    assert "6 of 9 (66.7%): Good" in ratings


def answers(page: str, case: str) -> dict[str, str]:
    number = int(case.partition("-")[2])
    typed = {}
    for code in re.findall(r'data-question="([^"]*)"', page):
        typed[f"value-{code}"] = "no" if number <= NOT_SUFFICIENT.get(code, 0) else "yes"
        typed[f"evidence-{code}"] = f"Seen for {code}"
        typed[f"despite_reason-{code}"] = "What mattered most came too late"
    return typed


def close_fieldwork(by: Inspectors) -> None:
    lead = by["lead"].open(f"{HERE}/").follow("Progress")
    assert "23 of 23 cases sent" in text_of(lead.html)
    lead.follow("Close fieldwork").send()
    assert stage() == Stage.RATING


def meet(by: Inspectors) -> None:
    chair = by["chair"].open("/").open(PAGES["meeting"])
    chair.send()
    victims = f"{HERE}/panel/victims/"
    chair.open(victims).send(item="V1.2", value="yes", reason=REASON)
    chair.open(victims).send(item="V1", value="good", reason=REASON)
    chair.path = f"{HERE}/panel/freeze/"
    chair.send()


def sign(by: Inspectors) -> None:
    for name in ("chair", "lead"):
        page = by[name].open(f"{HERE}/panel/sign-off/")
        page.send(statement="on", name=name.title())
    assert stage() == Stage.SIGNED


def tell(by: Inspectors) -> None:
    lead = by["lead"].open("/").follow("Tell the service")
    lead.send(told_on="18 June 2027", told_how="In a call with the head of service")
    assert stage() == Stage.TOLD
