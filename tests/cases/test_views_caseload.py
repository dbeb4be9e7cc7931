"""Lists over HTTP: uploaded by the service or the lead, checked, accepted; every fault in words and none a 500."""

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import CaseloadList
from cases.queries.caseload import accepted_list
from cases.rules.columns import COLUMNS
from documents.models import Document
from inspections.models import Stage
from tests.cases.test_rules_caseload import CHILD, VICTIM, children, content
from tests.factories import accepted_caseload, inspection_with_team

pytestmark = pytest.mark.django_db


@pytest.fixture
def inspection(people):
    return inspection_with_team(people, stage=Stage.ANNOUNCED)


@pytest.fixture
def fieldwork(people):
    return inspection_with_team(people)


def address(name: str, inspection, **more: object) -> str:
    return reverse(f"cases:{name}", kwargs={"ref": inspection.ref, **more})


def upload(client, inspection, file: bytes, *, kind: str = "child", name: str = "list.csv", to: str = "lists"):
    """The file, and its list as it is guessed to be, sent without a change; or the page that refused it."""
    response = keep(client, inspection, file, kind=kind, name=name, to=to)
    return send(client, response.url) if response.status_code == 302 else response


def keep(client, inspection, file: bytes, *, kind: str = "child", name: str = "list.csv", to: str = "lists"):
    return client.post(address(to, inspection), {"kind": kind, "file": SimpleUploadedFile(name, file)})


def send(client, page: str, button: str = "send", **changes: str):
    """The form that matches columns, as the page shows it but for these changes."""
    chosen = client.get(page).context["form"].data
    return client.post(page, chosen | {button: button} | changes)


def errors(response) -> list[str]:
    """The sentences of the error summary, in their order; every link among them leads to something on the page."""
    page = response.content.decode()
    summary = re.search(r'error-summary__list">(.*?)</ul>', page, re.S)
    targets = re.findall(r'href="#(.*?)"', summary[1]) if summary else []
    assert [target for target in targets if f'id="{target}"' not in page] == []
    return re.findall(r"<li>(?:<a[^>]*>)?(.*?)(?:</a>)?</li>", unescape(summary[1]), re.S) if summary else []


