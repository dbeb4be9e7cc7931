"""The interview about a case: its topics, its notes, its time, and what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from accounts import clock
from accounts.models import User
from accounts.sent import sent
from cases.actions import interviews as actions
from cases.actions.answers import AnswerRefused, CaseClosed
from cases.actions.notes import NoteReceipt, StaleNote
from cases.forms.answers import Unreadable
from cases.forms.interviews import ResultForm
from cases.forms.notes import posted_note, posted_stamp, read_message, save_of, words_of
from cases.guards import case_page, closed_instead
from cases.models import Case, Source
from cases.queries import interviews as queries
from cases.queries.answers import form_of, standing
from cases.queries.interviews import CaseTopics, Said
from cases.rules.interviews import OTHER, Topic, new_item
from cases.rules.notes import NoteBlock, NoteSave
from cases.rules.timetable import clock_words, day_words
from cases.rules.words import in_words
from cases.views.answers import closed as closed_to_script
from cases.views.answers import said_time, signed_in
from cases.views.notes import closed, problems, theirs, unsaved
from cases.views.reading import address, frame
from inspections import access
from inspections.actions.refused import Refused
from inspections.models import Slot

NO_PLACE = "This note belongs to an interview or a topic that the page does not show any more. Copy your text"
NOT_BOOKED = "This interview is not booked any more. Copy your text and open the page again."


@dataclass(frozen=True)
class TopicPage:
    """`new` is None for whoever cannot write here."""

    topic: Topic
    key: str
    covered: bool
    blocks: list[NoteBlock]
    new: NoteBlock | None
    address: Case | None


@dataclass(frozen=True)
class Part:
    """The topics of one case, or of all; `goes_to` says where notes on it are kept where that is not plain."""

    case: Case | None
    topics: list[TopicPage]
    goes_to: str


@case_page(see=access.SEE_CASE)
def interview(request: HttpRequest, case: Case) -> HttpResponse:
    return interview_page(request, case)


def interview_page(
    request: HttpRequest, case: Case, failed: NoteBlock | None = None, status: int = 200
) -> HttpResponse:
    person = cast(User, request.user)
    slots = queries.slots_about(case)
    slot = slots[0] if slots else None
    cases = queries.cases_of(person, slot) if slot else []
    covered = queries.topics_for(cases, slot) if slot else queries.topics_for([case])
    parts = [part(person, slot, cases, each, failed) for each in covered]
    blocks = [block for each in parts for topic in each.topics for block in blocks_of(topic)]
    if failed and failed.note_id not in {block.note_id for block in blocks}:
        return to_copy(request, case, failed)
    page = frame(request, case) | {
        "slot": slot,
        "earlier": [(each, queries.local(each.period.lower)) for each in slots if each is not slot and each.outcome],
        "wanted": queries.wanted_for(case.inspection, case.kind),
        "parts": parts,
        "several": slot is not None and len(slot.covered.all()) > 1,
        "hidden": len(slot.covered.all()) - len(cases) if slot else 0,
        "saved_text": saved_text(blocks, failed),
        "error_list": [problem for block in blocks for problem in problems(block)],
        **(booking(person, slot) if slot else {}),
    }
    return render(request, "cases/interview_read.html", page, status=status)


def to_copy(request: HttpRequest, case: Case, failed: NoteBlock) -> HttpResponse:
    """A text for which the page has no place any more."""
    why = next(iter(failed.errors.values()), NO_PLACE)
    page = frame(request, case) | {"why": f"{why.rstrip('.')}.", "typed": failed.typed["text"]}
    return render(request, "cases/note_closed.html", page, status=409)


def booking(person: User, slot: Slot) -> dict[str, Any]:
    """When it is, who takes part, and how its time stands."""
    begins, ends, now = queries.local(slot.period.lower), queries.local(slot.period.upper), queries.local(clock.now())
    taken, timing = list(slot.bookings.all()), queries.timing_of(slot)
    ours = [each.person for each in taken if each.person]
    return {
        "when": f"{day_words(begins.date())}, {clock_words(begins)} to {clock_words(ends)}",
        "interviewers": in_words([each.name for each in ours]) if ours else "",
        "is_interviewer": person in ours,
        "met": in_words([each.met.name for each in taken if each.met]) if any(each.met for each in taken) else "",
        "place": next((str(each.place) for each in taken if each.place), ""),
        "record": queries.interview_of(slot),
        "timing": timing.words(now),
        "over": timing.over_words(now),
        "started": timing.started,
        "ends": timing.ends,
        "now": now,
    }


def part(person: User, slot: Slot | None, cases: list[Case], topics: CaseTopics, failed: NoteBlock | None) -> Part:
    about = [topics.case] if topics.case else cases
    writers = [case for case in about if queries.is_writable(person, case)] if slot else []
    pages = [topic_page(slot, topics, topic, writers, failed) for topic in topics.topics]
    goes_to = in_words([case.ref for case in writers]) if writers and topics.case is None else ""
    return Part(topics.case, pages, goes_to)


def topic_page(
    slot: Slot | None, about: CaseTopics, topic: Topic, writers: list[Case], failed: NoteBlock | None
) -> TopicPage:
    ref = about.case.ref if about.case else "all"
    said = about.said.get(topic.code, [])
    name = topic.questions[0] if topic.questions else topic.title[:1].lower() + topic.title[1:]
    apart = about.case and topic.code != OTHER and slot and len(slot.covered.all()) > 1
    label = f"{name}, {ref}" if apart else name
    blocks = [
        block(each, f"Note {number} on {label}", failed)
        for number, each in enumerate(said, start=1)
        if not each.note.content.struck
    ]
    new = new_block(slot, ref, topic, len(said), f"Note on {label}", failed) if slot and writers else None
    return TopicPage(topic, f"{ref}-{topic.code}", topic.code in about.covered, blocks, new, next(iter(writers), None))


def block(said: Said, label: str, failed: NoteBlock | None) -> NoteBlock:
    key, kept = str(said.item), said.note
    if failed and failed.note_id == said.item:
        told = failed.theirs, kept
        return NoteBlock(key, said.item, failed.version, failed.save_id, label, failed.typed, failed.errors, *told)
    return NoteBlock(key, said.item, kept.version, uuid4(), label, words_of(kept), kept=kept)


def new_block(slot: Slot, ref: str, topic: Topic, number: int, label: str, failed: NoteBlock | None) -> NoteBlock:
    item = new_item(slot.pk, ref, topic.code, number)
    if failed and failed.note_id == item:
        return NoteBlock(str(item), item, 0, failed.save_id, label, failed.typed, failed.errors)
    typed = {"text": "", "questions": " ".join(topic.questions), "source": Source.INTERVIEW, "seen_on": ""}
    return NoteBlock(str(item), item, 0, uuid4(), label, typed)


def blocks_of(topic: TopicPage) -> list[NoteBlock]:
    return [*topic.blocks, *([topic.new] if topic.new else [])]


def saved_text(blocks: Iterable[NoteBlock], failed: NoteBlock | None) -> str:
    times = [block.kept.at for block in blocks if block.kept]
    if failed:
        return "Not saved: 1 note. Everything else is saved"
    return f"All notes saved, {said_time(max(times))}" if times else "No notes yet"


# --- notes ---


@closed_instead(lambda request, case: closed(request, case, standing(case)))
@case_page(do=access.READ_CASE)
def note(request: HttpRequest, case: Case, topic: str) -> HttpResponse:
    """Without a script. A text that was refused comes back in its place."""
    form, stamp = posted_note(request.POST, form_of(case)), posted_stamp(request.POST)
    if request.POST.get("keep") == "theirs":
        return back(case, str(stamp["item"]))
    if not form.is_valid():
        problem = {"text": ". ".join(form.sentences.values())}
        return interview_page(request, case, unsaved(form, stamp, problem))
    try:
        keep_note(cast(User, request.user), case, topic, save_of(stamp, form.content()))
    except CaseClosed as refused:
        return closed(request, case, refused.found)
    except AnswerRefused as refused:
        return interview_page(request, case, unsaved(form, stamp, {"text": str(refused)}))
    except StaleNote as stale:
        return interview_page(request, case, unsaved(form, stamp, {}, stale.theirs), status=409)
    return back(case, str(stamp["item"]))


@signed_in
@closed_instead(lambda request, case: closed_to_script(request, standing(case)))
@case_page(do=access.READ_CASE)
def save_note(request: HttpRequest, case: Case, topic: str) -> JsonResponse:
    """One note as the script sends it; the replies are those of cases.views.notes.save."""
    try:
        message = read_message(request, form_of(case))
        receipt = keep_note(cast(User, request.user), case, topic, message)
    except (Unreadable, AnswerRefused) as refused:
        return JsonResponse({"status": "refused", "message": str(refused)}, status=422)
    except StaleNote as stale:
        shown = {"status": "stale", "question": str(message.note_id), "theirs": theirs(stale.theirs)}
        return JsonResponse(shown, status=409)
    except CaseClosed as refused:
        return closed_to_script(request, refused.found)
    said = {"version": receipt.version, "saved_at": said_time(receipt.saved_at)}
    return JsonResponse({"status": "saved", "question": str(receipt.note_id), **said})


def keep_note(person: User, case: Case, topic: str, save: NoteSave) -> NoteReceipt:
    """With the case, or for a topic of all with each of them that this person writes on. Raises NotSaved."""
    slot = queries.slot_about(case)
    if slot is None:
        raise AnswerRefused(NOT_BOOKED)
    cases = [case]
    if queries.is_about_all(slot, case, known(case, topic)):
        cases = queries.cases_of(person, slot)
    cases = [each for each in cases if queries.is_writable(person, each)]
    if not cases:
        raise CaseClosed(standing(case))
    return actions.save_interview_note(by=person, slot=slot, cases=cases, topic=topic, save=save)


def known(case: Case, topic: str) -> str:
    if topic in queries.known_topics(case):
        return topic
    raise Http404


def back(case: Case, place: str) -> HttpResponse:
    return redirect(f"{address('interview', case)}#{place}")


# --- topics and time ---


def booked(request: HttpRequest, case: Case) -> Slot | None:
    slot = queries.slot_about(case)
    if slot is None:
        messages.warning(request, "No interview is booked for this case.")
    return slot


@case_page(do=access.READ_CASE)
def topic(request: HttpRequest, case: Case, topic: str) -> HttpResponse:
    """Ticks it as covered, or takes the tick back."""
    if not (slot := booked(request, case)):
        return redirect(address("interview", case))
    about = None if queries.is_about_all(slot, case, known(case, topic)) else case
    covered = request.POST.get("covered") == "yes"
    actions.cover(by=cast(User, request.user), slot=slot, case=about, topic=topic, covered=covered)
    return back(case, f"topic-{about.ref if about else 'all'}-{topic}")


@case_page(do=access.READ_CASE)
def start(request: HttpRequest, case: Case) -> HttpResponse:
    if slot := booked(request, case):
        actions.start(by=cast(User, request.user), slot=slot)
    return redirect(address("interview", case))


@case_page(see=access.READ_CASE, do=access.READ_CASE)
def finish(request: HttpRequest, case: Case) -> HttpResponse:
    if not (slot := booked(request, case)):
        return redirect(address("interview", case))
    form = ResultForm(sent(request), initial=so_far(slot), day=queries.local(slot.period.lower).date())
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            actions.finish(by=cast(User, request.user), slot=slot, version=version, result=form.result())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The interview is recorded.")
            return redirect(address("interview", case))
    page = frame(request, case) | {"form": form, "slot": slot, "limit": queries.timing_of(slot).words(clock.now())}
    return render(request, "cases/interview_finish.html", page)


def so_far(slot: Slot) -> dict[str, Any]:
    """What stands in the form: what was recorded, or the time of the start and this moment."""
    record = queries.interview_of(slot)
    if record is None:
        return {"version": 0}
    times = {"started": record.started_at, "finished": record.finished_at or clock.now()} if record.started_at else {}
    held = {name: minute_words(queries.local(moment)) for name, moment in times.items() if moment}
    outcome = "held" if record.outcome == "overran" else record.outcome
    said = {"outcome": outcome, "instead": record.instead, "next_step": record.next_step}
    return held | said | {"version": record.version}


def minute_words(moment: datetime) -> str:
    return clock_words(moment).replace("12 noon", "12pm")
