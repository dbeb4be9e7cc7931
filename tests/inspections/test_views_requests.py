"""The team asks for evidence, the service sends it or says that it has none, the team accepts or returns it."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEvent
from documents.actions import check_waiting
from documents.models import Document, State
from documents.rules.kinds import MEGABYTE
from inspections.actions.inspections import plan_timeline
from inspections.actions.requests import tell_of_refused_files
from inspections.holidays import bank_holidays
from inspections.models import EvidenceReply, EvidenceRequest, Notification, OutgoingMail
from tests.documents.hostile import FAMILIES
from tests.documents.packages import paragraph, word
from tests.factories import inspection_with_team
from tests.pages import fetch, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def inspection(people, settings):
    settings.CLOCK = "2027-05-14T10:00"
    made = inspection_with_team(people, stage="announced")
    plan_timeline(made, made.standards, bank_holidays())
    return made


@pytest.fixture
def team(client, people, inspection):
    """Posts as the lead inspector."""

    def post(page="", **data):
        client.force_login(people.lead)
        return client.post(f"/inspections/{inspection.ref}/requests/{page}", data)

    return post


@pytest.fixture
def service(client, people, inspection):
    """Posts as the service's contact."""

    def post(page="1/", **data):
        client.force_login(people.contact)
        return client.post(f"/service/{inspection.ref}/requests/{page}", data)

    return post


@pytest.fixture
def asked(team, inspection):
    team(items=["organisation", "voices"])
    return list(inspection.evidence_requests.all())


def file(content=None, name="Tystiolaeth \N{EN DASH} Môn.docx"):
    return SimpleUploadedFile(name, word(paragraph("Board minutes")) if content is None else content)


def states(request):
    return [
        (reply.number, reply.waits, bool(reply.accepted_at), reply.returned_because) for reply in request.replies.all()
    ]


def test_the_standard_items_are_asked_for_by_days_of_the_timeline_and_the_service_is_told_once(asked, people):
    assert [(request.number, request.title, request.due_on) for request in asked] == [
        (1, "Organisational data", date(2027, 5, 21)),  # Monday 31 May is a bank holiday
        (2, "What children, parents and victims told you", date(2027, 5, 28)),
    ]
    sentence = "The inspection team asks you to send evidence in advance."
    assert list(OutgoingMail.objects.values_list("person", "sentence")) == [(people.contact.pk, sentence)]


def test_an_item_is_asked_for_once(asked, team, inspection):
    assert "The items have changed. Choose again" in team(items=["voices"]).content.decode()
    assert inspection.evidence_requests.count() == 2


def test_something_else_is_asked_for_and_what_was_typed_is_kept_where_the_day_is_wrong(team, inspection):
    answer = team("new/", title="The last audit", text="All of it", due_on="1 May 2027").content.decode()
    assert ("Choose a day after today" in answer, "The last audit" in answer) == (True, True)
    team("new/", title="The last audit", text="All of it", due_on="1 June 2027")
    assert [request.title for request in inspection.evidence_requests.all()] == ["The last audit"]


def test_files_are_uploaded_checked_sent_read_and_accepted(client, asked, people, service, team, inspection):
    service(file=file())
    service("1/send/")
    assert "Not every file of it has been checked" in text_of(client_page(client, team("1/", version=1)))
    assert check_waiting() == 2
    team("1/", version=1)
    document = Document.objects.get()
    assert (states(asked[0]), document.kept, document.state) == ([(1, False, True, "")], True, State.AVAILABLE)
    page = fetch(client, people.lead, f"/documents/{document.pk}/")
    assert ("Board minutes" in page, "Tystiolaeth \N{EN DASH} Môn.docx" in page) == (True, True)
    answer = client.get(f"/documents/{document.pk}/file/")
    assert answer.content == word(paragraph("Board minutes"))
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''Tystiolaeth")
    assert answer["Content-Security-Policy"].startswith("sandbox")
    assert (
        AuditEvent.objects.filter(verb="downloaded a file", person=people.lead, inspection=inspection.ref).count() == 1
    )


def client_page(client, answer):
    return client.get(answer["Location"]).content.decode()


@pytest.mark.parametrize("address", ["", "file/"])
def test_nobody_gets_a_file_before_it_is_clean_and_the_team_not_before_it_is_sent(
    client, asked, people, service, address
):
    service(file=file())
    page = f"/documents/{Document.objects.get().pk}/{address}"

    def answers():
        found = []
        for person in (people.contact, people.lead, people.outsider):
            client.force_login(person)
            found.append(client.get(page).status_code)
        return found

    assert answers() == [404, 404, 404]
    check_waiting()
    assert answers() == [200, 404, 404]
    service("1/send/")
    assert answers() == [200, 200, 404]


def test_a_file_that_changed_since_its_check_is_not_given_out(client, asked, people, service):
    service(file=file())
    check_waiting()
    Document.objects.update(sha256="0" * 64)
    assert client.get(f"/documents/{Document.objects.get().pk}/file/").status_code == 404


