"""Hostile and honest files over HTTP to a running server, and what became of each. `make drill-files`."""

import resource
import socket
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import pytest
from django.test import Client

from documents.actions import check_waiting
from documents.models import Document, DocumentText, State
from inspections.actions.requests import ask_for
from inspections.models import EvidenceFile
from tests.documents import honest, hostile
from tests.documents.packages import word
from tests.documents.scanning import scanner
from tests.documents.senders import BOUNDARY, Answer, Sender, dripped, form, part
from tests.factories import inspection_with_team
from tests.people import make

SLOWEST, MOST_MEMORY = 10, 300  # seconds; MB above the process that asks
NAMES = (
    "../../etc/passwd.docx",
    "..\\..\\boot.docx",
    "/etc/cron.d/a.docx",
    "a\0b.docx",
    "a\r\nX-Injected: yes.docx",
    'quo"te.docx',
    "a" * 300 + ".docx",
    "\U0001f600" * 63 + ".docx",
    "a\u202excod.docx",
    "CON.docx",
    "trailing. .docx",
    "-rf.docx",
    "%2e%2e%2fa.docx",
    "e\u0301.docx",
    "é.docx",
    "<script>alert(1)</script>.docx",
    "a;b|c&d.docx",
    "\x1b[31mred.docx",
)


@pytest.fixture
def sender(transactional_db, live_server, settings) -> Iterator[tuple[Sender, str]]:
    settings.CLOCK = "2027-05-14T10:00"
    people = make()
    inspection = inspection_with_team(people, stage="announced")
    ask_for(by=people.lead, inspection=inspection, title="Papers", text="", due_on=inspection.fieldwork_start)
    client = Client()
    client.force_login(people.contact)
    with scanner(times=100_000) as settings.CLAMAV:
        yield Sender(live_server.url, client.cookies["sessionid"].value), f"/service/{inspection.ref}/requests/1/"


@contextmanager
def listening() -> Iterator[list[object]]:
    """Counts who connects to where the hostile files lead."""
    callers: list[object] = []
    with socket.create_server(("127.0.0.1", 9)) as server:
        server.settimeout(0.2)
        stop: list[bool] = []

        def count() -> None:
            while not stop:
                try:
                    callers.append(server.accept())
                except TimeoutError:
                    continue

        thread = Thread(target=count, daemon=True)
        thread.start()
        yield callers
        stop.append(True)
        thread.join(timeout=5)


def became(answer: Answer) -> str:
    """Of the file that was just sent: refused at once, or what the checks made of it."""
    if answer.status == 302:
        while check_waiting():
            pass
        found = Document.objects.get()
        EvidenceFile.objects.all().delete()
        DocumentText.objects.all().delete()
        Document.objects.all().delete()
        return str(found.state)
    return "refused at once" if answer.status == 200 else str(answer.status)


def told(what: str, answers: list[Answer], ends: Counter[str]) -> None:
    slowest = max(answer.seconds for answer in answers)
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"\n{what}: {len(answers)} files, {dict(ends)}, slowest answer {slowest:.2f} s, largest check {largest} MB")
    assert slowest < SLOWEST
    assert largest < MOST_MEMORY
    assert [answer.status for answer in answers if answer.status >= 500] == []


def test_no_hostile_file_becomes_available(sender):
    who, page = sender
    answers, ends, passed = [], Counter(), []
    with listening() as callers:
        for family, name, content in hostile.every():
            answers.append(who.upload(page, name, content))
            ends[end := became(answers[-1])] += 1
            passed += [(family, name)] if end not in {State.REFUSED, "refused at once"} else []
    told(f"hostile, {len(hostile.FAMILIES)} families, {len(callers)} connections out", answers, ends)
    assert (passed, callers) == ([], [])


def test_no_honest_file_is_refused(sender):
    who, page = sender
    answers, ends, refused = [], Counter(), []
    for name, content in honest.every():
        answers.append(who.upload(page, name, content))
        ends[end := became(answers[-1])] += 1
        refused += [(name, end)] if end != State.AVAILABLE else []
    told("honest", answers, ends)
    assert refused == []


def test_no_name_breaks_anything(sender):
    who, page = sender
    answers, ends, labels = [], Counter(), []
    for name in NAMES:
        answers.append(who.upload(page, name, word()))
        labels += Document.objects.values_list("label", flat=True)
        ends[became(answers[-1])] += 1
    told("odd names", answers, ends)
    assert [label for label in labels if "/" in label or "\\" in label or not label.isprintable()] == []


def test_no_trick_of_a_form_breaks_anything(sender):
    who, page = sender
    bodies = {
        "no name": form(part('name="file"', word())),
        "two names": form(part('name="file"; filename="a.docx"; filename="b.exe"', word())),
        "name in another way": form(part("name=\"file\"; filename*=utf-8''a.exe", word())),
        "no end": part('name="file"; filename="a.docx"', word()),
        "nothing": b"",
        "empty": form(part('name="file"; filename="a.docx"', b"")),
        "wrong length": form(part('name="file"; filename="a.docx"', word(), "Content-Length: 99999999999999\r\n")),
        "wrong letters": form(
            part('name="file"; filename="a.docx"', word(), "Content-Type: text/plain; charset=x\r\n")
        ),
        "packed": form(part('name="file"; filename="a.docx"', b"!!!!", "Content-Transfer-Encoding: base64\r\n")),
        "long head": form(part('name="file"; filename="a.docx"', word(), f"X-A: {'a' * 1_000_000}\r\n")),
        "many parts": form(*[part(f'name="p{number}"', b"x") for number in range(10_000)]),
        "many files": form(*[part('name="file"; filename="a.docx"', b"x") for _ in range(2_000)]),
    }
    answers, ends = [], Counter()
    for body in bodies.values():
        answers.append(who.post(page, body))
        ends[became(answers[-1])] += 1
    for kind in (
        "multipart/form-data",
        f"multipart/form-data; boundary={'b' * 5_000}",
        "text/plain",
        "multipart/mixed",
    ):
        answers.append(who.post(page, bodies["no end"], kind))
        ends[became(answers[-1])] += 1
    told("forms", answers, ends)
    assert dripped(who, page, f"--{BOUNDARY}\r\n".encode()) >= 0
