"""Discussions get their numbers; the service writes and sends reviews of them; the team accepts or returns those."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse

from accounts import clock
from accounts.actions import record
from accounts.models import User
from cases.models import Case, Discussion, DiscussionNumber, Review, ReviewAnswer
from cases.queries.discussions import drafts_of, written
from cases.queries.timetable import reviews_due
from inspections.access import SETTLE_REVIEW, WRITE_REVIEW
from inspections.actions.mail import write_mail
from inspections.actions.notifications import tell
from inspections.actions.refused import Refused
from inspections.models import Inspection
from inspections.queries.service import contacts_of, lead_of


@dataclass(frozen=True)
class Typed:
    """`base` is the version that the text was based on; 0 where there was none."""

    text: str
    base: int


def number_discussions(inspection: Inspection, cases: Iterable[Case]) -> None:
    """In the transaction of the choice, which holds the inspection's row. A case keeps the number that it has."""
    known = set(inspection.discussions.values_list("case", flat=True))
    new = sorted((case for case in cases if case.pk not in known), key=lambda case: case.ref)
    for number, case in enumerate(new, start=len(known) + 1):
        Discussion.objects.create(inspection=inspection, number=number, case=case)


def explain_number(by: User, inspection: Inspection, number: int, reason: str) -> None:
    """Why there are as many and not the number of the standards; in the transaction of the choice."""
    why = {"number": number, "reason": reason, "given_at": clock.now(), "given_by": by}
    DiscussionNumber.objects.update_or_create(inspection=inspection, defaults=why)


def held(discussion: Discussion) -> Discussion:
    """One writer at a time, and while reviews are still taken."""
    inspection = Inspection.objects.select_for_update(no_key=True).get(pk=discussion.inspection_id)
    if inspection.stage not in WRITE_REVIEW.stages:
        raise Refused("Fieldwork has closed. Reviews are no longer taken")
    if discussion.reviews.filter(accepted_at__isnull=False).exists():
        raise Refused("The inspection team has accepted this review. It can no longer be changed")
    return discussion


@transaction.atomic
def save_section(*, by: User, discussion: Discussion, typed: Mapping[str, Typed]) -> dict[str, ReviewAnswer]:
    """Keeps each text whose base is still the newest version. Gives back the answers that somebody else changed."""
    kept, stale, saved = drafts_of(held(discussion)), {}, []
    for code, new in typed.items():
        old = kept.get(code)
        if new.text == (old.text if old else ""):
            continue
        if old and old.version != new.base:
            stale[code] = old
        else:
            keep(by, discussion, code, new.text, old)
            saved.append(code)
    if saved:
        detail = {"discussion": discussion.number, "questions": saved}
        record(by=by, verb="wrote on a review", inspection=discussion.inspection.ref, detail=detail)
    return stale


def keep(by: User, discussion: Discussion, code: str, text: str, old: ReviewAnswer | None) -> None:
    answer = old or ReviewAnswer(discussion=discussion, question=code, version=0)
    answer.text, answer.version = text, answer.version + 1
    answer.changed_at, answer.changed_by = clock.now(), by
    answer.save()


@transaction.atomic
def send_review(*, by: User, discussion: Discussion) -> Review:
    """As it is written now, as a version of its own. Raises Refused."""
    answers = {code: text for code, text in written(held(discussion)).items() if text}
    last = discussion.reviews.order_by("-number").first()
    if not answers:
        raise Refused("Answer at least one question, then send the review")
    if last and last.waits and last.answers == answers:
        raise Refused("You have sent this version already. Change an answer before you send it again")
    review = Review.objects.create(
        discussion=discussion,
        number=last.number + 1 if last else 1,
        answers=answers,
        due_at=reviews_due(discussion.inspection),
        sent_at=clock.now(),
        sent_by=by,
    )
    discussion.documents.filter(used_at__isnull=False, review=None).update(review=review)
    tell_lead(review)
    detail = {"discussion": discussion.number, "version": review.number, "late": review.is_late}
    record(by=by, verb="sent a review", inspection=discussion.inspection.ref, detail=detail)
    return review


def tell_lead(review: Review) -> None:
    inspection, lead = review.discussion.inspection, lead_of(review.discussion.inspection)
    text = f"The service sent its review for discussion {review.discussion.number}. {inspection.ref}"
    key = f"{inspection.ref} review {review.discussion.number} version {review.number}"
    people = [lead.person_id] if lead else []
    tell(people=people, key=key, text=text, to="cases:discussions", inspection=inspection)


def waiting(review: Review) -> Review:
    """The row, held, if nobody has settled it and it is the newest. Raises Refused."""
    inspection = Inspection.objects.select_for_update(no_key=True).get(pk=review.discussion.inspection_id)
    if inspection.stage not in SETTLE_REVIEW.stages:
        raise Refused("Fieldwork has closed. Reviews are no longer accepted or returned")
    newest = Review.objects.filter(discussion=review.discussion_id).order_by("-number")[0]
    if newest.pk != review.pk:
        raise Refused("The service has sent a newer version. Read that one first")
    if not newest.waits:
        raise Refused("Somebody else has accepted or returned this version already")
    return newest


@transaction.atomic
def accept_review(*, by: User, review: Review) -> None:
    found = waiting(review)
    found.accepted_at, found.accepted_by = clock.now(), by
    found.save(update_fields=["accepted_at", "accepted_by"])
    note(by, review, "accepted a review", {})


@transaction.atomic
def return_review(*, by: User, review: Review, reason: str) -> None:
    """The service is told that there is something to do; the reason itself stands on its page only."""
    found, inspection = waiting(review), review.discussion.inspection
    found.returned_at, found.returned_by, found.returned_because = clock.now(), by, reason
    found.save(update_fields=["returned_at", "returned_by", "returned_because"])
    people, number = contacts_of(inspection), review.discussion.number
    key = f"{inspection.ref} review {number} version {review.number} returned"
    sentence = f"The inspection team has returned your review for discussion {number} and says what is missing."
    tell(people=people, key=key, text=sentence, to="inspections:service-home", inspection=inspection)
    link = reverse("inspections:service-home", kwargs={"ref": inspection.ref})
    write_mail(people=people, key=key, sentence=sentence, link=link, inspection=inspection)
    note(by, review, "returned a review", {"reason": reason})


def note(by: User, review: Review, verb: str, more: dict[str, object]) -> None:
    detail = {"discussion": review.discussion.number, "version": review.number} | more
    record(by=by, verb=verb, inspection=review.discussion.inspection.ref, detail=detail)
