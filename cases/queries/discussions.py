"""What is read about multi-agency case discussions and the reviews of the service."""

from django.db.models import Prefetch, QuerySet
from django.http import Http404

from accounts.models import User
from cases.models import Discussion, DiscussionNumber, Review, ReviewAnswer, ReviewDocument
from cases.queries.answers import answers_of, form_of
from cases.queries.cases import case_for
from cases.rules.answers import Content
from cases.rules.reviews import Given, GivenSection
from inspections.access import Permission
from inspections.models import Inspection
from standards.schema import ReviewSection

MOST = 32_767  # PostgreSQL counts no further in these columns


def sent_reviews() -> QuerySet[Review]:
    documents = Prefetch("documents", ReviewDocument.objects.select_related("document"))
    return Review.objects.select_related("sent_by", "returned_by", "accepted_by").prefetch_related(documents)


def discussions_of(inspection: Inspection) -> QuerySet[Discussion]:
    """Those of cases that are chosen now, with the versions of their reviews, newest first."""
    versions = Prefetch("reviews", sent_reviews())
    chosen = inspection.discussions.filter(case__is_macd=True)
    return chosen.select_related("case", "case__reader").prefetch_related(versions).order_by("number")


def number_explained(inspection: Inspection, number: int) -> DiscussionNumber | None:
    """Why there are as many discussions, where somebody said so."""
    return DiscussionNumber.objects.select_related("given_by").filter(inspection=inspection, number=number).first()


def enough_discussions(inspection: Inspection, number: int) -> bool:
    """As many as the standards want, or another number with its reason."""
    return number == inspection.kind.multi_agency_discussions or number_explained(inspection, number) is not None


def discussion_of_service(inspection: Inspection, number: int) -> Discussion:
    """Whether the person may see it was asked when the inspection was fetched."""
    found = discussions_of(inspection).filter(number=number).first() if number <= MOST else None
    if found is None:
        raise Http404
    found.inspection = inspection
    return found


def discussion_for(person: User, ref: str, number: int, permission: Permission) -> Discussion:
    """With its case and inspection, if this person may do this with the case's discussion now; else Http404."""
    known = Discussion.objects.filter(inspection__ref=ref, number=min(number, MOST), case__is_macd=True)
    case_ref = known.values_list("case__ref", flat=True).first()
    if case_ref is None:
        raise Http404
    case = case_for(person, ref, case_ref, permission)
    found = discussion_of_service(case.inspection, number)
    found.case = case
    return found


def sections_of(inspection: Inspection) -> tuple[ReviewSection, ...]:
    return inspection.standards.review_sections


def section_or_404(inspection: Inspection, code: str) -> ReviewSection:
    found = next((section for section in sections_of(inspection) if section.code == code), None)
    if found is None:
        raise Http404
    return found


def drafts_of(discussion: Discussion) -> dict[str, ReviewAnswer]:
    return {answer.question: answer for answer in discussion.review_answers.select_related("changed_by")}


def written(discussion: Discussion) -> dict[str, str]:
    return {code: answer.text for code, answer in drafts_of(discussion).items()}


def given(inspection: Inspection, answers: dict[str, str]) -> list[GivenSection]:
    """Every question of the review, answered or not."""
    return [
        GivenSection(
            section.code,
            section.title,
            section.illustrative,
            [Given(question.code, question.text, answers.get(question.code, "")) for question in section.questions],
        )
        for section in sections_of(inspection)
    ]


def latest(discussion: Discussion) -> Review | None:
    return next(iter(discussion.reviews.all()), None)


def own_read(discussion: Discussion) -> list[tuple[str, str, Content | None]]:
    """Our answers to the key questions of the case, once its read is sent."""
    case = discussion.case
    if case.sent_at is None:
        return []
    answers = answers_of(case)
    keys = [question for question in form_of(case).questions.values() if question.is_key]
    return [(key.code, key.text, answers[key.code].content if key.code in answers else None) for key in keys]
