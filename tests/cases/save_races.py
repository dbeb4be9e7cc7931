"""The races that saving an answer stands, each with the guard that decides it and a way to take that guard away."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from threading import Event
from uuid import uuid4

from django.db import IntegrityError, OperationalError, connection, transaction

from accounts import clock
from accounts.actions import record
from accounts.models import AuditEvent
from cases.actions import answers
from cases.actions.answers import CaseClosed, Receipt
from cases.models import AnswerVersion, Case
from inspections.models import Inspection, Stage
from tests.answering import save, versions
from tests.people import People
from tests.races import at_once, behind_the_inspection, wait_until_somebody_waits

PROMPT, OTHER = "2.1.1a", "2.1.1b"
CASE_FIRST = """
WITH mine AS MATERIALIZED (
  SELECT c.id, c.inspection_id, c.ref, c.second_of_id FROM cases_case c
  WHERE c.id = %(case)s AND c.reader_id = %(by)s AND c.sent_at IS NULL AND c.left_at IS NULL FOR NO KEY UPDATE
), inspection AS MATERIALIZED (
  SELECT i.id, i.ref FROM mine JOIN inspections_inspection i ON i.id = mine.inspection_id
  WHERE i.id = %(inspection)s AND i.stage = %(stage)s FOR NO KEY UPDATE OF i
), own AS MATERIALIZED (
  SELECT mine.*, inspection.ref AS inspection_ref FROM mine JOIN inspection ON inspection.id = mine.inspection_id
"""


@dataclass(frozen=True)
class Scene:
    case: Case
    people: People

    def change(self, **fields: object) -> int:
        return Case.objects.filter(pk=self.case.pk).update(**fields)

    def reset(self) -> None:
        self.change(reader=self.people.assistant, sent_at=None, sent_by=None, left_at=None, left_reason="")
        self.stage(Stage.FIELDWORK)

    def stage(self, stage: Stage) -> int:
        return Inspection.objects.filter(pk=self.case.inspection_id).update(stage=stage)

    def save(self, question: str = PROMPT, evidence: str = "Heard.", **more: object) -> Callable[[], Receipt]:
        """A save on the answer as it is now, to be sent when it is called."""
        base = len(versions(self.case, question))
        sent = {"evidence": evidence, "base": base, "save_id": uuid4(), **more}
        return partial(save, self.case, self.people.assistant, question, **sent)

    def new_answers(self) -> None:
        """Nothing has been answered yet, as far as a save can see: past the triggers that keep records."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute("DELETE FROM cases_answerversion; DELETE FROM cases_answer")


def two_on_one_version(scene: Scene) -> bool:
    scene.save()()
    return kinds(behind_the_inspection([scene.save(evidence=text) for text in "ab"])) == ["Receipt", "StaleAnswer"]


def two_first_answers(scene: Scene) -> bool:
    scene.new_answers()
    return kinds(behind_the_inspection([scene.save(evidence=text) for text in "ab"])) == ["Receipt", "StaleAnswer"]


def one_save_twice(scene: Scene) -> bool:
    first, second = behind_the_inspection([scene.save()] * 2)
    return isinstance(first, Receipt) and first == second


def one_id_for_two(scene: Scene) -> bool:
    save_id = uuid4()
    calls = [scene.save(question, save_id=save_id) for question in (PROMPT, OTHER)]
    return kinds(behind_the_inspection(calls)) == ["Receipt", "SaveIdReused"]


def given_away(scene: Scene) -> bool:
    return refused_after(scene, lambda: scene.change(reader=scene.people.second_assistant))


def sent(scene: Scene) -> bool:
    return refused_after(scene, lambda: scene.change(sent_at=clock.now(), sent_by=scene.people.assistant))


def left(scene: Scene) -> bool:
    return refused_after(scene, lambda: scene.change(left_at=clock.now(), left_reason="Replaced"))


def closed(scene: Scene) -> bool:
    return refused_after(scene, lambda: scene.stage(Stage.RATING))


def refused_after(scene: Scene, meanwhile: Callable[[], int]) -> bool:
    before = AnswerVersion.objects.count()
    (result,) = behind_the_inspection([scene.save()], meanwhile)
    return isinstance(result, CaseClosed) and AnswerVersion.objects.count() == before


def counted_then_closed(scene: Scene) -> bool:
    """Whoever closes has counted what there is: nothing may come after it that they did not count."""
    counted: list[int] = []

    def close() -> None:
        scene.stage(Stage.RATING)

    before = AnswerVersion.objects.count()
    behind_the_inspection([scene.save()], lambda: (counted.append(before), close()))
    return counted == [AnswerVersion.objects.count()]


def against_the_order(scene: Scene) -> bool:
    """Whoever holds the inspection wants the case next. Two that hold what the other wants end in an error."""
    try:
        (result,) = behind_the_inspection([scene.save()], lambda: scene.change(is_macd=False))
    except OperationalError:
        return False
    return isinstance(result, Receipt)


def two_events(scene: Scene) -> bool:
    """Of one inspection: the second waits for the first, and both stand in one chain."""
    ref = scene.case.inspection.ref
    leave = partial(record, by=scene.people.lead, verb="tried", inspection=ref)
    before = AuditEvent.objects.filter(inspection=ref).count()
    results = behind_an_event(leave)
    places = AuditEvent.objects.filter(inspection=ref).order_by("-position").values_list("position", flat=True)
    return not any(isinstance(each, IntegrityError) for each in results) and list(places[:2]) == [
        before + 2,
        before + 1,
    ]


def behind_an_event(leave: Callable[[], AuditEvent]) -> list:
    left = Event()

    def first() -> AuditEvent:
        with transaction.atomic():
            event = leave()
            left.set()
            wait_until_somebody_waits()
        return event

    def second() -> AuditEvent:
        left.wait(30)
        return leave()

    return at_once([first, second])


def kinds(results: list[object]) -> list[str]:
    return sorted(type(result).__name__ for result in results)


@contextmanager
def saving_with(statement: str) -> Iterator[None]:
    whole = answers.SAVE
    assert statement != whole, "the guard is not where it was"
    answers.SAVE = statement
    try:
        yield
    finally:
        answers.SAVE = whole


def without(text: str, instead: str = "") -> Callable[[], AbstractContextManager[None]]:
    return lambda: saving_with(answers.SAVE.replace(text, instead, 1))


def case_before_inspection() -> AbstractContextManager[None]:
    rest = answers.SAVE[answers.SAVE.index("), given AS (") :]
    return saving_with(CASE_FIRST + rest)


@contextmanager
def chain_without_lock() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef('chain_audit_event'::regproc)")
        whole = cursor.fetchone()[0]
        lines = [line for line in whole.splitlines() if "pg_advisory_xact_lock" not in line]
        cursor.execute("\n".join(lines))
        try:
            yield
        finally:
            cursor.execute(whole)


@dataclass(frozen=True)
class Race:
    """`stands` says whether one round went well."""

    name: str
    guard: str
    stands: Callable[[Scene], bool]
    unguarded: Callable[[], AbstractContextManager[None]]

    def failures(self, scene: Scene, rounds: int) -> int:
        failed = 0
        for _ in range(rounds):
            scene.reset()
            failed += not self.stands(scene)
        return failed


RACES = [
    Race("two writers, one version", "the version compared", two_on_one_version, without("AND a.version = %(base)s")),
    Race(
        "two first answers",
        "one answer a question",
        two_first_answers,
        without("ON CONFLICT (case_id, question) DO NOTHING"),
    ),
    Race(
        "one save sent twice",
        "the id kept",
        one_save_twice,
        without("%(by)s, %(save_id)s", "%(by)s, gen_random_uuid()"),
    ),
    Race(
        "one id, two answers",
        "the id kept",
        one_id_for_two,
        without("%(by)s, %(save_id)s", "%(by)s, gen_random_uuid()"),
    ),
    Race("case given away", "the case's reader", given_away, without("AND c.reader_id = %(by)s")),
    Race("case given away, read before", "the case's lock", given_away, without("FOR NO KEY UPDATE OF c")),
    Race("case sent", "sent_at", sent, without("WHERE sent_at IS NULL OR EXISTS (SELECT FROM asked)")),
    Race("case left the sample", "left_at", left, without("AND c.left_at IS NULL")),
    Race("fieldwork closed", "the stage", closed, without("AND stage = %(stage)s")),
    Race(
        "counted, then closed",
        "the inspection's lock",
        counted_then_closed,
        without(" FOR NO KEY UPDATE\n), held", "\n), held"),
    ),
    Race("case and inspection wanted", "the order of locks", against_the_order, case_before_inspection),
    Race("two audit events", "the chain's lock", two_events, chain_without_lock),
]


@contextmanager
def quick_deadlocks() -> Iterator[None]:
    """A deadlock is found after a second otherwise."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        name = cursor.fetchone()[0]
        cursor.execute(f'ALTER DATABASE "{name}" SET deadlock_timeout = 20')
        try:
            yield
        finally:
            cursor.execute(f'ALTER DATABASE "{name}" RESET deadlock_timeout')
