"""A service fills its review in as a Word document: what was read is shown first, used then, and nothing is lost."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document as WordDocument

from accounts import clock
from accounts.models import AuditEvent
from cases.actions.discussions import Typed, accept_review, number_discussions, save_section, send_review
from cases.actions.review_documents import forget_unused, keep_document
from cases.models import Case, Review, ReviewDocument
from cases.queries.discussions import written
from cases.queries.review_documents import as_document
from cases.rules import reviews, word_files
from documents.actions import check_waiting
from documents.models import Document
from tests.cases.reviewing import with_part
from tests.cases.test_rules_reviews import HOSTILE
from tests.factories import inspection_with_team, sampled_cases
from tests.pages import text_of

pytestmark = pytest.mark.django_db
FIRST, SECOND = "agencies-1", "agencies-2"


@pytest.fixture
def inspection(people):
    return inspection_with_team(people)


@pytest.fixture
def discussion(inspection, people):
    cases = sampled_cases(inspection, count=2, reader=people.assistant)
    Case.objects.filter(pk__in=[case.pk for case in cases]).update(is_macd=True)
    number_discussions(inspection, cases)
    return inspection.discussions.get(number=1)


@pytest.fixture
def service(client, people):
    client.force_login(people.contact)
    return client


def at(discussion, more="document/"):
    return f"/service/{discussion.inspection.ref}/macd/{discussion.number}/{more}"


def filled_in(content, **answers) -> bytes:
    """As somebody does it in an office program: it goes to the box below a question, and writes."""
    document, file = WordDocument(BytesIO(content)), BytesIO()
    for table in document.tables:
        code = table.cell(0, 0).text.split()[0].replace("-", "_")
        if code in answers:
            table.cell(1, 0).text = answers[code]
    document.save(file)
    return file.getvalue()


def upload(client, discussion, content, name="Review & Ann's.docx"):
    return client.post(at(discussion), {"file": SimpleUploadedFile(name, content)})


def use(client, discussion, **more):
    waiting = ReviewDocument.objects.get(used_at=None)
    versions = {answer.question: answer.version for answer in discussion.review_answers.all()}
    codes = [
        question.code for section in discussion.inspection.standards.review_sections for question in section.questions
    ]
    base = {f"{code}-version": versions.get(code, 0) for code in codes}
    return client.post(at(discussion, "document/use/"), base | {"paper": waiting.pk} | more)


def documents():
    return Document.objects.filter(purpose="review").count()


def wrote(by, discussion, text, code=FIRST, base=0):
    save_section(by=by, discussion=discussion, typed={code: Typed(text, base)})


def test_a_document_is_got_filled_in_looked_at_used_and_sent(service, inspection, discussion, people):
    wrote(people.contact, discussion, "What stood on the page", SECOND)
    got = service.get(at(discussion, "review.docx"))
    assert got["Content-Disposition"] == f'attachment; filename="review-{inspection.ref}-discussion-1.docx"'
    assert (
        upload(service, discussion, filled_in(got.content, agencies_1="Health & school\n\nsince May")).status_code
        == 302
    )
    shown = service.get(at(discussion)).content.decode()
    assert ("Health &amp; school\n\nsince May" in shown, "What stood on the page" in shown) == (True, True)
    assert written(discussion) == {SECOND: "What stood on the page"}
    use(service, discussion)
    answers = {FIRST: "Health & school\n\nsince May", SECOND: "What stood on the page"}
    assert written(discussion) == answers
    send_review(by=people.contact, discussion=discussion)
    kept = ReviewDocument.objects.get()
    assert (kept.review.answers, kept.document.kept, kept.document.label) == (
        answers,
        True,
        "Review & Ann's.docx",
    )


def test_the_team_opens_the_original_once_it_is_sent_and_the_log_says_so(client, discussion, people):
    content = filled_in(as_document(discussion), agencies_1="Health")
    client.force_login(people.contact)
    upload(client, discussion, content)
    use(client, discussion)
    paper = ReviewDocument.objects.get()
    address = f"/inspections/{discussion.inspection.ref}/macd/1/files/{paper.pk}/"
    client.force_login(people.lead)
    assert client.get(address).status_code == 404
    send_review(by=people.contact, discussion=discussion)
    assert client.get(address).status_code == 404, "nothing is given out before it is checked"
    check_waiting()
    answer = client.get(address)
    assert (answer.content, answer["Content-Type"], answer["X-Content-Type-Options"]) == (
        content,
        word_docx(),
        "nosniff",
    )
    assert answer["Content-Disposition"].startswith("attachment; ")
    assert AuditEvent.objects.filter(verb="opened a document of a review", person=people.lead).count() == 1
    assert address in client.get(f"/inspections/{discussion.inspection.ref}/macd/1/files/").content.decode()
    for other in (
        f"/inspections/{discussion.inspection.ref}/macd/2/files/{paper.pk}/",
        address.replace(str(paper.pk), "9" * 30),
    ):
        assert client.get(other).status_code == 404


def word_docx():
    return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.mark.parametrize(("chosen", "kept"), [("document", "Of the document"), ("page", "Of the page")])
def test_where_both_say_something_the_person_chooses_which_text_stays(service, discussion, people, chosen, kept):
    upload(service, discussion, filled_in(as_document(discussion), agencies_1="Of the document", agencies_2="More"))
    wrote(people.contact, discussion, "Of the page")
    answer = use(service, discussion)
    assert "Choose which text stays: Which agencies work with this child" in text_of(answer.content.decode())
    assert written(discussion) == {FIRST: "Of the page"}
    use(service, discussion, **{FIRST: chosen})
    assert written(discussion) == {FIRST: kept, SECOND: "More"}


def test_what_a_colleague_changed_meanwhile_is_shown_first(service, discussion, people):
    upload(service, discussion, filled_in(as_document(discussion), agencies_1="Of the document"))
    wrote(people.contact, discussion, "One")
    wrote(people.contact, discussion, "Two", base=1)
    use(service, discussion, **{FIRST: "document", f"{FIRST}-version": 1})
    assert (written(discussion), ReviewDocument.objects.get().used_at) == ({FIRST: "Two"}, None)
    assert "Two" in service.get(at(discussion)).content.decode()


def test_another_document_of_the_same_person_takes_the_place_of_the_first(service, discussion, people):
    for text in ("First", "Second"):
        upload(service, discussion, filled_in(as_document(discussion), agencies_1=text))
    assert (ReviewDocument.objects.count(), documents()) == (1, 1)
    answer = use(service, discussion, paper=ReviewDocument.objects.get().pk - 1)
    assert "Another document has taken the place" in answer.content.decode()
    use(service, discussion)
    assert written(discussion) == {FIRST: "Second"}
    assert service.post(at(discussion, "document/use/"), {}).status_code == 302


def test_a_document_that_waits_is_seen_by_whoever_uploaded_it_alone(client, discussion, people):
    keep_document(
        by=people.lead,
        discussion=discussion,
        label="x.docx",
        content=filled_in(as_document(discussion), agencies_1="Mine"),
    )
    client.force_login(people.contact)
    assert "Mine" not in client.get(at(discussion)).content.decode()


@pytest.mark.parametrize(
    ("make", "name", "sentence"),
    [
        (lambda: b"", "a.docx", word_files.CHOOSE_A_DOCUMENT),
        (lambda: b"text", "a.txt", word_files.CHOOSE_A_DOCUMENT),
        (lambda: with_part("word/vbaProject.bin", b""), "a.docm", word_files.CHOOSE_A_DOCUMENT),
        (lambda: with_part("docProps/custom.xml", "<a/>"), "a.docx", reviews.ANOTHER),
        *(
            (make, "a.docx", sentence)
            for make, sentence in (HOSTILE[name] for name in ("password", "macros", "entities"))
        ),
    ],
    ids=["empty", "text", "macros by name", "another inspection", "password", "macros", "entities"],
)
def test_a_document_that_cannot_be_used_is_refused_on_the_page_and_not_kept(service, discussion, make, name, sentence):
    answer = upload(service, discussion, make(), name)
    assert (answer.status_code, sentence in text_of(answer.content.decode())) == (200, True)
    assert (ReviewDocument.objects.count(), documents()) == (0, 0)


def test_a_file_above_the_limit_is_refused(service, discussion, settings):
    settings.REVIEW_MAX_BYTES = 1024**2
    answer = upload(service, discussion, as_document(discussion) + b"\0" * 1024**2)
    assert "The file must be smaller than 1MB" in answer.content.decode()


def test_what_is_in_it_is_shown_as_text(service, discussion):
    bad = "<script>alert(1)</script>{{ 7|add:7 }}"
    upload(service, discussion, filled_in(as_document(discussion), agencies_1=bad), name='<b>"x".docx')
    shown = service.get(at(discussion)).content.decode()
    assert ("<script>alert(1)" in shown, "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7|add:7 }}" in shown) == (False, True)


def test_once_the_review_is_accepted_no_document_is_taken(service, discussion, people):
    wrote(people.contact, discussion, "Text")
    accept_review(by=people.lead, review=send_review(by=people.contact, discussion=discussion))
    answer = upload(service, discussion, filled_in(as_document(discussion), agencies_1="Late"))
    assert "The inspection team has accepted this review" in answer.content.decode()
    assert Review.objects.count() == 1
    assert documents() == 0


def test_a_document_that_nobody_used_goes_after_a_week(discussion, people):
    keep_document(by=people.contact, discussion=discussion, label="x.docx", content=as_document(discussion))
    assert forget_unused() == 0
    ReviewDocument.objects.update(uploaded_at=clock.now() - timedelta(days=8))
    assert (forget_unused(), documents()) == (1, 0)
