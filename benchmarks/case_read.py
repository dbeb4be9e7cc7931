"""The page of a case read, and the saving of one answer on it."""

import re
from dataclasses import dataclass
from functools import partial
from html import unescape
from random import Random
from uuid import uuid4

from django.urls import reverse

from accounts.models import AuditEvent
from benchmarks.browser import Answer, Browser
from benchmarks.checks import expect, require
from benchmarks.timing import Subject
from benchmarks.words import evidence
from cases.models import Answer as GivenAnswer
from cases.models import Case

SECTION = "2.1"
SAVED = "2.1.1"  # a key question: the dearest, because it makes the ratings stale
ASKED = re.compile(r'name="base_version-([^"]+)" value="(\d+)"')
CHOSEN = re.compile(r'name="value-([^"]+)" value="(\w+)"[^>]* checked>')
REASON = re.compile(r'name="na_reason-([^"]+)">(?:(?!</select>).)*?value="(\w+)" selected>', re.S)
WRITTEN = re.compile(r'name="evidence-([^"]+)"[^>]*>\n(.*?)</textarea>', re.S)


@dataclass
class ReadPage:
    """One section, with every question answered."""

    case: Case
    questions: int
    reader: Browser
    outsider: Browser

    @property
    def path(self) -> str:
        return reverse("cases:read-section", args=[self.case.inspection.ref, self.case.ref, SECTION])

    def subject(self, bar: float | None = None) -> Subject:
        name = f"Case read page, {self.questions} questions"
        return Subject(name, partial(expect, self.reader.get, self.path), "FA", bar=bar)

    def check(self) -> None:
        """Every question is asked, with its choice, its reason and its evidence; for an outsider there is no page."""
        text = self.reader.get(self.path).text
        answers = GivenAnswer.objects.filter(case=self.case, question__startswith=f"{SECTION}.")
        rows = {answer.question: answer for answer in answers}
        reasons = {code: row.na_reason for code, row in rows.items() if row.na_reason}
        require(len(rows) == self.questions, f"{self.questions} questions are answered")
        found = {
            "asks every question, with its version": (ASKED, {code: str(row.version) for code, row in rows.items()}),
            "chooses every answer given": (CHOSEN, {code: row.value for code, row in rows.items()}),
            "chooses every reason given": (REASON, reasons),
            "shows every evidence whole": (WRITTEN, {code: row.evidence for code, row in rows.items()}),
        }
        for what, (pattern, wanted) in found.items():
            shown = {code: unescape(value) for code, value in pattern.findall(text)}
            require(shown == wanted, f"the case read page {what}")
        require(self.outsider.get(self.path).status == 404, "an outsider finds no case read")


@dataclass
class Saving:
    """One answer, again and again: each save is based on the one before it, as a person's are who goes on writing."""

    case: Case
    reader: Browser
    accepted: int = 0
    last: str = ""

    def subject(self, bar: float | None = None) -> Subject:
        return Subject("Saving one answer", self.save, "FU", bar=bar)

    def save(self) -> Answer:
        text = evidence(Random(self.accepted))  # noqa: S311  nothing secret hangs on it
        answer = post(self.reader, self.case, SAVED, self.accepted + 1, text, str(uuid4()))
        self.accepted, self.last = self.accepted + 1, text
        return answer

    def check(self) -> None:
        """Everything that was acknowledged is there: the answer, all its versions, an audit event for each."""
        answer = GivenAnswer.objects.get(case=self.case, question=SAVED)
        require((answer.version, answer.evidence) == (self.accepted + 1, self.last), "the last save stands")
        require(answer.versions.count() == self.accepted + 1, "every save is a version")
        events = AuditEvent.objects.filter(inspection=self.case.inspection.ref, subject=f"{self.case.ref} {SAVED}")
        require(events.count() == self.accepted, "every save has its audit event")


def post(reader: Browser, case: Case, question: str, base: int, text: str, save_id: str) -> Answer:
    """As the script of the page sends it."""
    message = {
        "question": question,
        "value": "yes",
        "na_reason": "",
        "evidence": text,
        "base_version": base,
        "save_id": save_id,
    }
    path = reverse("cases:save-answer", args=[case.inspection.ref, case.ref])
    return expect(partial(reader.post_json, message=message), path)
