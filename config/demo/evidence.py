"""The service is asked for evidence in advance, and has answered some of it."""

from config.demo.telling import Telling
from inspections.actions.requests import add_file, ask_for_items, return_to_service, say_not_held, send_files
from inspections.models import EvidenceRequest

SENT = (
    ("organisation", "Organisational data.pdf", ("Organisational data", "31 posts, 3 of them vacant")),
    ("plan", "Youth justice plan.pdf", ("Youth justice plan", "Our aims for this year")),
)
NOT_HELD = "We have not written this down. We can tell you about it."
RETURNED = "Write half a page about what you asked and heard this year."


def ask(telling: Telling) -> None:
    telling.it_is(-26, 9, 30)
    codes = [item.code for item in telling.inspection.standards.evidence_items]
    ask_for_items(by=telling.lead, inspection=telling.inspection, codes=codes)


def answer(telling: Telling) -> None:
    """One item is not held and returned, two are sent and wait for the team; one file is uploaded and not sent."""
    telling.it_is(-25, 10, 30)
    say_not_held(by=telling.contact, request=request(telling, "voices"), reason=NOT_HELD)
    telling.it_is(-25, 15, 10)
    return_to_service(by=telling.lead, request=request(telling, "voices"), seen=1, reason=RETURNED)
    for minute, (code, label, lines) in enumerate(SENT):
        telling.it_is(-24, 11, minute)
        add_file(by=telling.contact, request=request(telling, code), label=label, content=paper(lines))
        send_files(by=telling.contact, request=request(telling, code))
    telling.it_is(-24, 11, 30)
    content = paper(("Terms of reference",))
    add_file(by=telling.contact, request=request(telling, "board"), label="Terms of reference.pdf", content=content)


def request(telling: Telling, code: str) -> EvidenceRequest:
    return telling.inspection.evidence_requests.get(code=code)


def paper(lines: tuple[str, ...]) -> bytes:
    """A PDF of one page."""
    said = " ".join(f"({line}) Tj 0 -20 Td" for line in lines)
    content = f"BT /F 14 Tf 72 720 Td {said} ET"
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    out, places = "%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{each}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"xref\n0 6\n0000000000 65535 f \n{table}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return (out + end).encode("ascii")
