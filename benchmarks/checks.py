"""A figure counts only if what was measured did its work."""

from collections.abc import Callable

from benchmarks.browser import Answer


class Failed(Exception):
    """What was measured does not do what it should, so that its time says nothing."""


def require(true: bool, what: str) -> None:
    if not true:
        raise Failed(f"Not so: {what}. No figures.")


def expect(ask: Callable[[str], Answer], path: str, status: int = 200) -> Answer:
    answer = ask(path)
    require(answer.status == status, f"{path} answers {status} (it answered {answer.status})")
    return answer
