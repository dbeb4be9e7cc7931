"""Generated histories: one reader at two computers, on a network that reorders, repeats and drops."""

import json
from dataclasses import replace
from uuid import UUID

from django.core.handlers.wsgi import WSGIRequest
from django.db import transaction
from django.test import RequestFactory
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from cases.actions.answers import CaseClosed, Receipt, SaveIdReused, StaleAnswer, save_answer
from cases.forms.answers import read_message
from cases.models import Answer, AnswerVersion, Case
from cases.rules.answers import PARTS, Content, Kept, Save
from tests.people import People

COMPUTERS = ("office", "home")
QUESTIONS = ("2.1.1", "2.1.1a")
TEXTS = st.text(max_size=20)
YEARS_OFF = st.integers(-10, 10)
CHOSEN = st.integers(0, 10**6)


class Histories(RuleBasedStateMachine):
    """The model is a list of contents for each question; `known` is what each computer has heard of."""

    case: Case
    people: People

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.history: dict[str, list[Content]] = {question: [] for question in QUESTIONS}
        self.known = {(computer, question): 0 for computer in COMPUTERS for question in QUESTIONS}
        self.saved: dict[UUID, tuple[Save, Receipt]] = {}
        self.on_its_way: list[tuple[str, Save, int]] = []
        self.sent = 0
        self.is_theirs = True

    @rule(computer=st.sampled_from(COMPUTERS), question=st.sampled_from(QUESTIONS), text=TEXTS, years=YEARS_OFF)
    def type(self, computer: str, question: str, text: str, years: int) -> None:
        self.sent += 1
        save = Save(question, Content("yes", "", text), self.known[computer, question], UUID(int=self.sent))
        self.on_its_way.append((computer, save, years))

    @precondition(lambda self: self.on_its_way)
    @rule(which=CHOSEN, heard=st.booleans(), once=st.booleans())
    def arrive(self, which: int, heard: bool, once: bool) -> None:
        """Any message may be next; it may come again later; its reply may be lost."""
        place = which % len(self.on_its_way)
        computer, save, years = self.on_its_way[place]
        version = self.deliver(save, years)
        if heard and version is not None:
            self.known[computer, save.question] = version
        if once:
            self.on_its_way.pop(place)

    @precondition(lambda self: self.on_its_way)
    @rule(which=CHOSEN)
    def drop(self, which: int) -> None:
        self.on_its_way.pop(which % len(self.on_its_way))

    @precondition(lambda self: self.saved)
    @rule(which=CHOSEN, question=st.sampled_from(QUESTIONS), text=TEXTS, years=YEARS_OFF)
    def forge(self, which: int, question: str, text: str, years: int) -> None:
        """The id of a save that was made, with another body."""
        save, _ = list(self.saved.values())[which % len(self.saved)]
        self.deliver(replace(save, question=question, content=Content("no", "", text)), years)

    @rule()
    def change_hands(self) -> None:
        self.is_theirs = not self.is_theirs
        reader = self.people.assistant if self.is_theirs else self.people.second_assistant
        Case.objects.filter(pk=self.case.pk).update(reader=reader)

    def deliver(self, save: Save, years: int) -> int | None:
        """Compares what came of it with what the model says. Returns the version that the computer may hear of."""
        save = read_message(self.message(save, years))
        history = self.history[save.question]
        try:
            receipt = save_answer(by=self.people.assistant, case=self.case, **vars(save))
        except SaveIdReused:
            earlier, _ = self.saved[save.save_id]
            assert (earlier.question, earlier.content) != (save.question, save.content)
            return None
        except CaseClosed:
            assert save.save_id not in self.saved
            assert not self.is_theirs
            return None
        except StaleAnswer as found:
            return self.stale(save, found.theirs)
        if save.save_id in self.saved:
            earlier, first = self.saved[save.save_id]
            assert (receipt, earlier.question, earlier.content) == (first, save.question, save.content)
            return receipt.version
        assert (self.is_theirs, save.base_version, receipt.version) == (True, len(history), len(history) + 1)
        history.append(save.content)
        self.saved[save.save_id] = (save, receipt)
        return receipt.version

    def stale(self, save: Save, theirs: Kept) -> int:
        history = self.history[save.question]
        assert (save.save_id in self.saved, save.base_version == len(history)) == (False, False)
        assert (theirs.version, theirs.content) == (len(history), history[-1] if history else Content())
        return theirs.version

    @staticmethod
    def message(save: Save, years: int) -> WSGIRequest:
        """With the time of a device whose clock is years off, which nobody asks for."""
        body = {"question": save.question, "value": save.content.value, "evidence": save.content.evidence}
        body |= {"base_version": save.base_version, "save_id": str(save.save_id), "at": f"{2027 + years}-06-08T10:42"}
        return RequestFactory().post("/", json.dumps(body), content_type="application/json")

    def teardown(self) -> None:
        try:
            kept = AnswerVersion.objects.order_by("answer__question", "version")
            rows = [(q, v, Content(*words), i) for q, v, i, *words in kept.values_list(*FIELDS)]
            ids = {(save.question, receipt.version): i for i, (save, receipt) in self.saved.items()}
            assert rows == [
                (question, version, content, ids[question, version])
                for question, history in sorted(self.history.items())
                for version, content in enumerate(history, start=1)
            ]
            now = {
                q: (v, Content(*words)) for q, v, *words in Answer.objects.values_list("question", "version", *PARTS)
            }
            assert now == {q: (len(history), history[-1]) for q, history in self.history.items() if history}
        finally:
            transaction.set_rollback(True)
            self.undone.__exit__(None, None, None)


FIELDS = ("answer__question", "version", "save_id", *PARTS)


def histories_of(case: Case, people: People) -> type[Histories]:
    return type("HistoriesOfOneCase", (Histories,), {"case": case, "people": people})
