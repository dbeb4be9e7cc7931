"""The races that deciding, signing and opening again stand, each with its guard and a way to take that guard away."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from threading import Event
from typing import Any
from unittest.mock import patch

from django.db import connection

from inspections.models import Inspection, Stage
from ratings.actions import decisions, signatures, versions
from ratings.actions.decisions import decide
from ratings.actions.meetings import freeze, start
from ratings.actions.signatures import ChangedSinceOpened, sign
from ratings.actions.versions import reopen
from ratings.models import Meeting
from ratings.queries.meetings import differences, meeting_or_404, page_state
from ratings.queries.versions import reopening_state
from tests.people import People
from tests.races import at_once
from tests.ratings.given import REASON, changed, decided

PATIENCE = 0.5  # seconds for the other to change an answer, if nothing keeps them from it
FORGET = "DELETE FROM ratings_signature; DELETE FROM ratings_decision; DELETE FROM ratings_meeting"


@dataclass(frozen=True)
class Scene:
    """One inspection whose cases have been sent; each round begins with a meeting of its own."""

    inspection: Inspection
    people: People

    def latest(self) -> Meeting:
        return meeting_or_404(Inspection.objects.get(pk=self.inspection.pk))

    def started(self) -> Meeting:
        """Everything before it is forgotten, as nothing but a test may."""
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
            cursor.execute(FORGET)
            cursor.execute("SET session_replication_role = origin")
        Inspection.objects.filter(pk=self.inspection.pk).update(stage=Stage.RATING)
        return start(inspection=self.inspection, by=self.people.lead)

    def frozen(self) -> Meeting:
        decided(self.started(), self.people.chair, V1_2="yes", V1="good")
        return freeze(meeting=self.latest(), by=self.people.chair)

    def signed(self) -> Meeting:
        self.frozen()
        for person in (self.people.chair, self.people.lead):
            sign(meeting=self.latest(), shown=page_state(self.latest()), by=person)
        return self.latest()


def kinds(results: list[object]) -> list[str]:
    return sorted(type(result).__name__ for result in results)


def two_decide(scene: Scene) -> bool:
    """Both have seen the same page; the second has not seen what the first decided."""
    meeting = scene.started()
    calls = [
        partial(decide, meeting=meeting, item="V1.2", value=value, reason=REASON, seen=0, by=by)
        for value, by in (("yes", scene.people.chair), ("no", scene.people.lead))
    ]
    return kinds(at_once(calls)) == ["DecidedMeanwhile", "Decision"] and meeting.decisions.count() == 1


def answer_changes(scene: Scene) -> bool:
    """Whoever signs has read the change, or signs before it: the time of the signature is before that of the answer."""
    scene.frozen()
    now = {answer["case"]: answer["value"] for answer in scene.latest().evidence["answers"]}["C-01"]
    value = "no" if now == "yes" else "yes"
    shown, meeting = page_state(scene.latest()), scene.latest()
    comparing, done = Event(), Event()

    def compared(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
        found = differences(before, after)
        comparing.set()
        done.wait(PATIENCE)
        return found

    def change_meanwhile() -> None:
        """Between the comparison and the signature, where nothing keeps it from that."""
        comparing.wait(30)
        changed(scene.inspection, "C-01", "2.3.2", value)
        done.set()

    with patch.object(signatures, "differences", compared):
        signature, change = at_once(
            [partial(sign, meeting=meeting, shown=shown, by=scene.people.chair), change_meanwhile]
        )
    if change is not None:
        return False
    answer = scene.inspection.cases.get(ref="C-01").answers.get(question="2.3.2")
    return isinstance(signature, ChangedSinceOpened) or signature.signed_at < answer.changed_at


def two_sign(scene: Scene) -> bool:
    """Chair and lead at the same moment: whoever is second signs the ratings off."""
    meeting = scene.frozen()
    shown = page_state(scene.latest())
    both = [partial(sign, meeting=meeting, shown=shown, by=by) for by in (scene.people.chair, scene.people.lead)]
    results = kinds(at_once(both))
    stage = Inspection.objects.get(pk=scene.inspection.pk).stage
    return (results, stage, bool(scene.latest().signed_at)) == (["Signature", "Signature"], Stage.SIGNED, True)


def two_open(scene: Scene) -> bool:
    """Two heads of programme: the second is told that the ratings are open."""
    shown = reopening_state(scene.signed())
    again = partial(reopen, inspection=scene.inspection, because=REASON, shown=shown, by=scene.people.head)
    return kinds(at_once([again, again])) == ["AlreadyOpen", "Meeting"] and Meeting.objects.count() == 2


def unlocked(meeting: Meeting) -> Meeting:
    return Meeting.objects.select_related("inspection").get(pk=meeting.pk)


def unheld(inspection_id: int) -> Inspection:
    return Inspection.objects.select_related("service").get(pk=inspection_id)


@contextmanager
def without(*guards: tuple[object, str, Callable]) -> Iterator[None]:
    patches = [patch.object(module, name, instead) for module, name, instead in guards]
    for each in patches:
        each.start()
    try:
        yield
    finally:
        for each in patches:
            each.stop()


def meeting_unlocked() -> AbstractContextManager[None]:
    return without((decisions, "lock", unlocked))


def inspection_unheld() -> AbstractContextManager[None]:
    return without((signatures, "held", unheld))


def nothing_held() -> AbstractContextManager[None]:
    """Nor does the log, in which the second of two waits for the first."""
    return without(
        (signatures, "held", unheld), (signatures, "lock", unlocked), (signatures, "record", lambda **_: None)
    )


def opening_unheld() -> AbstractContextManager[None]:
    return without((versions, "held", unheld))


@dataclass(frozen=True)
class Race:
    """`stands` says whether one round went well."""

    name: str
    guard: str
    stands: Callable[[Scene], bool]
    unguarded: Callable[[], AbstractContextManager[None]]

    def failures(self, scene: Scene, rounds: int) -> int:
        return sum(not self.stands(scene) for _ in range(rounds))


RACES = [
    Race("two decide one item", "the meeting's lock", two_decide, meeting_unlocked),
    Race("an answer changes, one signs", "the inspection's lock", answer_changes, inspection_unheld),
    Race("chair and lead sign", "both locks, and the log's", two_sign, nothing_held),
    Race("two open signed ratings", "the inspection's lock", two_open, opening_unheld),
]
