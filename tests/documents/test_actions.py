"""A file is received, looked into, scanned and available, or refused; without a clear answer it waits."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.test import override_settings

from accounts import clock
from accounts.models import AuditEvent
from documents import actions
from documents.actions import check_waiting, discard, keep
from documents.models import Document, DocumentText, State
from documents.queries import bytes_of, stored
from documents.rules.refused import CHANGED, MACROS, UNCHECKED, VIRUS
from tests.documents.hostile import EICAR, FAMILIES
from tests.documents.packages import word, word_parts, zipped
from tests.documents.scanning import scanner

pytestmark = pytest.mark.django_db


@pytest.fixture
def received(people):
    def make(content: bytes = b"", label: str = "a.docx", **fields) -> Document:
        return keep(
            by=people.contact,
            purpose="evidence",
            label=label,
            content=content or word(),
            inspection="YI-27-001",
            **fields,
        )

    return make


def now_(document: Document) -> tuple[str, str]:
    document.refresh_from_db()
    return document.state, document.refused_because


def again() -> int:
    """As if the pause were over."""
    Document.objects.update(next_check_at=clock.now())
    return check_waiting()


def test_a_clean_file_becomes_available_with_its_text(received, django_capture_on_commit_callbacks):
    document = received()
    assert now_(document) == (State.RECEIVED, "")
    assert check_waiting() == 2
    assert now_(document) == (State.AVAILABLE, "")
    assert (document.read_text.text, document.scanned_at) == ("Text", None)
    assert stored(document) == word()
    verbs = AuditEvent.objects.filter(inspection="YI-27-001").order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["looked into a file", "made a file available"]


def test_a_hostile_file_is_refused_in_words_and_its_bytes_are_removed(received, django_capture_on_commit_callbacks):
    document = received(dict(FAMILIES["macros"]())["project.pptx"], "a.pptx")
    with django_capture_on_commit_callbacks(execute=True):
        check_waiting()
    assert now_(document) == (State.REFUSED, MACROS)
    assert (default_storage.exists(document.file.name), bytes_of("YI-27-001")) == (False, 0)


def test_a_virus_is_found_by_the_scanner(received, settings):
    content = zipped(word_parts(more={"customXml/item1.xml": b"<x>" + EICAR + b"</x>"}), 0)
    document, clean = received(content), received()
    with scanner() as settings.CLAMAV:
        check_waiting()
    assert (now_(document), now_(clean)) == ((State.REFUSED, VIRUS), (State.AVAILABLE, ""))
    assert clean.scanned_at is not None
    assert not DocumentText.objects.filter(document=document).exists()


ANSWERS = [
    b"",
    b"stream: OK",
    b"OK\0",
    b"stream: OK\0stream: OK\0",
    b"INSTREAM size limit exceeded. ERROR\0",
    b"x" * 9_000,
]


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer[:12])
def test_without_a_clear_answer_of_the_scanner_a_file_waits_and_is_asked_about_again(received, settings, answer):
    document = received()
    with scanner(lambda _: answer) as settings.CLAMAV:
        check_waiting()
        assert (now_(document), check_waiting()) == ((State.CHECKED, ""), 0)
    with scanner() as settings.CLAMAV:
        again()
    assert now_(document) == (State.AVAILABLE, "")


def test_a_scanner_that_is_away_or_silent_holds_files_back_and_never_lets_one_pass(received, settings, monkeypatch):
    documents = [received(), received()]
    settings.CLAMAV = "tcp://127.0.0.1:1"
    for _ in range(6):
        again()
    monkeypatch.setattr("documents.scanner.SECONDS", 0.2)
    with scanner(lambda content: b"", times=0) as settings.CLAMAV:
        again()
    assert [now_(document)[0] for document in documents] == [State.CHECKED, State.CHECKED]


def test_a_file_that_changed_in_the_storage_is_refused(received):
    document = received()
    default_storage.delete(document.file.name)
    default_storage.save(document.file.name, ContentFile(word() + b"more"))
    check_waiting()
    assert now_(document) == (State.REFUSED, CHANGED)


def test_a_file_that_changes_between_the_checks_is_refused(received, settings):
    document = received()
    settings.CLAMAV = "tcp://127.0.0.1:1"
    check_waiting()
    default_storage.delete(document.file.name)
    default_storage.save(document.file.name, ContentFile(word() + b"more"))
    settings.CLAMAV = ""
    again()
    assert now_(document) == (State.REFUSED, CHANGED)


def test_a_storage_that_is_away_makes_files_wait(received):
    document = received()
    default_storage.delete(document.file.name)
    for _ in range(5):
        again()
    assert now_(document) == (State.RECEIVED, "")


def test_a_check_that_ends_without_an_answer_is_tried_three_times(received, monkeypatch):
    document = received()
    monkeypatch.setattr("documents.checking.SECONDS", 0.001)
    assert [(again(), now_(document)[0])[1] for _ in range(3)] == [State.RECEIVED, State.RECEIVED, State.REFUSED]
    assert document.refused_because == UNCHECKED


def test_a_claim_lapses_so_that_a_killed_worker_strands_nothing(received, settings):
    document = received()
    assert actions.claim({State.RECEIVED}) == document
    assert check_waiting() == 0
    with override_settings(CLOCK=(clock.now() + timedelta(minutes=4)).strftime("%Y-%m-%dT%H:%M")):
        check_waiting()
    assert now_(document) == (State.AVAILABLE, "")


def test_what_was_checked_can_still_be_taken_back_until_it_is_kept(received):
    document = received(kept=False)
    check_waiting()
    discard(document)
    assert (Document.objects.count(), DocumentText.objects.count()) == (0, 0)
    with pytest.raises(ValueError, match="kept"):
        discard(received())


@pytest.mark.parametrize(
    "change",
    [
        {"state": "available"},
        {"state": "checked"},
        {"state": "refused"},
        {"refused_because": "It is"},
        {"state": "unknown"},
        {"available_at": "2027-06-01T10:00Z"},
    ],
    ids=str,
)
def test_the_database_refuses_states_that_contradict_what_happened(received, change):
    document = received()
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=document.pk).update(**change)
