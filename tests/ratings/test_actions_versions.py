"""Signed ratings are opened again as a new version; the version before stays, and the service sees what it was told."""

import pytest
from django.db import IntegrityError, connection, transaction

from accounts import clock
from accounts.models import AuditEvent
from inspections.models import Inspection, Membership, Notification, Stage, TeamRole
from ratings.actions.decisions import decide
from ratings.actions.meetings import AlreadySigned, NotFrozen, freeze
from ratings.actions.outcomes import tell_service
from ratings.actions.signatures import ChangedSinceOpened, sign
from ratings.actions.versions import AlreadyOpen, NothingToReturn, give_back, reopen
from ratings.models import Meeting, Signature
from ratings.queries.meetings import Agenda, meeting_of, page_state, recomputed
from ratings.queries.versions import reopening_state, told_of
from ratings.queries.work import work_for
from tests.people import People
from tests.ratings.given import REASON, changed, frozen_meeting, meeting_started
from tests.ratings.test_verify_command import verify

pytestmark = pytest.mark.django_db
WHY = "One member of the panel had not heard all of the evidence about victims"


def now(inspection: Inspection) -> Inspection:
    return Inspection.objects.get(pk=inspection.pk)


def latest(inspection: Inspection) -> Meeting:
    found = meeting_of(now(inspection))
    assert found is not None
    return found


def both_sign(people: People, inspection: Inspection) -> Meeting:
    for person in (people.chair, people.lead):
        sign(meeting=latest(inspection), shown=page_state(latest(inspection)), by=person)
    return latest(inspection)


def opened_again(people: People, inspection: Inspection) -> Meeting:
    shown = reopening_state(latest(inspection))
    return reopen(inspection=inspection, because=WHY, shown=shown, by=people.head)


def decided_otherwise(people: People, inspection: Inspection, choice: str = "requires_improvement") -> Meeting:
    """V1.2 is No in the new version, and the choice follows; frozen and signed by both."""
    for item, value in (("V1.2", "no"), ("V1", choice)):
        seen = Agenda(latest(inspection)).item(item).seen
        decide(meeting=latest(inspection), item=item, value=value, reason=REASON, seen=seen, by=people.chair)
    freeze(meeting=latest(inspection), by=people.chair)
    return both_sign(people, inspection)


def tell(people: People, inspection: Inspection) -> None:
    tell_service(inspection=inspection, told_on=clock.today(), told_how="In a call", by=people.lead)


@pytest.fixture
def signed(people) -> Inspection:
    inspection = frozen_meeting(people).inspection
    both_sign(people, inspection)
    return now(inspection)


def rows(*tables: str) -> dict[str, list[str]]:
    with connection.cursor() as cursor:
        found = {}
        for table in tables:
            cursor.execute(f"SELECT t::text FROM {table} t ORDER BY id")  # noqa: S608  names of this file
            found[table] = [row for (row,) in cursor.fetchall()]
        return found


def test_a_new_version_takes_over_what_was_decided_and_the_old_one_stays_as_it_was(people, signed):
    tables = ("ratings_meeting", "ratings_decision", "ratings_signature")
    before, old = rows(*tables), latest(signed)
    new = opened_again(people, signed)
    after = rows(*tables)
    assert {table: after[table][: len(before[table])] for table in tables} == before
    assert (new.number, new.replaces, new.because, new.evidence) == (2, old, WHY, old.evidence)
    taken = [(each.item, each.value, each.decided_by, each.decided_at) for each in latest(signed).decisions.all()]
    assert taken == [(each.item, each.value, each.decided_by, each.decided_at) for each in old.decisions.all()]
    assert (now(signed).stage, latest(signed).frozen_at, Agenda(latest(signed)).open_items) == (Stage.RATING, None, [])
    event = AuditEvent.objects.filter(inspection=signed.ref).first()
    assert (event.verb, event.person, event.detail) == (
        "opened the signed ratings again",
        people.head,
        {"reason": WHY, "version": 2, "replaces": old.record_digest, "after the service was told": "no"},
    )


def test_it_has_the_answers_as_they_are_now(people, signed):
    changed(signed, "C-11", "2.1.2", "yes")
    new = opened_again(people, signed)
    values = {(each["case"], each["question"]): each["value"] for each in new.evidence["answers"]}
    assert values["C-11", "2.1.2"] == "yes"
    assert Agenda(latest(signed)).result().standards["2.1"].rating == "good"


def test_chair_and_lead_sign_the_new_version_which_names_what_it_replaces(people, signed):
    first = latest(signed)
    opened_again(people, signed)
    assert {name: [item.text for item in work_for(getattr(people, name))] for name in ("lead", "chair")} == {
        "lead": ["Decide at the ratification meeting"],
        "chair": ["Decide at the ratification meeting"],
    }
    second = decided_otherwise(people, signed)
    assert (second.record["replaces"], second.record["because"]) == (first.record_digest, WHY)
    assert (now(signed).stage, second.signatures.count(), recomputed(second) == second.record) == (
        Stage.SIGNED,
        2,
        True,
    )
    assert verify()[0] == 0


