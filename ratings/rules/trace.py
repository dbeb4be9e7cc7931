"""The tree behind every rating: each number names its rule, its source and the numbers below it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Fact = int | str | bool | list[str] | None


@dataclass(frozen=True)
class Node:
    """`value` is for programs (a rating code, a number, None while undecided), `words` is for people.

    `facts` holds what a screen draws besides; docs/rules/ratings-yj-2024.md lists them for each kind.
    """

    code: str
    kind: str
    label: str
    value: str | int | None
    words: str
    rule: str
    source: str
    children: tuple["Node", ...] = ()
    notes: tuple[str, ...] = ()
    facts: Mapping[str, Fact] = field(default_factory=dict)

    def walk(self) -> Iterator["Node"]:
        yield self
        for child in self.children:
            yield from child.walk()

    def find(self, code: str) -> "Node":
        """Raises KeyError."""
        for node in self.walk():
            if node.code == code:
                return node
        raise KeyError(code)

    def path(self, code: str) -> tuple["Node", ...]:
        """The nodes from here down to `code`, both ends included. Raises KeyError."""
        if self.code == code:
            return (self,)
        for child in self.children:
            if any(node.code == code for node in child.walk()):
                return (self, *child.path(code))
        raise KeyError(code)


def node_to_json(node: Node) -> dict[str, Any]:
    return {
        "code": node.code,
        "kind": node.kind,
        "label": node.label,
        "value": node.value,
        "words": node.words,
        "rule": node.rule,
        "source": node.source,
        "notes": list(node.notes),
        "facts": dict(node.facts),
        "children": [node_to_json(child) for child in node.children],
    }


def node_from_json(values: Mapping[str, Any]) -> Node:
    children = tuple(node_from_json(child) for child in values["children"])
    return Node(**{**values, "notes": tuple(values["notes"]), "children": children})


def trace_lines(node: Node) -> list[str]:
    """The tree as text, two lines and its notes for each node."""
    lines = _text(node, "│  " if node.children else "   ")
    for number, child in enumerate(node.children, start=1):
        last = number == len(node.children)
        first, *rest = trace_lines(child)
        lines.append(("└─ " if last else "├─ ") + first)
        lines.extend(("   " if last else "│  ") + line for line in rest)
    return lines


def _text(node: Node, indent: str) -> list[str]:
    notes = [f"{indent}Note: {note}" for note in node.notes]
    return [f"{node.label}: {node.words}", f"{indent}{node.rule} [{node.source}]", *notes]
