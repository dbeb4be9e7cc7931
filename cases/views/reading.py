"""Reading a case: its sections, checking and sending, its history."""

from collections.abc import Mapping
from functools import lru_cache, partial
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts import clock
from accounts.models import User
from cases.actions import reading
from cases.actions.answers import CaseClosed
from cases.actions.reading import GapsLeft
from cases.actions.sections import mark_section
from cases.forms.answers import read_done, read_given_up
from cases.forms.answers import read_section as read_posted_section
from cases.forms.reading import SendForm
from cases.guards import case_page, closed_instead
from cases.models import Case, Source
from cases.queries.answers import (
    answers_of,
    changes_of,
    form_for,
    form_of,
    gaps_of,
    sent_content,
    set_aside_for,
    set_aside_for_nothing,
    standing,
    with_what_was_before,
)
from cases.queries.cases import may
from cases.queries.names import noticed
from cases.queries.notes import notes_of
from cases.queries.queries import marks_of, messages_about
from cases.rules.answers import Kept, Save, Section, Standing
from cases.rules.checking import Gap
from cases.rules.notes import heard_elsewhere, linked_to, unlinked
from cases.rules.progress import answered_codes
from cases.rules.reading import (
    Block,
    Notice,
    Unsaved,
    age,
    change,
    gave_way,
    group_pages,
    judgements,
    no_longer_asked,
    warned,
)
from cases.views.answers import COPY, said_time, why_closed
from cases.views.spliced import SplicedPage
from inspections import access
from inspections.views.pages import paginated

CHANGES_A_PAGE = 50
OPEN_SECTION = SplicedPage(
    "cases/read_section.html",
    texts=(
        *("csrf_token", "request.user.pk", "request.user.name"),
        "request.path",  # no section of an inspection leads to a case read, so none is the current one
        *("request.session.ends_at_words", "request.session.seconds_left", "saved_text"),
        *("inspection.ref", "inspection.service.name", "inspection.kind.name", "inspection.get_stage_display"),
        *("case.ref", "case.get_kind_display", "case.row.work_type", "case.row.get_work_type_display", "age"),
        *("section.code", "section.title", "next.code", "set_aside_url", "evidence_url"),
    ),
    shape=(
        *("service_name", "demo", "navigation", "open", "may_know", "done", "next.field", "section.counts"),
        *("request.user.is_authenticated", "request.user.role", "request.user.quick_answers"),
        *("inspection.stage", "inspection.parties"),
    ),
    parts=("cases/_section_evidence.html", "cases/_groups_asked.html"),
    absent=("messages", "error_list"),
)


def frame(request: HttpRequest, case: Case) -> dict[str, Any]:
    """What every page of a case shows around its own part. `open`: this person may answer now."""
    person = cast(User, request.user)
    is_open = may(person, case, access.READ_CASE) and not (case.sent_at or case.left_at)
    return {
        "case": case,
        "inspection": case.inspection,
        "open": is_open,
        "may_know": is_open and case.started_at is None,
        "named": case.reader_id == person.pk or access.LEAD in case.inspection.parties,
        "age": age(case.row.date_of_birth, clock.today()) if case.row.date_of_birth else None,
    }


def closed(request: HttpRequest, case: Case, found: Standing) -> HttpResponse:
    """What was typed for a case that is closed by now, to be copied."""
    questions, answers = list(form_of(case).questions.values()), answers_of(case)
    posted: list[Save] = read_posted_section(request.POST, questions)
    posted += read_given_up(request.POST, questions)
    kept = {code: answer.content.evidence for code, answer in answers.items()}
    typed = [save for save in posted if save.content.evidence not in ("", kept.get(save.question))]
    why = f"{why_closed(cast(User, request.user), found)} {COPY}"
    return render(request, "cases/read_closed.html", frame(request, case) | {"why": why, "typed": typed}, status=403)


@closed_instead(lambda request, case: closed(request, case, standing(case)))
@case_page(see=access.SEE_CASE, do=access.READ_CASE)
def read_section(request: HttpRequest, case: Case, section: str) -> HttpResponse:
    asked = section_or_404(case, section)
    if request.method != "POST":
        return section_page(request, case, asked, {}, done=section in case.done)
    saves = read_posted_section(request.POST, asked.questions)
    given_up, done = read_given_up(request.POST, asked.questions), read_done(request.POST)
    person = cast(User, request.user)
    try:
        unsaved = reading.save_section(by=person, case=case, saves=saves, given_up=given_up)
        if done is not None:
            mark_section(by=person, case=case, section=section, done=done)
    except CaseClosed as refused:
        return closed(request, case, refused.found)
    if unsaved:
        return section_page(request, case, asked, unsaved, done=section in case.done if done is None else done)
    return redirect(after(request, case, asked))


def section_or_404(case: Case, code: str) -> Section:
    try:
        return form_of(case).section(code)
    except KeyError:
        raise Http404 from None


def section_page(
    request: HttpRequest, case: Case, section: Section, unsaved: Mapping[str, Unsaved], *, done: bool
) -> HttpResponse:
    asked, answers = form_of(case), answers_of(case)
    answered = answered_codes(asked, answers)
    shown, person = frame(request, case), cast(User, request.user)
    marks, notice = marks_of(person, case), noticing(case, shown["open"])
    page = shown | evidence_pane(case, section, answers)
    page |= {
        "save_url": address("save-answer", case),
        "set_aside_url": address("set-aside", case),
        "history_url": address("history", case),
        "evidence_url": address("section-evidence", case, section=section.code),
        "done": done,
        "groups": group_pages(asked, section, answers, unsaved, sent_content(case), marks, *notice),
        "reasons": asked.reasons,
        "reopened": case.reopened_at is not None,
        "next": next((question for question in section.questions if question.code not in answered), None),
        "saved_text": saved_text(answers, len(unsaved)),
        "error_list": [problem(code, each) for code, each in unsaved.items()],
    }
    if unsaved or not page["open"]:
        return render(request, "cases/read_section.html", page, status=409 if unsaved else 200)
    return HttpResponse(OPEN_SECTION.render(request, page))


