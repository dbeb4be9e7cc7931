"""manage.py verify: silent about what is whole, and names whatever was changed behind the product's back."""

import re
from io import StringIO
from random import Random

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction

from accounts import clock
from accounts.actions import record, seal_records
from accounts.models import AuditEvent, Seal
from accounts.queries import record_tables
from cases.models import Answer
from inspections.models import Inspection
from ratings.actions.outcomes import tell_service
from ratings.actions.signatures import sign
from ratings.models import Meeting
from ratings.queries.meetings import meeting_or_404, page_state
from ratings.rules.record import digest
from tests.ratings.given import changed, frozen_meeting
from tests.ratings.tampering import tables, tampered, undone
from tests.test_models import RECORDS

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed(people) -> Inspection:
    """Signed by two and told, with everything sealed."""
    inspection = frozen_meeting(people, "iyjs").inspection
    for person in (people.chair, people.lead):
        meeting = meeting_or_404(inspection)
        sign(meeting=meeting, shown=page_state(meeting), by=person)
    inspection.refresh_from_db()
    seal_records()
    return inspection


def verify(kept: str = "") -> tuple[int, str, str]:
    out, err = StringIO(), StringIO()
    try:
        call_command("verify", kept=kept, stdout=out, stderr=err)
    except SystemExit as ended:
        return int(ended.code or 0), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def by_the_owner(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement, values)
        cursor.execute("SET LOCAL session_replication_role = origin")


def test_a_whole_database_has_no_fault(signed):
    status, out, err = verify()
    assert (status, err) == (0, "")
    last = Seal.objects.latest("number")
    assert out.splitlines()[-2:] == [
        "Everything is what was written.",
        f"Last seal: {last.number}:{last.digest}. Keep it where this database is not, for --kept.",
    ]


def test_an_empty_database_has_no_fault():
    assert verify()[0] == 0


def test_what_was_added_since_the_last_seal_is_no_fault(signed, people):
    record(by=people.lead, verb="opened a page")
    assert verify()[0] == 0


def test_an_answer_changed_after_the_stamp_is_no_fault(people):
    meeting = frozen_meeting(people)
    changed(meeting.inspection, "C-01", "2.1.1", "no")
    assert verify()[0] == 0


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        (
            "UPDATE ratings_meeting SET evidence = jsonb_set(evidence, '{answers,0,value}', '\"no\"')",
            "the evidence is not what was stamped.",
        ),
        (
            "UPDATE ratings_meeting SET record = jsonb_set(record, '{result,overall}', '\"outstanding\"')",
            "the record is not what was frozen.",
        ),
        ("UPDATE ratings_signature SET record_digest = repeat('0', 64)", "a signature is over another record."),
        (
            "DELETE FROM ratings_signature WHERE role = 'lead'",
            "it is signed off by two, or not at all, and here is panel_chair.",
        ),
        (
            "UPDATE ratings_decision SET value = 'outstanding' WHERE item = 'V1'",
            "what was signed does not follow from the evidence and the decisions.",
        ),
    ],
)
def test_a_signed_rating_that_was_changed_is_named(signed, statement, fault):
    by_the_owner(statement)
    status, _, err = verify()
    assert status == 1
    assert f"{signed.ref}, meeting 1: {fault}" in err


REWRITTEN = """
UPDATE ratings_meeting SET record_digest = %s, record = record
  || jsonb_build_object('result', (record->'result') || '{"overall": "outstanding"}')
"""


def test_whoever_also_writes_new_digests_is_found_by_computing_again(signed):
    """The record and all its digests changed in step: only what follows from the evidence gives it away."""
    meeting = Meeting.objects.get()
    meeting.record["result"]["overall"] = "outstanding"
    by_the_owner(REWRITTEN, digest(meeting.record))
    by_the_owner("UPDATE ratings_signature SET record_digest = %s", digest(meeting.record))
    _, _, err = verify()
    assert f"{signed.ref}, meeting 1: the record is not what was frozen." not in err
    assert f"{signed.ref}, meeting 1: what was signed does not follow from the evidence and the decisions." in err


