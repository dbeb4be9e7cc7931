"""The service reviews its two cases, one on screen and one in a document; the team accepts one and writes it up."""

from accounts import clock
from cases.actions.discussions import Typed, accept_review, save_section, send_review
from cases.actions.review_documents import keep_document, use_document
from cases.actions.voices import Statement, add_theme
from cases.actions.write_ups import Typed as Written
from cases.actions.write_ups import save_entries
from cases.models import Basis, Direction, Discussion, Effect
from cases.queries.discussions import discussions_of, given, latest
from cases.queries.review_documents import of
from cases.queries.write_ups import write_up as written_up
from cases.rules.review_documents import review_document
from cases.rules.write_ups import ATTENDED as CAME
from cases.rules.write_ups import NOTES, Said, field_of
from config.demo import people
from config.demo.review_words import (
    ATTENDED,
    DISCUSSION_ADDED,
    DISCUSSION_FINDING,
    DISCUSSION_NOTES,
    REVIEW_IN_A_DOCUMENT,
    REVIEW_ON_SCREEN,
)
from config.demo.telling import Telling


def discussed(telling: Telling) -> list[Discussion]:
    found = list(discussions_of(telling.inspection))
    for discussion in found:
        discussion.inspection = telling.inspection
    return found


def write_reviews(telling: Telling) -> None:
    """On the Friday before, on screen; on the Monday just before noon, in a document."""
    first, second = discussed(telling)
    contact = telling.contact
    telling.it_is(-3, 14, 30)
    save_section(by=contact, discussion=first, typed=typed(REVIEW_ON_SCREEN))
    telling.it_is(-3, 14, 45)
    send_review(by=contact, discussion=first)
    telling.it_is(0, 11, 40)
    sections = given(telling.inspection, REVIEW_IN_A_DOCUMENT)
    content = review_document(of(second), "noon on Monday", sections)
    paper = keep_document(by=contact, discussion=second, label="Review second discussion.docx", content=content)
    telling.it_is(0, 11, 45)
    use_document(by=contact, paper=paper, typed=typed(REVIEW_IN_A_DOCUMENT))
    telling.it_is(0, 11, 50)
    send_review(by=contact, discussion=second)


def typed(answers: dict[str, str]) -> dict[str, Typed]:
    return {code: Typed(text, 0) for code, text in answers.items()}


def accept_one(telling: Telling) -> None:
    telling.it_is(0, 12, 35)
    review = latest(discussed(telling)[0])
    if review:
        accept_review(by=telling.lead, review=review)


def write_up(telling: Telling) -> None:
    """Once the first discussion was held."""
    first = discussed(telling)[0]
    if not first.case.slot_cases.filter(slot__kind="multi_agency_discussion", slot__outcome="held").exists():
        return
    deputy = telling.cast[people.DEPUTY]
    said = {field_of(CAME, code): Said(count=count, text=roles) for code, (count, roles) in ATTENDED.items()}
    keys = [box.field for box in written_up(first).added]
    said |= {keys[0]: Said(choice=Effect.CONFIRMED), keys[2]: Said(choice=Effect.ADDED, text=DISCUSSION_ADDED)}
    said |= {NOTES: Said(text=DISCUSSION_NOTES)}
    save_entries(by=deputy, discussion=first, typed={field: Written(box, 0) for field, box in said.items()})
    finding = Statement("2.2", Direction.STRENGTH, DISCUSSION_FINDING, Basis.SAID)
    add_theme(by=deputy, inspection=telling.inspection, said=finding, day=clock.today(), discussion=first)
