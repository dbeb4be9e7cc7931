"""The panel pack over HTTP: what is in it, that it stands as it was built, and that it says when it is superseded."""

import html
import re
import zlib

import pytest

from accounts import clock
from accounts.models import AuditEvent
from ratings.actions.meetings import start
from ratings.models import Meeting, Pack
from ratings.views import printing
from tests.factories import inspection_with_team, sampled_cases
from tests.ratings.given import CHILDREN, REASON, answered, changed, decided, frozen_meeting, meeting_started, signed_in

pytestmark = pytest.mark.django_db


def address(meeting: Meeting, path: str = "") -> str:
    return f"/inspections/{meeting.inspection.ref}/panel/pack/{path}"


def built(people, meeting: Meeting) -> str:
    response = signed_in(people.lead).post(address(meeting), follow=True)
    assert response.status_code == 200
    return text(response)


def text(response) -> str:
    page = response.content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", main)))


def test_it_holds_figures_decisions_what_is_left_out_cases_and_the_trace_with_a_stamp(people):
    meeting = frozen_meeting(people)
    found = built(people, meeting)
    for words in (
        "Pack 1, built ",
        f"Evidence version {meeting.evidence_version}, figures of version {meeting.evidence_version}",
        f"Fingerprint {meeting.inspection.standards.content_hash}",
        "Overall rating Good",
        "9 of 14 (64.3%): Requires improvement. 3 fewer sufficient cases would make it Inadequate.",
        REASON,
        "Cases left out: 0 No case",
        "C-14 No No No No No No 6",
        "Total score: 7 of 12",
    ):
        assert words in found
    assert list(AuditEvent.objects.filter(verb="built a panel pack").values_list("detail__number", flat=True)) == [1]


def test_a_pack_stands_and_says_when_something_has_changed_since(people):
    meeting = meeting_started(people)
    built(people, meeting)
    kept, client = Pack.objects.get().html, signed_in(people.member)
    superseded = "Superseded: data have changed since this pack was built"
    assert superseded not in text(client.get(address(meeting, "1/")))
    decided(meeting, people.chair, V1_2="yes")
    assert superseded in text(client.get(address(meeting, "1/")))
    assert superseded not in built(people, meeting)
    changed(meeting.inspection, "C-01", "2.1.1", "no")
    states = [(row.pack.number, row.superseded) for row in client.get(address(meeting)).context["rows"]]
    assert states == [(2, True), (1, True)]
    assert "C-01, 2.1.1: Yes, now No" in built(people, meeting)
    assert Pack.objects.get(number=1).html == kept


@pytest.mark.parametrize("number", [0, 2, 99999, 10**30])
def test_there_is_no_page_of_a_pack_that_was_not_built(people, number):
    meeting = meeting_started(people)
    built(people, meeting)
    assert signed_in(people.lead).get(address(meeting, f"{number}/")).status_code == 404
    assert signed_in(people.lead).get(address(meeting, f"{number}/pdf/")).status_code == 404


def test_without_what_makes_pdfs_the_page_says_so(people, monkeypatch):
    meeting = frozen_meeting(people)
    built(people, meeting)
    monkeypatch.setattr(printing, "find_spec", lambda name: None)
    page = text(signed_in(people.lead).get(address(meeting, "1/pdf/"), follow=True))
    assert "A PDF cannot be made here, because WeasyPrint is not installed. Open the pack and print it instead" in page


@pytest.mark.slow
def test_as_pdf_it_is_tagged_and_a_large_inspection_fits_on_twelve_pages(people):
    inspection = inspection_with_team(people, stage="rating")
    sent = {"sent_at": clock.now(), "sent_by": people.assistant, "reader": people.assistant}
    answered(sampled_cases(inspection, "child", 91, **sent), dict.fromkeys(CHILDREN, "yyna" * 22 + "yyn"), people.lead)
    answered(sampled_cases(inspection, "victim", 24, **sent), {"V1.1": "yn" * 12}, people.lead)
    meeting = start(inspection=inspection, by=people.lead)
    built(people, meeting)
    response = signed_in(people.member).get(address(meeting, "1/pdf/"))
    if response.status_code == 302:
        pytest.skip("there is no WeasyPrint, or no Pango for it")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'attachment; filename="{meeting.inspection.ref}-panel-pack-1.pdf"'
    objects = inside(response.content)
    assert [objects.count(part) for part in (b"/Marked true", b"/StructTreeRoot ", b'pdfuaid:part="1"')] == [1, 1, 1]
    assert 1 < len(re.findall(rb"/Type /Page\b", objects)) <= 12


def inside(pdf: bytes) -> bytes:
    """Everything in it, unpacked."""
    parts = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.S)
    return pdf + b"\n".join(unpacked(part) for part in parts)


def unpacked(part: bytes) -> bytes:
    try:
        return zlib.decompress(part)
    except zlib.error:
        return b""
