"""The four inspections: which service, what kind, how large, who, and what the case reads are to show."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from config.demo import people
from config.demo.calendar import Mondays
from config.demo.judgements import Wanted
from config.demo.people import DemoPerson
from inspections.models import TeamRole

Team = tuple[tuple[DemoPerson, TeamRole], ...]

ONE_WEEK, TWO_WEEKS = "iyjwcv", "iyjs"
PANEL: Team = ((people.CHAIR, TeamRole.PANEL_CHAIR), (people.MEMBER, TeamRole.PANEL_MEMBER))
SMALL_TEAM: Team = (
    (people.DEPUTY, TeamRole.DEPUTY),
    (people.ASSISTANT, TeamRole.ASSISTANT),
    (people.ASSESSOR, TeamRole.LOCAL_ASSESSOR),
    *PANEL,
)
LARGE_TEAM: Team = (
    (people.DEPUTY, TeamRole.DEPUTY),
    (people.ASSISTANT, TeamRole.ASSISTANT),
    (people.SECOND_ASSISTANT, TeamRole.ASSISTANT),
    (people.THIRD_ASSISTANT, TeamRole.ASSISTANT),
    (people.ASSESSOR, TeamRole.LOCAL_ASSESSOR),
    (people.SECOND_ASSESSOR, TeamRole.LOCAL_ASSESSOR),
    *PANEL,
)


@dataclass(frozen=True)
class Plan:
    """`children` and `victims`: how many are on the list, and how many of them are sampled."""

    service: str
    inspection_type: str
    monday: date
    team: Team
    children: tuple[int, int]
    victims: tuple[int, int]
    wanted: Mapping[str, Mapping[str, Wanted]] = field(default_factory=dict)
    welsh: bool = False
    has_concern: bool = False

    @property
    def contact(self) -> DemoPerson:
        return people.contact_of(self.service)


@dataclass(frozen=True)
class Plans:
    announced: Plan
    fieldwork: Plan
    meeting: Plan
    told: Plan

    def __iter__(self) -> Iterator[Plan]:
        return iter((self.announced, self.fieldwork, self.meeting, self.told))


def plans(mondays: Mondays) -> Plans:
    return Plans(
        announced=Plan("Stockport", ONE_WEEK, mondays.announced, SMALL_TEAM, (64, 0), (0, 0)),
        fieldwork=Plan(
            "Portsmouth", ONE_WEEK, mondays.fieldwork, LARGE_TEAM, (118, 31), (37, 12), wanted=IN_PORTSMOUTH
        ),
        meeting=Plan(
            "Gloucestershire",
            TWO_WEEKS,
            mondays.meeting,
            LARGE_TEAM,
            (83, 24),
            (29, 9),
            wanted=IN_GLOUCESTERSHIRE,
            has_concern=True,
        ),
        told=Plan("Swansea", ONE_WEEK, mondays.told, SMALL_TEAM, (47, 18), (16, 9), wanted=IN_SWANSEA, welsh=True),
    )


IN_PORTSMOUTH = {
    "child": {
        "2.1.1": Wanted(21),
        "2.1.2": Wanted(17, 1),
        "2.2.1": Wanted(22),
        "2.2.2": Wanted(16),
        "2.3.1": Wanted(25),
        "2.3.2": Wanted(20, 2),
    },
    "victim": {"V1.1": Wanted(8, 1)},
}
# 15 of 23 are 65.2%: with one sufficient case fewer, assessing would no longer be good.
IN_GLOUCESTERSHIRE = {
    "child": {
        "2.1.1": Wanted(15, 1),
        "2.1.2": Wanted(17),
        "2.2.1": Wanted(18),
        "2.2.2": Wanted(14),
        "2.3.1": Wanted(20),
        "2.3.2": Wanted(19, 1),
    },
    "victim": {"V1.1": Wanted(6)},
}
IN_SWANSEA = {
    "child": {
        "2.1.1": Wanted(13),
        "2.1.2": Wanted(12),
        "2.2.1": Wanted(10),
        "2.2.2": Wanted(11),
        "2.3.1": Wanted(15),
        "2.3.2": Wanted(14, 1),
    },
    "victim": {"V1.1": Wanted(5)},
}