def evidence_pane(case: Case, section: Section, answers: Mapping[str, Kept]) -> dict[str, Any]:
    """What stands beside a section's questions, or on a page of its own where there is no room beside them."""
    notes = notes_of(case)
    return {
        "section": section,
        "notes_url": address("notes", case),
        "linked": linked_to(section, notes),
        "heard": heard_elsewhere(section, notes, Source.INTERVIEW),
        "interview_url": address("interview", case),
        "judgements": list(judgements(form_of(case), answers, but=section.code)),
    }


def saved_text(answers: Mapping[str, Kept], unsaved: int) -> str:
    if unsaved:
        return f"Not saved: {unsaved} answer{'' if unsaved == 1 else 's'}. Everything else is saved"
    if not answers:
        return "No answers yet"
    return f"All answers saved, {said_time(max(kept.at for kept in answers.values()))}"


def problem(code: str, unsaved: Unsaved) -> dict[str, str]:
    if unsaved.theirs is None:
        return {"text": unsaved.error, "href": f"#evidence-{code}"}
    return {"text": f"Choose which answer to {code} to keep", "href": f"#keep-{code}"}


def after(request: HttpRequest, case: Case, section: Section) -> str:
    """Where "Save and continue" or "Save and go to case home" leads."""
    if request.POST.get("then") == "home":
        return address("case", case)
    following = form_of(case).section_after(section.code)
    return address("read-section", case, section=following.code) if following else address("check", case)


def address(name: str, case: Case, **more: str) -> str:
    return address_of(name, ref=case.inspection.ref, case_ref=case.ref, **more)


@lru_cache(4_096)
def address_of(name: str, **parts: str) -> str:
    return reverse(f"cases:{name}", kwargs=parts)


@case_page(see=access.SEE_CASE, do=access.READ_CASE)
def check_case(request: HttpRequest, case: Case) -> HttpResponse:
    form = SendForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return check_page(request, case, form)
    try:
        reading.send_case(by=cast(User, request.user), case=case)
    except GapsLeft:
        return check_page(request, case, form)
    except CaseClosed as refused:
        messages.error(request, why_closed(cast(User, request.user), refused.found))
    else:
        messages.success(request, f"{case.ref} has been sent")
    return redirect(address("case", case))


def check_page(request: HttpRequest, case: Case, form: SendForm) -> HttpResponse:
    """Gaps come first; as errors once somebody tried to send."""
    asked, answers = form_of(case), answers_of(case)
    found, shown = gaps_of(case, answers), frame(request, case)
    marks, notice = marks_of(cast(User, request.user), case), noticing(case, shown["open"])
    sections = [(each, group_pages(asked, each, answers, {}, None, marks, *notice)) for each in asked.sections]
    page = shown | {
        "form": form,
        "gaps": found,
        "unlinked": len(unlinked(notes_of(case))),
        "noticed": [link for _, groups in sections for block in warned(groups) for link in warning_links(case, block)],
        "no_longer_asked": no_longer_asked(asked, form_for(case.inspection, case.kind), answers),
        "sections": sections,
        "error_list": [gap_link(case, gap) for gap in found] if form.is_bound else [],
    }
    return render(request, "cases/case_check.html", page)


def noticing(case: Case, open_: bool) -> list[Notice]:
    """Texts are looked through for whoever can still change them."""
    return [partial(noticed, case)] if open_ else []


def warning_links(case: Case, block: Block) -> list[dict[str, str]]:
    page, code = address("read-section", case, section=block.question.section), block.question.code
    return [{"text": f"{code}: {warning.text}", "href": f"{page}#evidence-{code}"} for warning in block.warnings]


def gap_link(case: Case, gap: Gap) -> dict[str, str]:
    page = address("read-section", case, section=gap.question.section)
    return {"text": gap.sentence, "href": f"{page}#{gap.field}-{gap.question.code}"}


@case_page(see=access.SEE_CASE)
def case_history(request: HttpRequest, case: Case) -> HttpResponse:
    question = asked_for(request, case)
    pages = paginated(request, changes_of(case, question), CHANGES_A_PAGE)
    whole, versions = form_for(case.inspection, case.kind), with_what_was_before(pages.rows)
    aside = set_aside_for(case, (kept for kept, _ in versions))
    changes = [change(whole, kept, before, aside.get((kept.question, kept.version), ())) for kept, before in versions]
    shown = frame(request, case) | {"changes": changes, "pages": pages, "question": question}
    first = not pages.links or request.GET.get("page", "1") == "1"
    shown["said"] = messages_about(case, question) if first else []
    shown["set_aside"] = [gave_way(whole, given) for given in set_aside_for_nothing(case, question)] if first else []
    return render(request, "cases/case_history.html", shown)


def asked_for(request: HttpRequest, case: Case) -> str:
    """The question that the history is limited to, if it is or was asked."""
    question = request.GET.get("question", "")
    return question if question in form_for(case.inspection, case.kind).questions else ""
