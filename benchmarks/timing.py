"""Calls everything in turn, over and over, so that what disturbs the machine disturbs floors and pages alike."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median

ROUNDS = 3
STEADY = 0.25  # a floor's medians may differ by this share between rounds; more, and the run says nothing


@dataclass
class Subject:
    """Something that is called and timed. `every`: only in each so-manieth turn, for what takes long.

    `bar`: at most so many times its floor.
    """

    name: str
    call: Callable[[], object]
    floor: str = ""
    every: int = 1
    bar: float | None = None
    wall: list[float] = field(default_factory=list, repr=False)
    cpu: list[float] = field(default_factory=list, repr=False)

    @property
    def milliseconds(self) -> float:
        return median(self.wall) * 1000

    @property
    def cpu_milliseconds(self) -> float:
        return median(self.cpu) * 1000

    @property
    def spread(self) -> float:
        return max(self.wall) / min(self.wall) - 1


def run(subjects: Sequence[Subject], turns: int) -> None:
    """Gives each subject the medians of its rounds."""
    for subject in subjects:
        subject.wall.clear()
        subject.cpu.clear()
    for _ in range(ROUNDS):
        for subject, (wall, cpu) in zip(subjects, _round(subjects, turns), strict=True):
            subject.wall.append(wall)
            subject.cpu.append(cpu)


def _round(subjects: Sequence[Subject], turns: int) -> list[tuple[float, float]]:
    times: list[list[tuple[float, float]]] = [[] for _ in subjects]
    for turn in range(turns):
        for subject, kept in zip(subjects, times, strict=True):
            if turn % subject.every == 0:
                kept.append(_timed(subject.call))
    return [(median(wall for wall, _ in kept), median(cpu for _, cpu in kept)) for kept in times]


def _timed(call: Callable[[], object]) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    call()
    return time.perf_counter() - wall, time.process_time() - cpu


def unsteady(floors: Sequence[Subject]) -> list[str]:
    return [f"{floor.name} by {floor.spread:.0%}" for floor in floors if floor.spread > STEADY]