def text(response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def test_the_lead_uploads_a_list_and_checks_it(client, people, inspection):
    client.force_login(people.lead)
    response = upload(client, inspection, children({}, {"date_of_birth": "x"}))
    assert response.url == address("check-list", inspection, kind="child", number=1)
    page = text(client.get(response.url))
    assert "Row 3: date of birth is not a date such as 23/04/2010" in page
    assert "Child 0" in page


def test_a_list_with_problems_is_accepted_for_a_reason(client, people, inspection):
    client.force_login(people.lead)
    check = upload(client, inspection, children({}, {"date_of_birth": "x"})).url
    response = client.post(check, {"reason": " "})
    assert errors(response) == ["Say why the rows with problems are left out"]
    response = client.post(check, {"reason": "Not in the period"})
    assert response.url == address("choose", inspection, kind="child")
    assert accepted_list(inspection, "child").number == 1
    assert "Row 3: date of birth is not a date such as 23/04/2010. Left out: Not in the period" in text(
        client.get(check)
    )


def test_a_list_without_problems_is_accepted_as_it_is(client, people, inspection):
    client.force_login(people.lead)
    check = upload(client, inspection, content(VICTIM), kind="victim").url
    assert client.post(check).url == address("choose", inspection, kind="victim")


def test_a_reason_that_is_too_long_is_kept_to_be_shortened(client, people, inspection):
    client.force_login(people.lead)
    check = upload(client, inspection, children({}, {"date_of_birth": "x"})).url
    response = client.post(check, {"reason": "r" * 301})
    assert errors(response) == ["The reason must be 300 characters or fewer"]
    assert "r" * 301 in response.content.decode()


def test_a_list_that_was_accepted_meanwhile_says_so(client, people, inspection):
    client.force_login(people.lead)
    first, second = (upload(client, inspection, children({})).url for _ in range(2))
    client.post(second)
    assert errors(client.post(first)) == ["List 2 has been accepted since. Ask for a newer list"]


@pytest.mark.parametrize("name", ["deputy", "assistant", "quality", "head"])
def test_the_rest_of_the_team_sees_counts_and_problems_but_no_names(client, people, fieldwork, name):
    client.force_login(people.lead)
    check = upload(client, fieldwork, children({}, {"date_of_birth": "x"})).url
    client.force_login(getattr(people, name))
    page = client.get(check)
    assert "Row 3: date of birth is not a date" in text(page)
    assert "Child 0" not in page.content.decode()
    assert "Child 0" not in client.get(address("lists", fieldwork)).content.decode()
    assert client.post(check).status_code == 404


FAULTS = [
    (content(CHILD | {"name": "Zoë"}).decode().encode("windows-1252"), "The file is not in UTF-8. In Excel, save it"),
    (content(CHILD).decode().encode("utf-16"), "The file is not in UTF-8. In Excel, save it"),
    (b"", "The file has no rows"),
    (content(CHILD).split(b"\r\n")[0], "The file has no rows"),
    (children({}) + b"\r\n," * 100_000, "A list can have up to 10,000 rows, blank rows included. This one has more"),
    (b"a," * 1_000_000, "Row 1 is longer than 20,000 characters, or a quotation mark in it is never closed."),
    (content(CHILD) + b'\r\n"A2,B', "Row 3 has a quotation mark that is never closed or is in the wrong place."),
    (
        b"PK\x03\x04" + b"\0" * 100,
        "What is in the file is not what its name says. Save it as CSV or as an Excel workbook",
    ),
]


@pytest.mark.parametrize(("file", "sentence"), FAULTS)
@pytest.mark.parametrize(("name", "to"), [("lead", "lists"), ("contact", "service-caseload")])
def test_a_file_that_cannot_be_used_is_refused_in_words(client, people, inspection, file, sentence, name, to):
    client.force_login(getattr(people, name))
    response = upload(client, inspection, file, to=to)
    assert response.status_code == 200
    assert errors(response)[0].startswith(sentence)
    assert 'value="child" checked' in response.content.decode()
    assert (CaseloadList.objects.count(), Document.objects.count()) == (0, 0)


def test_a_file_that_is_too_large_is_refused(client, people, inspection, settings):
    settings.CASELOAD_MAX_BYTES = 1024**2
    client.force_login(people.contact)
    response = upload(client, inspection, b"x" * (1024**2 + 1), to="service-caseload")
    assert errors(response) == ["The file must be smaller than 1MB"]


@pytest.mark.parametrize("name", ["list.xls", "list.csv.exe", "csv", "list"])
def test_a_file_of_another_kind_is_refused(client, people, inspection, name):
    client.force_login(people.lead)
    assert errors(upload(client, inspection, children({}), name=name)) == ["Choose a CSV or Excel file (.csv or .xlsx)"]


def test_what_is_left_blank_is_asked_for(client, people, inspection):
    client.force_login(people.lead)
    response = client.post(address("lists", inspection))
    assert errors(response) == ["Choose whose cases are on the list", "Choose a CSV or Excel file (.csv or .xlsx)"]


def test_a_kind_of_case_that_does_not_exist_is_refused(client, people, inspection):
    client.force_login(people.lead)
    response = upload(client, inspection, children({}), kind="adult")
    assert (response.status_code, len(errors(response))) == (200, 1)


def test_formulas_and_markup_are_shown_as_the_text_that_they_are(client, people, inspection):
    client.force_login(people.lead)
    check = upload(client, inspection, children({"name": "=HYPERLINK(1)"}, {"team": "<script>alert(1)</script>"})).url
    page = client.get(check).content.decode()
    assert "Row 2: name contains a formula" in page
    assert "=HYPERLINK(1)" in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


@pytest.mark.parametrize(("name", "to"), [("lead", "lists"), ("contact", "service-caseload")])
def test_the_page_opens_without_complaint(client, people, inspection, name, to):
    client.force_login(getattr(people, name))
    response = client.get(address(to, inspection))
    assert (response.status_code, errors(response), "govuk-error" in response.content.decode()) == (200, [], False)


def test_the_service_sends_its_lists_and_gets_receipts(client, people, inspection):
    client.force_login(people.contact)
    page = address("service-caseload", inspection)
    assert upload(client, inspection, children({}, {"sex": ""}), to="service-caseload").url == page
    upload(client, inspection, content(VICTIM), kind="victim", to="service-caseload")
    words = text(client.get(page))
    assert f"Receipt {inspection.ref}-C1" in words
    assert f"Receipt {inspection.ref}-V1" in words
    assert "Rows 2, 1 with problems" in words
    assert "Row 3: sex is missing" in words


def test_the_service_sees_no_names_no_reasons_and_no_list_but_its_own(client, people, inspection):
    client.force_login(people.contact)
    upload(client, inspection, children({}, {"sex": ""}), to="service-caseload")
    client.force_login(people.lead)
    client.post(address("check-list", inspection, kind="child", number=1), {"reason": "Between us"})
    upload(client, inspection, children({}))
    client.force_login(people.contact)
    page = client.get(address("service-caseload", inspection)).content.decode()
    assert "Accepted" in page
    assert [word for word in ("Child 0", "Between us", f"{inspection.ref}-C2") if word in page] == []


def test_a_list_that_a_later_one_replaced_is_superseded_for_the_service_too(client, people, inspection):
    client.force_login(people.contact)
    upload(client, inspection, children({}), to="service-caseload")
    client.force_login(people.lead)
    client.post(upload(client, inspection, children({})).url)
    client.force_login(people.contact)
    assert "State Superseded" in text(client.get(address("service-caseload", inspection)))


@pytest.mark.parametrize("name", ["outsider", "stranger", "communications", "lead"])
def test_the_page_of_the_service_is_for_its_contacts(client, people, inspection, name):
    client.force_login(getattr(people, name))
    assert client.get(address("service-caseload", inspection)).status_code == 404


@pytest.mark.parametrize("name", ["contact", "outsider", "assessor", "chair", "stranger"])
def test_the_lists_are_for_the_team(client, people, inspection, name):
    accepted_caseload(inspection, "child", 3)
    client.force_login(getattr(people, name))
    check = address("check-list", inspection, kind="child", number=1)
    assert [client.get(page).status_code for page in (address("lists", inspection), check)] == [404, 404]


@pytest.mark.parametrize(("kind", "number"), [("child", 2), ("victim", 1), ("adult", 1), ("child", 10**30)])
def test_a_list_that_does_not_exist_is_not_found(client, people, inspection, kind, number):
    accepted_caseload(inspection, "child", 3)
    client.force_login(people.lead)
    assert client.get(address("check-list", inspection, kind=kind, number=number)).status_code == 404


@pytest.mark.parametrize("kind", ["child", "victim"])
def test_the_template_is_a_csv_file_with_the_headings_of_the_page(client, people, inspection, kind):
    response = client.get(reverse("cases:list-template", kwargs={"kind": kind}))
    assert response["Content-Disposition"] == f'attachment; filename="caseload-{kind}.csv"'
    headings = [column.heading for column in COLUMNS[kind] if column.asked]
    assert response.content.decode("utf-8-sig").strip().split(",") == headings
    client.force_login(people.contact)
    page = client.get(address("service-caseload", inspection)).content.decode()
    assert [heading for heading in headings if f'list__key">{heading}' not in page] == []


def test_no_other_template_exists(client):
    assert client.get("/caseload-template/adult.csv").status_code == 404


def test_lists_cost_the_same_queries_however_many_they_are(client, people, inspection, django_assert_num_queries):
    client.force_login(people.lead)
    upload(client, inspection, children({}, {"sex": ""}))
    pages = [address("lists", inspection), address("check-list", inspection, kind="child", number=1)]
    counts = [queries(client, page) for page in pages]
    for _ in range(2):
        upload(client, inspection, children({"sex": ""}, {"sex": ""}, {}, {}))
    assert [queries(client, page) for page in pages] == counts


def test_the_services_lists_cost_the_same_queries_however_many_they_are(client, people, inspection):
    client.force_login(people.contact)
    upload(client, inspection, children({}, {"sex": ""}), to="service-caseload")
    page = address("service-caseload", inspection)
    client.get(page)
    count = queries(client, page)
    for _ in range(2):
        upload(client, inspection, children({"sex": ""}, {"sex": ""}), to="service-caseload")
    client.get(page)
    assert queries(client, page) == count


def queries(client, page: str) -> int:

    with CaptureQueriesContext(connection) as captured:
        assert client.get(page).status_code == 200
    return len(captured)
