"""What each of two texts added, word by word; static/js/case_read/marks.js does the same in the browser."""

import re
from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

WORD = re.compile(r"[ \n\t]*[^ \n\t]+|[ \n\t]+")
SPACE = " \n\t"
LONG = 120
"""Characters; shorter texts can be compared by eye."""
MOST_STEPS = 400
"""Words taken out and put in. Beyond it all is marked between where the texts begin and end alike."""


class Run(NamedTuple):
    added: bool
    text: str


def sides(base: str, mine: str, theirs: str) -> tuple[list[Run], list[Run]]:
    """Both texts in full, each with what it added to the one that both began from; without that, to the other."""
    if max(len(mine), len(theirs)) < LONG:
        return [Run(False, mine)], [Run(False, theirs)]
    return added(base or theirs, mine), added(base or mine, theirs)


def added(base: str, text: str) -> list[Run]:
    words = WORD.findall(text)
    old, new = [word.strip(SPACE) for word in WORD.findall(base)], [word.strip(SPACE) for word in words]
    start = _alike(old, new)
    end = _alike(old[start:][::-1], new[start:][::-1])
    middle = _inserted(old[start : len(old) - end], new[start : len(new) - end])
    marks = [False] * start + middle + [False] * end
    return _runs(words, [mark and word != "" for mark, word in zip(marks, new, strict=True)])


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((number for number, (a, b) in pairs if a != b), min(len(one), len(other)))


def _runs(words: Sequence[str], marks: Sequence[bool]) -> list[Run]:
    grouped = groupby(zip(marks, words, strict=True), key=itemgetter(0))
    return [Run(mark, "".join(word for _, word in pairs)) for mark, pairs in grouped]


def _inserted(old: Sequence[str], new: Sequence[str]) -> list[bool]:
    """Which of the new words are not among the old, by the shortest way from one to the other (Myers 1986)."""
    trace = _steps(old, new)
    if trace is None:
        return [True] * len(new)
    marks = [False] * len(new)
    x, y = len(old), len(new)
    for step in range(len(trace) - 1, 0, -1):
        diagonal = _from(trace[step], step, x - y)
        if diagonal == x - y + 1:
            marks[trace[step][diagonal] - diagonal] = True
        x = trace[step][diagonal]
        y = x - diagonal
    return marks


def _steps(old: Sequence[str], new: Sequence[str]) -> list[dict[int, int]] | None:
    """How far each diagonal had been followed before each step; None if it takes too many."""
    furthest, trace = {1: 0}, []
    for step in range(MOST_STEPS + 1):
        trace.append(dict(furthest))
        for diagonal in range(-step, step + 1, 2):
            before = _from(furthest, step, diagonal)
            x = furthest[before] + (before < diagonal)
            while x < len(old) and x - diagonal < len(new) and old[x] == new[x - diagonal]:
                x += 1
            furthest[diagonal] = x
            if x >= len(old) and x - diagonal >= len(new):
                return trace
    return None


def _from(furthest: dict[int, int], step: int, diagonal: int) -> int:
    """The diagonal that this one is reached from: the upper one by a word put in, the lower by one taken out."""
    down = diagonal == -step or (diagonal != step and furthest[diagonal - 1] < furthest[diagonal + 1])
    return diagonal + 1 if down else diagonal - 1