def test_a_refused_file_is_told_of_and_holds_up_the_others_until_it_is_taken_away(client, asked, people, service):
    macros = dict(FAMILIES["macros"]())["project-of-nothing.docx"]
    service(file=file())
    service(file=file(macros, "plan.docx"))
    check_waiting()
    tell_of_refused_files()
    tell_of_refused_files()
    told = "A file that you uploaded was refused. The file has macros. Save a copy without them and upload that."
    assert [note.text for note in Notification.objects.filter(key__startswith="document")] == [told]
    assert "Take away “plan.docx”, which was refused" in text_of(client_page(client, service("1/send/")))
    refused = Document.objects.get(state=State.REFUSED)
    service(f"1/files/{refused.pk}/remove/")
    service("1/send/")
    assert [item.document.label for item in EvidenceReply.objects.get().files.all()] == [
        "Tystiolaeth \N{EN DASH} Môn.docx"
    ]


def test_what_is_not_held_is_returned_with_a_reason_and_sent_again(client, asked, people, service, team, inspection):
    service("1/not-held/", reason="Our partner keeps it")
    answer = team("1/return/", reason="", version=1).content.decode()
    assert "Say what is missing, so that the service can put it right" in answer
    team("1/return/", reason="Ask your partner", version=1)
    assert text_of(fetch(client, people.contact, f"/service/{inspection.ref}/requests/")).index("Returned") > 0
    service(file=file())
    service("1/send/")
    assert states(asked[0]) == [(2, True, False, ""), (1, False, False, "Ask your partner")]
    mail = list(OutgoingMail.objects.filter(key__endswith="returned").values_list("sentence", flat=True))
    assert mail == ["The inspection team has returned “Organisational data” and says what is missing."]


def test_a_page_that_is_older_than_what_was_sent_accepts_nothing(client, asked, service, team):
    service("1/not-held/", reason="First")
    service("1/not-held/", reason="Second")
    said = text_of(client_page(client, team("1/", version=1)))
    assert "The service has sent something since you opened this page" in said
    assert states(asked[0]) == [(2, True, False, ""), (1, True, False, "")]


@pytest.mark.parametrize(("now", "late"), [("2027-05-21T23:30", False), ("2027-05-22T00:10", True)])
def test_what_comes_after_its_day_is_taken_and_marked_late(asked, service, settings, now, late):
    settings.CLOCK = now
    service("1/not-held/", reason="None")
    assert EvidenceReply.objects.get().is_late is late


def test_more_time_is_given_with_a_reason_and_only_forward(asked, team, service, settings):
    answer = team("1/extend/", due_on="20 May 2027", reason="Holidays").content.decode()
    assert "Choose a day after Friday 21 May 2027" in answer
    team("1/extend/", due_on="25 May 2027", reason="Holidays")
    settings.CLOCK = "2027-05-24T10:00"
    service("1/not-held/", reason="None")
    asked[0].refresh_from_db()
    assert (asked[0].due_on, asked[0].extended_because, EvidenceReply.objects.get().is_late) == (
        date(2027, 5, 25),
        "Holidays",
        False,
    )


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.exe", b"MZ", "Choose a Word document (.docx), an Excel workbook (.xlsx)"),
        (
            "a.pdf",
            b"MZ",
            "What is in the file is not what its name says. Save it again as a PDF (.pdf) and upload that",
        ),
        ("a.docx", b"", "The file is empty. Choose another file"),
        ("a.pdf", b"%PDF-" + bytes(25 * MEGABYTE), "The file must be 25MB or smaller"),
    ],
    ids=["kind", "signature", "empty", "size"],
)
def test_a_file_that_is_plainly_wrong_is_refused_at_once(asked, service, name, content, sentence):
    answer = service(file=file(content, name))
    assert (answer.status_code, sentence in text_of(answer.content.decode())) == (200, True)
    assert Document.objects.count() == 0


def test_the_quota_of_an_inspection_holds(asked, service, monkeypatch):
    service(file=file())
    Document.objects.update(size=500 * MEGABYTE)
    assert "All files together can have 500MB" in service(file=file()).content.decode()
    assert Document.objects.count() == 1


def test_nothing_is_taken_once_it_is_accepted_or_fieldwork_has_closed(asked, service, team, inspection):
    service("1/not-held/", reason="None")
    team("1/", version=1)
    assert "It can no longer be changed" in service(file=file()).content.decode()
    type(inspection).objects.update(stage="rating")
    assert service("2/", file=file()).status_code == 404


@pytest.mark.parametrize(
    "page", ["99/", "99999999999999999999/", "1/files/00000000-0000-0000-0000-000000000000/remove/"]
)
def test_what_there_is_not_is_not_found(asked, service, page):
    assert service(page).status_code == 404


@pytest.mark.parametrize("version", ["", "x", "9" * 50, "\0"])
def test_a_version_that_is_none_accepts_nothing(asked, service, team, version):
    service("1/not-held/", reason="None")
    assert team("1/", version=version).status_code == 302
    assert states(asked[0]) == [(1, True, False, "")]


@pytest.mark.parametrize("page", ["/inspections/{}/requests/", "/service/{}/requests/", "/inspections/{}/requests/1/"])
def test_the_queries_of_a_page_do_not_grow_with_its_rows(client, asked, people, service, inspection, page):
    person = people.contact if "service" in page else people.lead

    def counted() -> int:
        client.force_login(person)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(page.format(inspection.ref)).status_code == 200
        return len(queries)

    service(file=file())
    service("1/send/")
    few = counted()
    for _ in range(3):
        service(file=file())
    service("1/send/")
    service("2/", file=file())
    service("2/send/")
    assert (counted(), EvidenceRequest.objects.count()) == (few, 2)
