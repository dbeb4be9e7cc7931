"""Eight people at once, each on a case of their own in one inspection: saving answers against the same eight on FU."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import cycle
from random import Random
from statistics import quantiles
from uuid import uuid4

from django.db import connections
from django.urls import reverse

from accounts.models import AuditEvent
from benchmarks.browser import Browser
from benchmarks.case_read import post
from benchmarks.checks import expect, require
from benchmarks.report import Line
from benchmarks.words import evidence
from cases.models import Answer, AnswerVersion, Case

WRITERS = 8
ROUNDS = 2
BAR = 2.5


@dataclass
class Writer:
    """Has a session and, for as long as a round lasts, a thread and a connection of their own."""

    case: Case
    browser: Browser
    number: int
    journal: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        answers = dict(self.case.answers.values_list("question", "pk"))
        self.versions = Counter(dict.fromkeys(answers, 1))
        self.asked: Iterator[str] = cycle(answers)
        self.rows: Iterator[int] = cycle(answers.values())
        self.chance = Random(self.number)  # noqa: S311  nothing secret hangs on it

    def save(self) -> None:
        question, save_id = next(self.asked), str(uuid4())
        post(self.browser, self.case, question, self.versions[question], evidence(self.chance), save_id)
        self.versions[question] += 1
        self.journal.append((question, save_id))

    def update(self) -> None:
        expect(lambda path: self.browser.post(path, {}), reverse("floor-update", args=[next(self.rows)]))


@dataclass
class Writers:
    writers: list[Writer]

    def lines(self, seconds: float) -> list[Line]:
        """Floor and product in turn, for so many seconds each."""
        floor: list[float] = []
        saves: list[float] = []
        for _ in range(ROUNDS):
            floor += self.together([writer.update for writer in self.writers], seconds / ROUNDS)
            saves += self.together([writer.save for writer in self.writers], seconds / ROUNDS)
        under, saved = p95(floor), p95(saves)
        return [
            Line(f"FU, p95 of {len(floor):,} under {WRITERS} writers", under),
            Line(f"Saving one answer, p95 of {len(saves):,} likewise", saved, None, "FU", saved / under, bar=BAR),
        ]

    def together(self, calls: list[Callable[[], None]], seconds: float) -> list[float]:
        times: list[float] = []
        failures: list[BaseException] = []
        start = threading.Barrier(len(calls))

        def work(call: Callable[[], None]) -> None:
            try:
                call()  # opens the connection
                start.wait()
                times.extend(timed(call, time.perf_counter() + seconds))
            except BaseException as failure:
                failures.append(failure)
                start.abort()
            finally:
                connections.close_all()

        threads = [threading.Thread(target=work, args=[call]) for call in calls]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if failures:
            raise failures[0]
        return times

    def check(self) -> None:
        """What was acknowledged is what is there, answer by answer: no save lost, none doubled."""
        for writer in self.writers:
            counted = dict(Answer.objects.filter(case=writer.case).values_list("question", "version"))
            require(counted == dict(writer.versions), f"every save of writer {writer.number} counts once")
            kept = AnswerVersion.objects.filter(answer__case=writer.case, version__gt=1)
            there = {(question, str(save_id)) for question, save_id in kept.values_list("answer__question", "save_id")}
            require(there == set(writer.journal), f"the journal of writer {writer.number} is what was kept")
            events = AuditEvent.objects.filter(
                inspection=writer.case.inspection.ref, subject__startswith=f"{writer.case.ref} ", verb="answer saved"
            )
            require(events.count() == len(writer.journal), f"every save of writer {writer.number} has its audit event")


def timed(call: Callable[[], None], until: float) -> Iterator[float]:
    while (start := time.perf_counter()) < until:
        call()
        yield (time.perf_counter() - start) * 1000


def p95(milliseconds: list[float]) -> float:
    return quantiles(milliseconds, n=20)[-1]
