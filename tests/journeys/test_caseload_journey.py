"""Walk-through W8: the service sends its list as an Excel workbook with columns of its own, and the lead accepts it."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import AuditEvent
from cases.models import Case, CaseloadList, CaseloadRow
from cases.queries.caseload import accepted_list
from inspections.models import Notification, Stage
from tests.cases.workbooks import OWN, day, number, rows_of, text, texts, workbook
from tests.factories import inspection_with_team
from tests.journeys.browser import Browser
from tests.pages import text_of

pytestmark = pytest.mark.django_db

HEADINGS = {**OWN, "Case worker": text(""), "Officer in charge": text("W Jones")}
BORN, STARTED = day(40656), day(46266)


@pytest.fixture
def inspection(people, settings):
    settings.CLOCK = "2027-05-12T09:00"
    return inspection_with_team(people, stage=Stage.ANNOUNCED)


def rows(**second: str) -> str:
    """Five children in rows 3 to 9, two blank rows among them; the second child as told."""
    filled = []
    for n in range(5):
        row = {**HEADINGS, "Case Ref": number(700 + n), "Surname": text(f"Child {chr(65 + n)}")}
        filled.append(list((row | (second if n == 1 else {})).values()))
    blank = [[], []]
    return rows_of([texts("Caseload in May 2027"), texts(*HEADINGS), *filled[:2], *blank, *filled[2:]])


def sheets(data: str) -> SimpleUploadedFile:
    file = workbook(
        sheets={"Read me": rows_of([texts("How to read this")]), "Cases": data, "Lists": ""}, hidden=["Lists"]
    )
    return SimpleUploadedFile("Our caseload.xlsx", file)


SWAPPED = {"DOB": STARTED, "Order start date": BORN}
NEARLY = {"Surname": text("Childe C")}


def test_the_service_sends_a_workbook_with_columns_of_its_own(people, inspection):
    contact = Browser(people.contact).open("/").follow("Send the lists of your cases")
    send_page = contact.path
    contact.send(kind="child", file=sheets(rows(**SWAPPED)))
    words = text_of(contact.html)
    assert "We could not find a column for case manager" not in words  # an empty column has the name that we know
    assert "Row 3: case manager is missing" in words
    contact.send(worker=str(list(HEADINGS).index("Officer in charge")), again="again")
    words = text_of(contact.html)
    assert "Row 4: start date is before date of birth; the child was 18 or over on the start date" not in words
    assert "Row 4: start date is before date of birth" in words
    assert "The sheet “Cases” is read. Not read: “Read me”, 1 hidden sheet" in words
    assert "Columns left out Case worker, Postcode" in words
    assert Notification.objects.count() == CaseloadList.objects.count() == 0

    contact.open(send_page).send(kind="child", file=sheets(rows(**NEARLY)))
    words = text_of(contact.html)
    assert "No row has a problem." in words
    contact.send(send="send")
    assert contact.path == send_page
    assert f"Receipt {inspection.ref}-C1" in text_of(contact.html)
    assert "Rows 5, 0 with problems" in text_of(contact.html)
    assert "Demo Child" not in contact.html

    lead = Browser(people.lead)
    lead.open(Notification.objects.get(person=people.lead).link).follow("Children's cases, list 1")
    words = text_of(lead.html)
    assert "Rows that can be used 5" in words
    assert "Demo Child C" in words
    lead.follow("See each of them")
    assert "Perhaps the same person twice: nearly the same name and the same date of birth" in text_of(lead.html)
    lead.follow("Back to the list").send()
    accepted = accepted_list(inspection, "child")
    assert list(accepted.rows.values_list("number", "local_reference", "date_of_birth", "started_on", "worker")) == [
        (row, str(700 + n), date(2011, 4, 23), date(2026, 9, 1), "W Jones") for n, row in enumerate((3, 4, 7, 8, 9))
    ]


def test_the_reader_of_a_case_sees_the_name_and_nobody_else_but_the_lead(people, inspection):
    contact = Browser(people.contact).open(f"/service/{inspection.ref}/caseload/")
    contact.send(kind="child", file=sheets(rows())).send(worker="11", again="again").send(send="send")
    sample = f"/inspections/{inspection.ref}/sample"
    lead = Browser(people.lead)
    lead.open(f"{sample}/lists/child/1/").send()
    lead.open(f"{sample}/choose/child/").send(size="5")
    Case.objects.filter(ref="C-01").update(reader=people.assistant)
    inspection.stage = Stage.FIELDWORK
    inspection.save()
    name = CaseloadRow.objects.get(cases__ref="C-01").name
    home = f"/inspections/{inspection.ref}/cases/C-01/"
    team = ("lead", "deputy", "assistant", "second_assistant", "head", "quality")
    seen = {who for who in team if name in Browser(getattr(people, who)).open(home).html}
    assert seen == {"lead", "assistant"}
    assert name.split()[-1] not in {word for event in AuditEvent.objects.all() for word in str(event.detail).split()}
