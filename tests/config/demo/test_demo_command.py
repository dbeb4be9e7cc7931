"""manage.py demo: what it loads."""

from collections import Counter

import pytest
from django.db import transaction
from django.test import Client

from accounts import clock
from accounts.models import AuditEvent, User
from accounts.queries import demo_people
from cases.models import Answer, AnswerVersion, Case, CaseloadRow, Concern, EntryVersion, Review
from inspections.models import Inspection
from ratings.models import Meeting, Snapshot
from tests.config.demo.loading import THURSDAY, a_thursday, demo

pytestmark = pytest.mark.django_db
FLOORS = ((80, "outstanding"), (65, "good"), (50, "requires_improvement"), (0, "inadequate"))
SCORES = {"inadequate": 0, "requires_improvement": 1, "good": 2, "outstanding": 3}


@pytest.fixture(scope="module")
def _told(django_db_setup, django_db_blocker, tmp_path_factory):
    """Loading takes seconds: it is done once, on a Thursday, and taken back when the last test here has read it."""
    with django_db_blocker.unblock(), a_thursday(tmp_path_factory.mktemp("files")), transaction.atomic():
        demo()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def loaded(_told, settings) -> dict[str, Inspection]:
    settings.CLOCK = THURSDAY
    return {inspection.stage: inspection for inspection in Inspection.objects.all()}


def counted(inspection: Inspection, kind: str) -> tuple[int, int]:
    """Cases in the sample, and those of them that are sent."""
    cases = Case.objects.filter(inspection=inspection, kind=kind, left_at=None)
    return cases.count(), cases.filter(sent_at__isnull=False).count()


def test_the_four_inspections_are_at_their_stages(loaded):
    assert {stage: (found.service.name, found.nation, found.inspection_type) for stage, found in loaded.items()} == {
        "announced": ("Stockport", "england", "iyjwcv"),
        "fieldwork": ("Portsmouth", "england", "iyjwcv"),
        "rating": ("Gloucestershire", "england", "iyjs"),
        "told": ("Swansea", "wales", "iyjwcv"),
    }


def test_fieldwork_has_31_childrens_and_12_victims_cases_part_read(loaded):
    children, victims = counted(loaded["fieldwork"], "child"), counted(loaded["fieldwork"], "victim")
    assert (children[0], victims[0]) == (31, 12)
    assert 0 < children[1] < 31
    begun = Case.objects.filter(inspection=loaded["fieldwork"], started_at__isnull=False, sent_at=None)
    assert begun.exists()
    reviews = Review.objects.filter(discussion__inspection=loaded["fieldwork"]).order_by("discussion__number")
    came = [(each.accepted_at is not None, each.is_late, each.documents.count()) for each in reviews]
    assert came == [(True, False, 0), (False, False, 1)]
    first = reviews[0].discussion
    held = first.case.slot_cases.filter(slot__kind="multi_agency_discussion", slot__outcome="held").exists()
    assert EntryVersion.objects.filter(entry__discussion=first).count() == (8 if held else 0)


def test_the_week_has_interviews_meetings_themes_and_voices(loaded):
    inspection = loaded["fieldwork"]
    over = inspection.slots.filter(outcome="held", kind__in=("case_manager", "victim_worker"))
    assert {slot.interview.outcome for slot in over} == {"held"}
    assert [theme.direction for theme in inspection.themes.order_by("pk")] == [
        "strength",
        "strength",
        "improve",
        "note",
    ]
    assert (inspection.voices.count(), inspection.surveys.get().answered) == (4, 6)
    assert [bool(action.done_at) for action in inspection.catch_up_actions.order_by("day")] == [True, True, False]


@pytest.mark.parametrize("stage", ["rating", "told"])
def test_at_the_meeting_everything_is_read_and_sent(loaded, stage):
    for kind in ("child", "victim"):
        cases, sent = counted(loaded[stage], kind)
        assert cases == sent


