"""A file is kept while its columns are matched; it becomes a list, or goes."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction

from accounts.models import AuditEvent
from cases.actions.caseload import ListRefused, accept_list, give_reasons, leave_out
from cases.actions.uploads import forget_unsent, keep_upload, match_columns, send_list
from cases.models import CaseloadList, Kind, ListUpload
from cases.queries.caseload import problems_by_kind
from cases.queries.uploads import uploaded
from cases.rules.caseload import parse
from cases.tasks import forget_unsent_lists
from documents.actions import discard
from documents.models import Document
from inspections.models import Inspection, Stage
from tests.cases.test_rules_caseload import CHILD, TODAY, children, content
from tests.cases.workbooks import listed
from tests.factories import inspection_with_team

pytestmark = pytest.mark.django_db


@pytest.fixture
def inspection(people):
    return inspection_with_team(people, stage=Stage.ANNOUNCED)


def keep(by, inspection, file: bytes = children({})) -> ListUpload:
    parsed = parse(file, "child", TODAY)
    return keep_upload(by=by, inspection=inspection, kind=Kind.CHILD, label="list.csv", content=file, parsed=parsed)


def send(by, inspection, file: bytes = children({})) -> CaseloadList:
    upload = keep(by, inspection, file)
    return send_list(by=by, upload=upload, parsed=uploaded(inspection, "child", by, with_names=True).parsed)


def test_a_file_is_received_until_its_list_is_sent_and_kept_from_then_on(people, inspection):
    upload = keep(people.contact, inspection)
    assert not upload.document.kept
    caseload = send(people.contact, inspection)
    caseload.document.refresh_from_db()
    assert (caseload.document.kept, ListUpload.objects.count()) == (True, 0)
    assert (caseload.headings, caseload.matching) == (list(CHILD), upload.matching)


def test_the_next_file_takes_the_place_of_one_that_was_not_sent(people, inspection, django_capture_on_commit_callbacks):
    first = keep(people.contact, inspection).document
    other = keep(people.lead, inspection)
    with django_capture_on_commit_callbacks(execute=True):
        second = keep(people.contact, inspection)
    assert set(ListUpload.objects.all()) == {other, second}
    assert not Document.objects.filter(pk=first.pk).exists()
    assert not first.file.storage.exists(first.file.name)


def test_the_file_stays_when_taking_its_place_fails(people, inspection, django_capture_on_commit_callbacks):
    document = keep(people.contact, inspection).document
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        keep(people.contact, inspection)
        transaction.set_rollback(True)
    assert document.file.storage.exists(document.file.name)


def test_what_is_kept_is_never_discarded(people, inspection):
    with pytest.raises(ValueError, match="is not discarded"):
        discard(send(people.contact, inspection).document)


def test_columns_are_matched_as_they_were_for_the_last_file_with_the_same_headings(people, inspection):
    upload = keep(people.contact, inspection)
    chosen = upload.matching | {"sex": 4, "ethnicity": 3}
    match_columns(by=people.contact, upload=upload, sheet="", headings=tuple(upload.headings), matching=chosen)
    assert keep(people.contact, inspection, children({}, {})).matching == chosen
    assert keep(people.contact, inspection, content({"Ref": "A1"} | CHILD)).matching != chosen
    send(people.contact, inspection, listed({}))
    assert keep(people.contact, inspection).matching == upload.matching


def test_the_matching_of_a_sent_list_is_remembered_for_everybody_who_sends_for_that_service(people, inspection):
    upload = keep(people.contact, inspection)
    chosen = upload.matching | {"sex": 4, "ethnicity": 3}
    match_columns(by=people.contact, upload=upload, sheet="", headings=tuple(upload.headings), matching=chosen)
    page = uploaded(inspection, "child", people.contact, with_names=False)
    send_list(by=people.contact, upload=page.upload, parsed=page.parsed)
    assert keep(people.lead, inspection, children({}, {})).matching == chosen


def test_a_list_is_sent_only_as_its_page_showed_it(people, inspection):
    upload = keep(people.contact, inspection)
    page = uploaded(inspection, "child", people.contact, with_names=False)
    seen = page.parsed
    match_columns(by=people.contact, upload=upload, sheet="", headings=tuple(upload.headings), matching={"sex": 3})
    with pytest.raises(ListRefused, match="The columns have been changed since you opened this page"):
        send_list(by=people.contact, upload=page.upload, parsed=seen)


def test_a_file_is_sent_once(people, inspection):
    upload = keep(people.contact, inspection)
    parsed = uploaded(inspection, "child", people.contact, with_names=False).parsed
    send_list(by=people.contact, upload=upload, parsed=parsed)
    upload.pk = upload.pk or 1
    with pytest.raises(ListRefused, match="This file has been sent or replaced"):
        send_list(by=people.contact, upload=upload, parsed=parsed)
    assert CaseloadList.objects.count() == 1


def test_no_file_is_kept_once_fieldwork_has_closed(people, inspection):
    Inspection.objects.filter(pk=inspection.pk).update(stage=Stage.RATING)
    with pytest.raises(ListRefused, match=r"Fieldwork has closed\. Lists are no longer taken"):
        keep(people.contact, inspection)
    assert (ListUpload.objects.count(), Document.objects.count()) == (0, 0)


def test_every_step_is_recorded_without_a_name(people, inspection):
    send(people.contact, inspection)
    upload = keep(people.lead, inspection)
    match_columns(by=people.lead, upload=upload, sheet="", headings=tuple(upload.headings), matching={"sex": 3})
    events = AuditEvent.objects.order_by("position")
    assert [event.verb for event in events] == [
        "uploaded a caseload file",
        "received a caseload list",
        "uploaded a caseload file",
        "matched the columns of a caseload file",
    ]
    assert "Child" not in "".join(str(event.detail) for event in events)


def test_files_that_nobody_came_back_to_for_a_week_go(people, inspection, settings):
    settings.CLOCK = "2027-05-12T09:00"
    old, new = keep(people.contact, inspection), keep(people.lead, inspection)
    week_ago = datetime(2027, 5, 5, 9, tzinfo=ZoneInfo("Europe/London"))
    ListUpload.objects.filter(pk=old.pk).update(uploaded_at=week_ago - timedelta(seconds=1))
    ListUpload.objects.filter(pk=new.pk).update(uploaded_at=week_ago)
    forget_unsent_lists()
    assert list(ListUpload.objects.all()) == [new]
    assert list(Document.objects.all()) == [new.document]
    assert AuditEvent.objects.first().verb == "removed a caseload file that was never sent"
    assert forget_unsent() == 0


PROBLEMS = children({}, {"sex": ""}, {"sex": ""}, {"name": "Child 0"}, {"date_of_birth": "x", "sex": ""})


def reasons(caseload) -> list[str]:
    return list(caseload.rows.order_by("number").values_list("left_out_reason", flat=True))


def test_problems_are_counted_by_kind(people, inspection):
    caseload = send(people.contact, inspection, PROBLEMS)
    assert [(item.words, item.rows, item.without_reason) for item in problems_by_kind(caseload)] == [
        ("sex is missing", 3, 3),
        ("name and date of birth are the same as in an earlier row", 1, 1),
        ("date of birth is not a date such as 23/04/2010", 1, 1),
    ]


def test_rows_are_left_out_together_by_their_problem_and_one_by_one(people, inspection):
    caseload = send(people.contact, inspection, PROBLEMS)
    assert (
        give_reasons(by=people.lead, caseload=caseload, reasons={2: "Has none", 3: "Not ours", 99: "No such row"}) == 1
    )
    assert leave_out(by=people.lead, caseload=caseload, problems=["sex is missing"], reason="Not recorded") == 2
    assert reasons(caseload) == ["", "Not ours", "Not recorded", "", "Not recorded"]
    accept_list(by=people.lead, caseload=caseload, reason="There already")
    assert reasons(caseload) == ["", "Not ours", "Not recorded", "There already", "Not recorded"]


def test_a_reason_is_taken_back_while_the_list_waits(people, inspection):
    caseload = send(people.contact, inspection, PROBLEMS)
    give_reasons(by=people.lead, caseload=caseload, reasons={3: "Not ours"})
    assert give_reasons(by=people.lead, caseload=caseload, reasons={3: "", 4: ""}) == 1
    assert reasons(caseload) == [""] * 5


def test_a_list_of_which_every_row_has_its_reason_is_accepted_without_another(people, inspection):
    caseload = send(people.contact, inspection, children({}, {"sex": ""}))
    leave_out(by=people.lead, caseload=caseload, problems=["sex is missing"], reason="Not recorded")
    accept_list(by=people.lead, caseload=caseload, reason="")
    assert AuditEvent.objects.first().detail == {"left_out": 1, "reason": ""}


def test_nothing_is_left_out_of_a_list_that_was_accepted(people, inspection):
    caseload = send(people.contact, inspection, PROBLEMS)
    accept_list(by=people.lead, caseload=caseload, reason="All of them")
    for act in (
        lambda: give_reasons(by=people.lead, caseload=caseload, reasons={3: "Other"}),
        lambda: leave_out(by=people.lead, caseload=caseload, problems=["sex is missing"], reason="Other"),
    ):
        with pytest.raises(ListRefused, match="This list has already been accepted"):
            act()
    assert reasons(caseload)[1] == "All of them"


def test_a_problem_that_every_row_has_a_reason_for_is_not_left_out_again(people, inspection):
    caseload = send(people.contact, inspection, PROBLEMS)
    with pytest.raises(ListRefused, match="Every row with these problems has a reason already"):
        leave_out(by=people.lead, caseload=caseload, problems=["team is missing"], reason="Other")
