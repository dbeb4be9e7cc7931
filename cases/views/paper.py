"""A case read as pages to be read beside it or printed: the evidence of a section, the whole read, a blank form."""

from collections import defaultdict
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts import clock
from accounts.models import User
from cases.guards import case_page
from cases.models import Case, QueryMessage
from cases.queries.answers import answers_of, form_of, sent_content
from cases.queries.interviews import interview_words
from cases.queries.notes import notes_of
from cases.queries.queries import marks_of, messages_about
from cases.rules.answers import Section
from cases.rules.notes import KeptNote, linked_to, unlinked
from cases.rules.reading import Block, GroupPage, group_pages
from cases.views.reading import evidence_pane, frame, section_or_404
from inspections import access

Evidenced = tuple[Block, tuple[KeptNote, ...], list[QueryMessage]]


@case_page(see=access.SEE_CASE)
def section_evidence(request: HttpRequest, case: Case, section: str) -> HttpResponse:
    asked = section_or_404(case, section)
    wanted = request.GET.get("question", "")
    question = next((each for each in asked.questions if each.code == wanted), None)
    page = frame(request, case) | evidence_pane(case, asked, answers_of(case)) | {"question": question}
    return render(request, "cases/read_evidence.html", page)


@case_page(see=access.SEE_CASE)
def print_case(request: HttpRequest, case: Case) -> HttpResponse:
    asked, answers, notes = form_of(case), answers_of(case), notes_of(case)
    sent, marks, said = sent_content(case), marks_of(cast(User, request.user), case), said_about(case)
    page = frame(request, case) | {
        "sections": [
            (section, with_notes(section, group_pages(asked, section, answers, {}, sent, marks), notes, said))
            for section in asked.sections
        ],
        "unlinked": unlinked(notes),
        "interview": interview_words(case),
        "struck": [note for note in notes if note.content.struck],
        "now": clock.now(),
    }
    return render(request, "cases/case_print.html", page)


def said_about(case: Case) -> dict[str, list[QueryMessage]]:
    """What was said in the queries on each answer, oldest first."""
    found: dict[str, list[QueryMessage]] = defaultdict(list)
    for message in reversed(messages_about(case)):
        found[message.query.question].append(message)
    return found


def with_notes(
    section: Section, groups: list[GroupPage], notes: list[KeptNote], said: dict[str, list[QueryMessage]]
) -> list[tuple[str, list[Evidenced]]]:
    """By label of the group, in the order of the screen: each question with its notes and what was said."""
    linked = {each.question.code: each.notes for each in linked_to(section, notes)}
    return [
        (
            group.label,
            [(block, linked.get(block.question.code, ()), said.get(block.question.code, [])) for block in group.blocks],
        )
        for group in groups
    ]


@case_page(see=access.SEE_CASE)
def paper_form(request: HttpRequest, case: Case) -> HttpResponse:
    """Blank: nothing but the reference says whose case it is on a sheet that travels."""
    asked = form_of(case)
    page = frame(request, case) | {
        "sections": [(section, group_pages(asked, section, {}, {})) for section in asked.sections],
        "reasons": asked.reasons,
        "lines": range(3),
        "more_lines": range(6),
        "now": clock.now(),
    }
    return render(request, "cases/case_paper.html", page)