def test_the_meeting_can_start_and_assessing_is_one_case_from_another_rating(loaded):
    assert not Meeting.objects.filter(inspection=loaded["rating"]).exists()
    assert Snapshot.objects.filter(
        inspection=loaded["rating"], evidence_version=loaded["rating"].evidence_version
    ).exists()
    yes, assessed = shares(loaded["rating"])["2.1.1"]
    assert (band(yes, assessed), band(yes - 1, assessed)) == ("good", "requires_improvement")


def shares(inspection: Inspection) -> dict[str, tuple[int, int]]:
    """Sufficient and assessed cases by key question, counted here."""
    found: Counter[tuple[str, str]] = Counter(
        Answer.objects.filter(inspection=inspection, is_key=True, case__left_at=None).values_list("question", "value")
    )
    codes = {code for code, _ in found}
    return {code: (found[code, "yes"], found[code, "yes"] + found[code, "no"]) for code in codes}


def band(sufficient: int, assessed: int) -> str:
    return next(rating for floor, rating in FLOORS if 100 * sufficient >= floor * assessed)


def test_the_welsh_outcome_equals_a_sum_done_by_hand(loaded):
    by_question = {code: band(*share) for code, share in shares(loaded["told"]).items()}
    lowest = [
        min((by_question[f"{standard}.{number}"] for number in (1, 2)), key=lambda rating: SCORES[rating])
        for standard in ("2.1", "2.2", "2.3")
    ]
    meeting = Meeting.objects.get(inspection=loaded["told"])
    chosen = meeting.decisions.get(item="V1").value
    assert (by_question["V1.1"], chosen) == ("requires_improvement", "good")
    total = sum(SCORES[rating] for rating in (*lowest, chosen))
    assert lowest == ["good", "requires_improvement", "outstanding"]
    assert (meeting.record["result"]["total"], meeting.record["result"]["overall"]) == (total, "good")
    assert 7 <= total <= 10


def test_two_people_signed_and_the_service_was_told(loaded):
    meeting = Meeting.objects.get(inspection=loaded["told"])
    assert sorted(meeting.signatures.values_list("role", flat=True)) == ["lead", "panel_chair"]
    assert meeting.outcome.told_by.email == "lead@demo.example"


def test_one_concern_was_raised_and_acknowledged_within_the_hour(loaded):
    concern = Concern.objects.get()
    assert concern.case.inspection == loaded["rating"]
    assert (concern.acknowledged_by.email, concern.escalated_at) == ("lead@demo.example", None)


def test_everybody_in_it_is_marked_as_invented(loaded):
    assert not User.objects.filter(is_demo=False).exists()
    assert not User.objects.exclude(email__endswith="@demo.example").exists()
    assert not CaseloadRow.objects.exclude(name__startswith="Demo ").exists()
    assert not CaseloadRow.objects.exclude(worker__startswith="Demo ").exists()


def test_nothing_happens_after_now_or_out_of_order(loaded):
    for inspection in loaded.values():
        times = list(
            AuditEvent.objects.filter(inspection=inspection.ref).order_by("position").values_list("at", flat=True)
        )
        assert times == sorted(times)
        assert times[-1] <= clock.now()


def test_every_answer_has_its_history_and_some_were_changed(loaded):
    answers = Counter(AnswerVersion.objects.values_list("answer", flat=True))
    assert all(answers[answer.pk] == answer.version for answer in Answer.objects.all())
    assert 2 in answers.values()


def test_everybody_can_sign_in_with_the_password_that_it_says(loaded):
    from_the_list = [line.split()[-1] for line in demo(people=True).splitlines() if line.endswith("@demo.example")]
    assert sorted(from_the_list) == sorted(demo_people().values_list("email", flat=True))
    password = demo(people=True).partition("“")[2].partition("”")[0]
    response = Client().post("/sign-in/", {"email": "lead@demo.example", "password": password})
    assert (response.status_code, response["Location"]) == (302, "/")