def test_the_service_sees_what_it_was_told_until_it_is_told_of_the_correction(people, signed):
    tell(people, signed)
    opened_again(people, signed)
    assert [(told.outcome.meeting.number, told.ratings.overall) for told in told_of(now(signed))] == [(1, "Good")]
    decided_otherwise(people, signed)
    assert [told.outcome.meeting.number for told in told_of(now(signed))] == [1]
    tell(people, signed)
    victims = [(told.outcome.meeting.number, told.ratings.counting[-1].words) for told in told_of(now(signed))]
    assert victims == [(2, "Requires improvement"), (1, "Good")]
    words = Notification.objects.filter(person=people.contact).order_by("pk").values_list("text", flat=True)
    assert list(words) == [
        f"The outcome of inspection {signed.ref} is ready",
        f"The outcome of inspection {signed.ref} has been corrected",
    ]
    assert Notification.objects.filter(person=people.chair, text__endswith="are open again").count() == 1


def test_what_changed_since_the_page_was_opened_is_named_and_nothing_is_opened(people, signed):
    shown = reopening_state(latest(signed))
    changed(signed, "C-11", "2.1.2", "yes")
    tell(people, signed)
    with pytest.raises(ChangedSinceOpened) as refused:
        reopen(inspection=signed, because=WHY, shown=shown, by=people.head)
    assert refused.value.sentences == [
        "C-11 changed after you opened this page. Read the change, then decide",
        "The service was told after you opened this page. Read this page again, then decide",
    ]
    assert Meeting.objects.count() == 1


def test_what_is_open_is_not_opened_again(people, signed):
    shown = reopening_state(latest(signed))
    opened_again(people, signed)
    with pytest.raises(AlreadyOpen):
        reopen(inspection=signed, because=WHY, shown=shown, by=people.head)


def test_a_page_of_the_old_version_signs_nothing(people, signed):
    shown = page_state(latest(signed))
    opened_again(people, signed)
    freeze(meeting=latest(signed), by=people.chair)
    with pytest.raises(ChangedSinceOpened, match=r"opened again after you opened this page. Read the new version"):
        sign(meeting=latest(signed), shown=shown, by=people.lead)


def test_one_signs_and_the_other_returns_it_with_a_reason(people):
    inspection = frozen_meeting(people).inspection
    sign(meeting=latest(inspection), shown=page_state(latest(inspection)), by=people.chair)
    with pytest.raises(AlreadySigned, match=r"This record is signed as panel chair. The other who signs can return it"):
        give_back(meeting=latest(inspection), because=WHY, by=people.chair)
    first = latest(inspection)
    new = give_back(meeting=first, because=WHY, by=people.lead)
    assert (new.number, new.replaces, new.because, new.started_by) == (2, first, WHY, people.lead)
    assert (now(inspection).stage, first.signatures.count()) == (Stage.RATING, 1)
    assert Notification.objects.get(person=people.chair).text.endswith("were returned unsigned")
    with pytest.raises(AlreadySigned, match="This version is closed"):
        give_back(meeting=first, because=WHY, by=people.lead)
    assert decided_otherwise(people, inspection).number == 2
    assert verify()[0] == 0


def test_what_nobody_signed_is_not_returned(people):
    meeting = meeting_started(people)
    with pytest.raises(NotFrozen):
        give_back(meeting=meeting, because=WHY, by=people.lead)
    frozen = frozen_meeting_of(people, meeting)
    with pytest.raises(NothingToReturn):
        give_back(meeting=frozen, because=WHY, by=people.lead)


def frozen_meeting_of(people: People, meeting: Meeting) -> Meeting:
    for item, value in (("V1.2", "yes"), ("V1", "good")):
        seen = Agenda(latest(meeting.inspection)).item(item).seen
        decide(meeting=meeting, item=item, value=value, reason=REASON, seen=seen, by=people.chair)
    return freeze(meeting=meeting, by=people.chair)


def test_a_replaced_version_takes_no_second_signature(people):
    """Neither from the product nor from SQL."""
    inspection = frozen_meeting(people).inspection
    shown, first = page_state(latest(inspection)), latest(inspection)
    sign(meeting=first, shown=shown, by=people.chair)
    give_back(meeting=first, because=WHY, by=people.lead)
    with pytest.raises(ChangedSinceOpened, match="A new version has replaced this one"):
        sign(meeting=first, shown=shown, by=people.lead)
    second = {"role": "lead", "record_digest": first.record_digest, "signed_at": clock.now()}
    with pytest.raises(IntegrityError, match="A signature is over the frozen record"), transaction.atomic():
        Signature.objects.create(meeting=first, person=people.lead, **second)
    assert Signature.objects.count() == 1


@pytest.mark.parametrize(
    "change", [{"number": 3}, {"because": ""}, {"replaces": None}], ids=["a number left out", "no reason", "no one"]
)
def test_the_database_refuses_a_version_out_of_line(people, signed, change):
    first = latest(signed)
    wanted = {
        "inspection": signed,
        "number": 2,
        "replaces": first,
        "because": WHY,
        "started_at": clock.now(),
        "started_by": people.head,
        "evidence_version": 1,
        "evidence": {},
        "evidence_digest": "0" * 64,
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.create(**(wanted | change))
    assert Meeting.objects.create(**wanted).number == 2


def test_a_chair_of_the_new_version_may_be_another_person(people, signed):
    opened_again(people, signed)
    Membership.objects.filter(person=people.chair).update(role=TeamRole.PANEL_MEMBER)
    Membership.objects.filter(person=people.member).update(role=TeamRole.PANEL_CHAIR)
    freeze(meeting=latest(signed), by=people.lead)
    for person in (people.member, people.lead):
        sign(meeting=latest(signed), shown=page_state(latest(signed)), by=person)
    assert now(signed).stage == Stage.SIGNED
