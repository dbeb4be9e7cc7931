"""What quality assurance makes of the first reads that are sent: two queries, some agreement, a second read."""

from random import Random
from uuid import UUID

from accounts.models import Role, User
from cases.actions import queries as asking
from cases.actions.answers import save_answer
from cases.actions.reading import send_case
from cases.actions.second_reads import start_second_read
from cases.models import Case
from cases.queries.answers import answers_of, form_of
from cases.queries.second import may_read_again
from cases.rules.answers import Content, Kept
from config.demo.words import DESPITE
from inspections.models import Inspection

ASKED = "The evidence says what was planned. Where does it say what was done?"
REPLIED = "In the third paragraph: the visits of March and April are listed there."
THANKED = "Seen, and content."
DOUBTED = "The judgement rests on one home visit. Which other contact supports it?"
OTHERWISE = "The record shows planning without the child, and the review did not put that right."


def check(inspection: Inspection, quality: User, lead: User, seed: str) -> None:
    """Of the children's cases that are sent, as far as there are any: the first is asked about, the second is too
    and agreed with, the third is read again."""
    sent = list(Case.objects.filter(inspection=inspection, kind="child", sent_at__isnull=False).order_by("sent_at")[:3])
    for case, act in zip(sent, (ask_and_wait, ask_and_close, read_again), strict=False):
        act(case, quality, lead, seed)


def ask_and_wait(case: Case, quality: User, lead: User, seed: str) -> None:
    asking.ask(by=quality, case=case, question="2.1.1", text=DOUBTED)


def ask_and_close(case: Case, quality: User, lead: User, seed: str) -> None:
    if case.reader:
        query = asking.ask(by=quality, case=case, question="2.2.1", text=ASKED)
        asking.reply(by=case.reader, query=query, text=REPLIED)
        asking.close(by=quality, query=query, text=THANKED)
    asking.agree(by=quality, case=case, question="2.1.1", version=answers_of(case)["2.1.1"].version)


def read_again(case: Case, quality: User, lead: User, seed: str) -> None:
    """Blind, by another inspector, who differs on one judgement."""
    reader = may_read_again(case.inspection, case).filter(role=Role.INSPECTOR).first()
    if reader is None:
        return
    second = start_second_read(by=lead, case=case, reader=reader)
    chance, first = Random(f"{seed} {second.ref}"), answers_of(case)  # noqa: S311
    for code in [code for code, question in form_of(case).questions.items() if question.needed]:
        content = differing(first[code]) if code == "2.2.1" else first[code].content
        save_id = UUID(int=chance.getrandbits(128), version=4)
        save_answer(by=reader, case=second, question=code, content=content, base_version=0, save_id=save_id)
    send_case(by=reader, case=second)


def differing(first: Kept) -> Content:
    return Content("no" if first.content.value == "yes" else "yes", evidence=OTHERWISE, despite_reason=DESPITE)
