"""Two people sign what they read; a change since then is named, and after the second signature nothing moves."""

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import AuditEvent
from inspections.models import Inspection, Membership, Notification, Stage, TeamRole
from ratings.actions.meetings import AlreadySigned, NotFrozen, freeze, start, unfreeze
from ratings.actions.signatures import ChangedSinceOpened, NotASigner, sign
from ratings.models import Meeting
from ratings.queries.meetings import changed_since, meeting_of, page_state, recomputed
from tests.ratings.given import REASON, at_rating, changed, decided, frozen_meeting, meeting_started

pytestmark = pytest.mark.django_db


def again(meeting: Meeting) -> Meeting:
    found = meeting_of(meeting.inspection)
    assert found is not None
    return found


def state(meeting: Meeting) -> dict:
    return page_state(again(meeting))


@pytest.fixture
def meeting(people):
    return frozen_meeting(people)


@pytest.fixture
def signed(people, meeting):
    sign(meeting=meeting, shown=state(meeting), by=people.chair)
    sign(meeting=meeting, shown=state(meeting), by=people.lead)
    return again(meeting)


def test_the_second_signature_signs_the_ratings_off(people, meeting):
    sign(meeting=meeting, shown=state(meeting), by=people.lead)
    assert again(meeting).signed_at is None
    sign(meeting=meeting, shown=state(meeting), by=people.chair)
    assert again(meeting).signed_at is not None
    assert Inspection.objects.get(pk=meeting.inspection_id).stage == Stage.SIGNED
    signatures = [(found.role, found.record_digest) for found in again(meeting).signatures.all()]
    assert signatures == [("lead", meeting.record_digest), ("panel_chair", meeting.record_digest)]


def test_a_signature_is_in_the_log_with_the_digest(people, meeting):
    sign(meeting=meeting, shown=state(meeting), by=people.chair)
    event = AuditEvent.objects.filter(inspection=meeting.inspection.ref).first()
    assert (event.verb, event.detail) == (
        "signed the ratings",
        {"role": "panel_chair", "record_digest": meeting.record_digest},
    )


def test_nobody_signs_twice(people, meeting):
    sign(meeting=meeting, shown=state(meeting), by=people.chair)
    with pytest.raises(AlreadySigned, match=r"^You have signed as panel chair. Another person signs too$"):
        sign(meeting=meeting, shown=state(meeting), by=people.chair)


def test_one_person_cannot_sign_in_both_roles(people, meeting):
    """Not even one who was chair when they signed and is lead now."""
    sign(meeting=meeting, shown=state(meeting), by=people.chair)
    Membership.objects.filter(person=people.lead).update(role=TeamRole.DEPUTY)
    Membership.objects.filter(person=people.chair).update(role=TeamRole.LEAD)
    with pytest.raises(AlreadySigned):
        sign(meeting=meeting, shown=state(meeting), by=people.chair)


def test_two_people_cannot_sign_in_one_role(people, meeting):
    sign(meeting=meeting, shown=state(meeting), by=people.chair)
    Membership.objects.filter(person=people.chair).update(role=TeamRole.PANEL_MEMBER)
    Membership.objects.filter(person=people.member).update(role=TeamRole.PANEL_CHAIR)
    with pytest.raises(AlreadySigned, match=r"^Chair has already signed as panel chair$"):
        sign(meeting=meeting, shown=state(meeting), by=people.member)


@pytest.mark.parametrize("name", ["deputy", "member", "head", "assistant", "stranger"])
def test_only_chair_and_lead_sign(people, meeting, name):
    with pytest.raises(NotASigner):
        sign(meeting=meeting, shown=state(meeting), by=getattr(people, name))


def test_nothing_is_signed_before_it_is_frozen(people):
    meeting = meeting_started(people)
    with pytest.raises(NotFrozen):
        sign(meeting=meeting, shown=state(meeting), by=people.chair)


def test_an_answer_that_changed_after_the_page_was_opened_is_named(people, meeting):
    shown = state(meeting)
    changed(meeting.inspection, "C-11", "2.1.2", "yes")
    with pytest.raises(ChangedSinceOpened) as refused:
        sign(meeting=meeting, shown=shown, by=people.chair)
    assert refused.value.sentences == ["C-11 changed after you opened this page. Read the change, then sign"]
    sign(meeting=meeting, shown=state(meeting), by=people.chair)
    assert [change.key for change in changed_since(again(meeting))] == ["C-11 2.1.2"]


def test_a_decision_that_was_taken_again_is_named(people, meeting):
    shown = state(meeting)
    unfreeze(meeting=meeting, reason="To hear it again", by=people.lead)
    decided(meeting, people.chair, V1="outstanding")
    freeze(meeting=meeting, by=people.chair)
    with pytest.raises(ChangedSinceOpened) as refused:
        sign(meeting=meeting, shown=shown, by=people.lead)
    assert refused.value.sentences == ["V1 was decided again after you opened this page. Read the decision, then sign"]