def test_the_end_of_a_log_that_was_cut_off_is_found(signed):
    last = AuditEvent.objects.filter(inspection=signed.ref).order_by("-position").first()
    by_the_owner("DELETE FROM accounts_auditevent WHERE id = %s", last.pk)
    assert re.search(r"accounts_auditevent, rows \d+ to \d+: they are not what was sealed", verify()[2])


def test_seals_cut_off_at_the_end_are_found_by_the_one_that_was_kept_elsewhere(signed):
    last = Seal.objects.latest("number")
    kept = f"{last.number}:{last.digest}"
    assert verify(kept)[0] == 0
    by_the_owner("DELETE FROM accounts_seal WHERE number = %s", last.number)
    assert (verify()[0], verify(kept)[0]) == (0, 1)
    assert f"Seal {last.number}: the one that was kept elsewhere is not here." in verify(kept)[2]


@pytest.mark.parametrize("kept", ["x", "1:", "999999:abc", "-1:abc"])
def test_a_seal_that_nobody_made_is_not_here(signed, kept):
    assert verify(kept)[0] == 1


def test_a_history_cut_short_is_found(people):
    meeting = frozen_meeting(people)
    changed(meeting.inspection, "C-01", "2.1.1", "no")
    answer = Answer.objects.get(case__ref="C-01", question="2.1.1")
    by_the_owner("DELETE FROM cases_answerversion WHERE answer_id = %s AND version = 1", answer.pk)
    assert f"The history of answer {answer.pk}: versions are missing, or the answer itself is." in verify()[2]


def test_an_answer_changed_without_its_history_is_found(signed):
    by_the_owner("UPDATE cases_answer SET value = 'no' WHERE id = (SELECT min(id) FROM cases_answer)")
    assert "C-01, 2.1.1: the answer is not what its history says last." in verify()[2]


def test_every_table_of_records_is_sealed(signed):
    seal_records()
    assert set(record_tables()) == {apps.get_model(label)._meta.db_table for label in RECORDS - {"accounts.Seal"}}
    assert set(Seal.objects.values_list("table", flat=True)) <= set(record_tables())
    assert {"accounts_auditevent", "cases_answerversion", "ratings_decision", "ratings_signature"} <= set(
        Seal.objects.values_list("table", flat=True)
    )


def test_sealing_again_without_anything_new_makes_no_seal(signed):
    count = Seal.objects.count()
    assert (seal_records(), Seal.objects.count()) == (0, count)


def test_seals_follow_each_other_in_steps(signed, monkeypatch, people):
    monkeypatch.setattr("accounts.actions.ROWS_A_SEAL", 2)
    for _ in range(5):
        record(by=people.lead, verb="opened a page")
    last = Seal.objects.filter(table="accounts_auditevent").latest("until").until
    seal_records()
    made = Seal.objects.filter(table="accounts_auditevent", after__gte=last).order_by("after")
    assert [seal.count for seal in made] == [2, 2, 1]
    assert verify()[0] == 0


def test_a_column_added_later_breaks_no_seal(signed):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE ratings_outcome ADD COLUMN later text DEFAULT 'x'")
        cursor.execute("ALTER TABLE accounts_auditevent ADD COLUMN later text DEFAULT 'x'")
    assert verify()[0] == 0


def test_sixty_random_changes_are_all_found(signed, people):
    """`make drill-tamper` does a thousand."""
    tell_service(inspection=signed, told_on=clock.today(), told_how="By letter", by=people.lead)
    seal_records()
    last = Seal.objects.latest("number")
    chance, of, unseen = Random(7), tables(), []
    for _ in range(60):
        with transaction.atomic(), undone():
            what = tampered(chance, of)
            if verify(f"{last.number}:{last.digest}")[0] != 1:
                unseen.append(what)
    assert unseen == []
    assert verify()[0] == 0
