"""Two people at the same moment: one decides, one signs off, and a record never holds half of anything."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from cases.models import Answer
from inspections.actions.refused import Refused
from inspections.models import Inspection
from ratings.actions.decisions import decide
from ratings.actions.meetings import freeze, start
from ratings.actions.signatures import ChangedSinceOpened, sign
from ratings.models import Meeting
from ratings.queries.meetings import Agenda, meeting_of, page_state, recomputed
from tests.ratings.given import REASON, at_rating, changed, decided, frozen_meeting, meeting_started

pytestmark = pytest.mark.django_db(transaction=True)

REPEATS = 30


def again(meeting: Meeting) -> Meeting:
    found = meeting_of(Inspection.objects.get(pk=meeting.inspection_id))
    assert found is not None
    return found


def at_once(*actions: Callable[[], object]) -> list[object]:
    """What each gave or raised. Each runs in a thread of its own, with a connection of its own."""
    barrier = Barrier(len(actions))

    def run(action: Callable[[], object]) -> object:
        barrier.wait()
        try:
            return action()
        except Refused as problem:
            return problem
        finally:
            connection.close()

    with ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(run, actions))


def refused(results: list[object]) -> int:
    return sum(isinstance(result, Refused) for result in results)


def forget(inspection: Inspection) -> None:
    """Takes the meeting away, as nothing but a test may, for the next round."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("DELETE FROM ratings_signature")
        cursor.execute("DELETE FROM ratings_decision")
        cursor.execute("DELETE FROM ratings_meeting")
        cursor.execute("UPDATE inspections_inspection SET stage = 'rating' WHERE id = %s", [inspection.pk])
        cursor.execute("SET session_replication_role = origin")


@pytest.mark.slow
def test_two_who_start_the_meeting_start_it_once(people):
    inspection = at_rating(people)
    for _ in range(REPEATS):
        results = at_once(
            lambda: start(inspection=inspection, by=people.lead), lambda: start(inspection=inspection, by=people.chair)
        )
        assert (refused(results), Meeting.objects.count()) == (1, 1)
        forget(inspection)


@pytest.mark.slow
def test_two_who_decide_one_item_from_the_same_page_leave_one_decision(people):
    meeting = meeting_started(people)
    for number in range(1, REPEATS + 1):
        seen = Agenda(again(meeting)).item("V1.2").seen

        def decide_as(value, by, seen=seen):
            return lambda: decide(meeting=meeting, item="V1.2", value=value, reason=REASON, seen=seen, by=by)

        results = at_once(decide_as("yes", people.chair), decide_as("no", people.lead))
        assert (refused(results), meeting.decisions.count()) == (1, number)


@pytest.mark.slow
def test_a_decision_during_the_freeze_is_in_the_record_or_refused(people):
    meeting = meeting_started(people)
    inspection = meeting.inspection
    for _ in range(REPEATS):
        decided(meeting, people.chair, V1_2="yes", V1="good")
        seen = Agenda(again(meeting)).item("V1").seen
        arguments = {"meeting": meeting, "item": "V1", "value": "outstanding", "reason": REASON, "seen": seen}
        at_once(
            lambda arguments=arguments: decide(**arguments, by=people.lead),
            lambda meeting=meeting: freeze(meeting=meeting, by=people.chair),
        )
        frozen = again(meeting)
        assert [found["value"] for found in frozen.record["decisions"]] == [
            found.value for found in frozen.decisions.all()
        ]
        assert recomputed(frozen) == frozen.record
        forget(inspection)
        meeting = start(inspection=inspection, by=people.lead)


@pytest.mark.slow
def test_two_who_sign_at_once_sign_it_off(people):
    meeting = frozen_meeting(people)
    inspection = meeting.inspection
    for _ in range(REPEATS):
        shown = page_state(again(meeting))
        results = at_once(
            lambda meeting=meeting, shown=shown: sign(meeting=meeting, shown=shown, by=people.chair),
            lambda meeting=meeting, shown=shown: sign(meeting=meeting, shown=shown, by=people.lead),
        )
        assert refused(results) == 0
        assert again(meeting).signed_at is not None
        assert Inspection.objects.get(pk=inspection.pk).stage == "signed"
        forget(inspection)
        meeting = frozen_again(inspection, people)


@pytest.mark.slow
def test_one_who_signs_twice_at_once_signs_once(people):
    meeting = frozen_meeting(people)
    inspection = meeting.inspection
    for _ in range(REPEATS):
        shown = page_state(again(meeting))
        both = lambda meeting=meeting, shown=shown: sign(meeting=meeting, shown=shown, by=people.chair)  # noqa: E731
        results = at_once(both, both)
        assert (refused(results), meeting.signatures.count(), again(meeting).signed_at) == (1, 1, None)
        forget(inspection)
        meeting = frozen_again(inspection, people)


@pytest.mark.slow
def test_an_answer_that_changes_during_sign_off_refuses_it_or_comes_after_it(people):
    """Both take the inspection's row first, so the times that they write say which came first."""
    meeting = frozen_meeting(people)
    for number in range(REPEATS):
        shown = page_state(again(meeting))
        case = f"C-{number % 14 + 1:02d}"
        signature, _ = at_once(
            lambda shown=shown: sign(meeting=meeting, shown=shown, by=people.chair),
            lambda case=case: changed(meeting.inspection, case, "2.1.2", "yes"),
        )
        moved = Answer.objects.get(case__ref=case, question="2.1.2").changed_at
        if isinstance(signature, ChangedSinceOpened):
            assert signature.sentences == [f"{case} changed after you opened this page. Read the change, then sign"]
        else:
            assert signature.signed_at < moved
        forget_signatures()


def frozen_again(inspection: Inspection, people) -> Meeting:
    meeting = start(inspection=inspection, by=people.lead)
    decided(meeting, people.chair, V1_2="yes", V1="good")
    return freeze(meeting=meeting, by=people.chair)


def forget_signatures() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("DELETE FROM ratings_signature")
        cursor.execute("SET session_replication_role = origin")
