"""The page of a case read, and the saving of one answer on it."""

import re
from dataclasses import dataclass, field
from functools import partial
from uuid import uuid4

from django.urls import reverse

from accounts.models import AuditEvent
from benchmarks.browser import Answer, Browser
from benchmarks.checks import expect, require
from benchmarks.timing import Subject
from cases.models import Answer as GivenAnswer
from cases.models import Case

SECTION = "2.1"
SAVED = "2.1.1"  # a key question: the dearest, because it makes the ratings stale
ASKED = re.compile(r'name="base_version-([^"]+)"')


@dataclass
class CaseRead:
    case: Case
    reader: Browser
    outsider: Browser
    accepted: int = 0
    last: str = ""
    asked: list[str] = field(default_factory=list)

    @property
    def page_path(self) -> str:
        return reverse("cases:read-section", args=[self.case.inspection.ref, self.case.ref, SECTION])

    @property
    def save_path(self) -> str:
        return reverse("cases:save-answer", args=[self.case.inspection.ref, self.case.ref])

    def subjects(self) -> list[Subject]:
        return [
            Subject("Case read page", partial(expect, self.reader.get, self.page_path), "FA"),
            Subject("Saving one answer", self.save, "FU"),
        ]

    def save(self) -> Answer:
        """Each is based on the one before it, as a person's are who goes on writing."""
        text = f"What was found, in the words of save {self.accepted + 1}."
        message = {
            "question": SAVED,
            "value": "yes",
            "na_reason": "",
            "evidence": text,
            "base_version": self.accepted + 1,
            "save_id": str(uuid4()),
        }
        answer = expect(partial(self.reader.post_json, message=message), self.save_path)
        self.accepted, self.last = self.accepted + 1, text
        return answer

    def check_page(self) -> None:
        """Every question of the section is there, with what was answered chosen; for an outsider there is no page."""
        text = self.reader.get(self.page_path).text
        answers = {
            answer.question: answer
            for answer in GivenAnswer.objects.filter(case=self.case, question__startswith=f"{SECTION}.")
        }
        self.asked = ASKED.findall(text)
        require(sorted(self.asked) == sorted(answers), "the case read page asks every question")
        chosen = dict(re.findall(r'name="value-([^"]+)"[^>]*value="(\w+)"[^>]*checked', text))
        require(chosen == {code: answer.value for code, answer in answers.items()}, "every answer given is chosen")
        require(self.outsider.get(self.page_path).status == 404, "an outsider finds no case read")

    def check_saves(self) -> None:
        """Everything that was acknowledged is there: the answer, all its versions, an audit event for each."""
        answer = GivenAnswer.objects.get(case=self.case, question=SAVED)
        require((answer.version, answer.evidence) == (self.accepted + 1, self.last), "the last save stands")
        require(answer.versions.count() == self.accepted + 1, "every save is a version")
        events = AuditEvent.objects.filter(inspection=self.case.inspection.ref, subject=f"{self.case.ref} {SAVED}")
        require(events.count() == self.accepted, "every save has its audit event")
