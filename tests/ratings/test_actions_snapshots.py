"""Provisional ratings keep up with the answers: once, however often they are asked for."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import OperationalError, connection, transaction

from cases.models import Kind
from inspections.actions import mark_evidence_changed
from inspections.models import Inspection, Stage
from ratings.actions.snapshots import compute
from ratings.models import Snapshot
from ratings.queries import snapshots
from ratings.rules import node_from_json
from ratings.tasks import recompute_stale
from tests.factories import InspectionFactory, inspection_with_team, sampled_cases
from tests.races import at_once
from tests.ratings.given import CHILDREN, answered, changed

REPEATS = 30


@pytest.fixture
def inspection(people, db):
    inspection = inspection_with_team(people)
    children = sampled_cases(inspection, Kind.CHILD, 14)
    answered(children, dict.fromkeys(CHILDREN, "y" * 10 + "n" * 4), people.assistant)
    answered(sampled_cases(inspection, Kind.VICTIM, 9), {"V1.1": "y" * 6 + "n" * 3}, people.assistant)
    inspection.refresh_from_db()
    return inspection


def versions(inspection: Inspection) -> list[int]:
    return list(inspection.snapshots.order_by("evidence_version").values_list("evidence_version", flat=True))


@pytest.mark.django_db
def test_the_result_is_kept_with_its_trace_under_the_version_that_it_was_counted_at(inspection):
    snapshot = compute(inspection_id=inspection.pk)
    assert (snapshot.evidence_version, snapshot.overall) == (2, "")
    ratings = {code: found["rating"] for code, found in snapshot.result["standards"].items()}
    assert ratings == {"2.1": "good", "2.2": "good", "2.3": "good", "V1": None}
    assert node_from_json(snapshot.result["trace"]).find("V1.1.count").words == "6 of 9 (66.7%)"


@pytest.mark.django_db
def test_a_second_run_without_a_change_computes_nothing(inspection):
    first = compute(inspection_id=inspection.pk)
    assert compute(inspection_id=inspection.pk) is None
    assert list(inspection.snapshots.all()) == [first]


@pytest.mark.django_db
def test_ten_saves_cost_one_computation(inspection):
    for number in range(1, 11):
        changed(inspection, f"C-{number:02d}", "2.1.1", "yes")
    recompute_stale()
    assert versions(inspection) == [12]


@pytest.mark.django_db
def test_an_older_result_is_kept_only_where_a_rating_changed_after_it(inspection):
    compute(inspection_id=inspection.pk)
    changed(inspection, "C-11", "2.1.1", "yes")  # 11 of 14: Good as before
    compute(inspection_id=inspection.pk)
    assert versions(inspection) == [3]
    changed(inspection, "C-12", "2.1.1", "yes")  # 12 of 14: Outstanding
    compute(inspection_id=inspection.pk)
    assert versions(inspection) == [3, 4]


@pytest.mark.django_db
@pytest.mark.parametrize("stage", Stage)
def test_ratings_are_computed_from_fieldwork_until_they_are_signed(people, stage):
    inspection = InspectionFactory(created_by=people.head, stage=stage)
    expected = [inspection.pk] if stage in (Stage.FIELDWORK, Stage.RATING) else []
    assert list(snapshots.stale().values_list("pk", flat=True)) == expected


@pytest.mark.django_db
def test_one_inspection_that_cannot_be_computed_holds_up_no_other(inspection, people, caplog):
    broken = InspectionFactory(created_by=people.head, service__name="Derby", standards_key="yj-1999")
    recompute_stale()
    assert versions(inspection) == [2]
    assert versions(broken) == []
    assert [line.message for line in caplog.records] == [f"The ratings of inspection {broken.pk} could not be computed"]


@pytest.mark.django_db(transaction=True)
def test_a_change_that_commits_during_the_computation_makes_it_stale_not_wrong(inspection):
    compute(inspection_id=inspection.pk)
    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        changed(inspection, "C-14", "2.1.1", "yes")
        pool.submit(in_its_own_connection, inspection.pk).result()
    assert versions(inspection) == [2]
    assert [found.pk for found in snapshots.stale()] == [inspection.pk]
    assert compute(inspection_id=inspection.pk).evidence_version == 3


@pytest.mark.django_db(transaction=True)
def test_twins_compute_once(inspection):
    """Each round one change, two computations at the same moment: one does it, the other has nothing to do."""
    for _ in range(REPEATS):
        mark_evidence_changed(inspection.pk)
        with ThreadPoolExecutor(2) as pool:
            barrier = Barrier(2)
            found = [done.result() for done in [pool.submit(together, barrier, inspection.pk) for _ in range(2)]]
        assert len([snapshot for snapshot in found if snapshot]) == 1
    assert Snapshot.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_dies_in_the_middle_leaves_the_whole_to_the_next(inspection):
    """Its connection breaks before the commit, as when it is killed."""

    def dies() -> None:
        with transaction.atomic():
            assert compute(inspection_id=inspection.pk)
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    assert [type(error) for error in at_once([dies])] == [OperationalError]
    assert versions(inspection) == []
    assert at_once([recompute_stale] * 4) == [None] * 4
    assert versions(inspection) == [inspection.evidence_version]


def together(barrier: Barrier, inspection_id: int) -> Snapshot | None:
    barrier.wait()
    return in_its_own_connection(inspection_id)


def in_its_own_connection(inspection_id: int) -> Snapshot | None:
    try:
        return compute(inspection_id=inspection_id)
    finally:
        connection.close()