def test_a_record_frozen_again_unchanged_is_the_same_record(people, meeting):
    shown = state(meeting)
    unfreeze(meeting=meeting, reason="To hear it again", by=people.lead)
    freeze(meeting=meeting, by=people.chair)
    sign(meeting=meeting, shown=shown, by=people.lead)


def test_a_change_after_sign_off_shows_as_changed_since_and_moves_nothing(signed):
    record = signed.record
    changed(signed.inspection, "C-11", "2.1.2", "yes")
    assert [change.key for change in changed_since(again(signed))] == ["C-11 2.1.2"]
    assert again(signed).record == record == recomputed(again(signed))


UPDATES = [
    "UPDATE ratings_meeting SET record = '{}'",
    "UPDATE ratings_meeting SET evidence = '{}'",
    "UPDATE ratings_meeting SET signed_at = NULL",
    "UPDATE ratings_meeting SET frozen_at = NULL, frozen_by_id = NULL, record = NULL, record_digest = ''",
    "DELETE FROM ratings_meeting",
]


@pytest.mark.parametrize("statement", UPDATES)
def test_the_database_refuses_to_change_a_signed_meeting(signed, statement):
    with pytest.raises(IntegrityError, match=r"nothing moves"), transaction.atomic():
        connection.cursor().execute(statement)


@pytest.mark.parametrize(
    ("statement", "refusal"),
    [
        ("UPDATE ratings_meeting SET record_digest = 'f'", "Someone has signed this record"),
        ("UPDATE ratings_meeting SET signed_at = now()", "A record is signed off by two"),
        ("UPDATE ratings_meeting SET evidence = '{}'", "The evidence of a meeting is stamped once"),
    ],
)
def test_the_database_keeps_what_one_person_has_signed(people, meeting, statement, refusal):
    sign(meeting=meeting, shown=state(meeting), by=people.chair)
    with pytest.raises(IntegrityError, match=refusal), transaction.atomic():
        connection.cursor().execute(statement)


def test_the_database_takes_no_decision_into_a_frozen_meeting(people, meeting):
    with pytest.raises(IntegrityError, match="The record of this meeting is frozen"), transaction.atomic():
        insert_decision(meeting, people)


def test_the_database_takes_no_decision_into_a_signed_meeting(people, signed):
    with pytest.raises(IntegrityError, match="The record of this meeting is frozen"), transaction.atomic():
        insert_decision(signed, people)


def insert_decision(meeting: Meeting, people) -> None:
    connection.cursor().execute(
        "INSERT INTO ratings_decision (meeting_id, item, value, reason, decided_at, decided_by_id) "
        "VALUES (%s, 'V1', 'outstanding', %s, now(), %s)",
        [meeting.pk, REASON, people.chair.pk],
    )


def test_the_database_takes_no_signature_over_another_record(people, meeting):
    with pytest.raises(IntegrityError, match=r"A signature is over the frozen record"), transaction.atomic():
        meeting.signatures.create(
            person=people.chair, role="panel_chair", record_digest="f" * 64, signed_at=meeting.frozen_at
        )


def test_no_third_signature_is_taken(people, signed):
    with pytest.raises(IntegrityError, match=r"A signature is over the frozen record"), transaction.atomic():
        signed.signatures.create(
            person=people.head, role="lead", record_digest=signed.record_digest, signed_at=signed.signed_at
        )


@pytest.mark.parametrize(("fewer", "is_needed"), [(3, True), (0, False)])
def test_the_early_steer_is_called_for_where_the_ratings_give_concern(people, fewer, is_needed):
    """9 of 14 are sufficient for 2.1.2: 6 would be a minority, which gives its standard the lowest rating."""
    inspection = at_rating(people)
    for number in range(1, fewer + 1):
        changed(inspection, f"C-{number:02d}", "2.1.2", "no")
    meeting = start(inspection=inspection, by=people.lead)
    decided(meeting, people.chair, V1_2="yes", V1="good")
    freeze(meeting=meeting, by=people.chair)
    step = inspection.timeline.create(
        step="yjb_early_steer", position=1, title="Early steer", planned="2027-06-25", anticipated="2027-06-25"
    )
    sign(meeting=meeting, shown=state(meeting), by=people.chair)
    assert (Notification.objects.count(), step.is_open) == (0, True)
    sign(meeting=meeting, shown=state(meeting), by=people.lead)
    step.refresh_from_db()
    words = "Give the Youth Justice Board an early steer by Friday 25 June 2027. Reading, "
    told = Notification.objects.filter(text__startswith=words).order_by("person__name")
    assert [one.person.name for one in told] == (["Head", "Lead"] if is_needed else [])
    assert (step.is_open, step.not_needed_by) == ((True, None) if is_needed else (False, people.lead))
