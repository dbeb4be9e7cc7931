"""python -m tests.limits: the figures of size and shape of the code, and which are outside their limits."""

import ast
import math
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
APPS = ("accounts", "cases", "config", "documents", "inspections", "ratings", "standards")
SIGNALS = re.compile(r"^(django|celery)\b.*\b(dispatch|signals)$")
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Figure:
    name: str
    value: float
    limit: float
    where: str = ""

    @property
    def kept(self) -> bool:
        return self.value <= self.limit

    def __str__(self) -> str:
        mark = "" if self.kept else "   <-- outside"
        return f"{self.name:<44}{self.value:>6g}  limit {self.limit:>4g}  {self.where}{mark}"


@dataclass(frozen=True)
class Source:
    path: Path

    @property
    def name(self) -> str:
        return str(self.path.relative_to(ROOT))

    @property
    def app(self) -> str:
        return self.path.relative_to(ROOT).parts[0]

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.path.read_text())

    @property
    def lines(self) -> int:
        return len(self.path.read_text().splitlines())

    @cached_property
    def functions(self) -> list[Function]:
        return [node for node in ast.walk(self.tree) if isinstance(node, Function)]

    def is_layer(self, layer: str) -> bool:
        """Whether this is <app>/<layer>.py or a file of the package <app>/<layer>/."""
        return layer in {self.path.stem, *self.path.relative_to(ROOT).parts[1:-1]}


def sources(*folders: str) -> list[Source]:
    found = (path for folder in folders for path in sorted((ROOT / folder).rglob("*.py")))
    return [Source(path) for path in found if "migrations" not in path.parts]


def length(function: Function) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def percentile(values: list[int], share: float) -> int:
    """The smallest value that at least this share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else 0


def longest(lengths: dict[str, int]) -> tuple[int, str]:
    place = max(lengths, key=lambda name: lengths[name], default="")
    return lengths.get(place, 0), place


def function_lengths(code: list[Source]) -> dict[str, int]:
    return {f"{source.name}:{node.lineno} {node.name}": length(node) for source in code for node in source.functions}


def imported(node: ast.AST) -> list[str]:
    """The top-level packages that an import statement names."""
    if isinstance(node, ast.Import):
        return [alias.name.partition(".")[0] for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module:
        return [node.module.partition(".")[0]]
    return []


def first_party_imports_in_functions(code: list[Source]) -> list[str]:
    inside = ((source, node) for source in code for function in source.functions for node in ast.walk(function))
    return [f"{source.name}:{node.lineno}" for source, node in inside if set(imported(node)) & set(APPS)]


def signal_receivers(code: list[Source]) -> list[str]:
    return [f"{source.name}:{line}" for source in code for line in _receivers(source.tree)]


def _receivers(tree: ast.Module) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and SIGNALS.search(node.module or ""):
            yield node.lineno


def foreign_imports_of_standards(code: list[Source]) -> list[str]:
    """Standards are data that anybody may read: only their commands know Django."""
    pure = [source for source in code if source.app == "standards" and not source.is_layer("management")]
    nodes = ((source, node) for source in pure if source.path.name != "apps.py" for node in ast.walk(source.tree))
    known = {*sys.stdlib_module_names, "standards"}
    return [f"{source.name}:{node.lineno}" for source, node in nodes if set(imported(node)) - known]


def modules_without_docstring(code: list[Source]) -> list[str]:
    return [source.name for source in code if source.tree.body and not ast.get_docstring(source.tree)]


def dependencies_without_reason() -> list[str]:
    text = (ROOT / "pyproject.toml").read_text()
    lines = {line.strip() for line in text.splitlines()}
    needed = tomllib.loads(text)["project"]["dependencies"]
    return [name for name in needed if not any(line.startswith(f'"{name}"') and "#" in line for line in lines)]


def figures() -> list[Figure]:
    code, tests = sources(*APPS), sources("tests", "benchmarks")
    return [*_lengths(code), *_file_lengths([*code, *tests]), *_counts(code)]


def _lengths(code: list[Source]) -> list[Figure]:
    every = function_lengths(code)
    views = longest(function_lengths([source for source in code if source.is_layer("views")]))
    tasks = longest(function_lengths([source for source in code if source.is_layer("tasks")]))
    return [
        Figure("function, median lines", percentile(list(every.values()), 0.5), 8, f"of {len(every)} functions"),
        Figure("function, 95th percentile", percentile(list(every.values()), 0.95), 30),
        Figure("function, longest", longest(every)[0], 60, longest(every)[1]),
        Figure("view, longest", views[0], 25, views[1]),
        Figure("task, longest", tasks[0], 10, tasks[1]),
    ]


def _file_lengths(code: list[Source]) -> list[Figure]:
    lines = {source.name: source.lines for source in code}
    return [
        Figure("file, 95th percentile", percentile(list(lines.values()), 0.95), 300, f"of {len(lines)} files"),
        Figure("file, longest", longest(lines)[0], 400, longest(lines)[1]),
    ]


def _counts(code: list[Source]) -> list[Figure]:
    found = {
        "first-party imports inside functions": first_party_imports_in_functions(code),
        "signal receivers": signal_receivers(code),
        "imports of standards from outside": foreign_imports_of_standards(code),
        "modules without a docstring": modules_without_docstring(code),
        "runtime dependencies without a reason": dependencies_without_reason(),
    }
    return [Figure(name, len(places), 0, ", ".join(places)) for name, places in found.items()]


def main() -> int:
    measured = figures()
    for figure in measured:
        print(figure)
    return 0 if all(figure.kept for figure in measured) else 1


if __name__ == "__main__":
    sys.exit(main())
