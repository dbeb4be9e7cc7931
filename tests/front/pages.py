"""Reads rendered pages: their elements, their ids, their links."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "input", "br", "hr", "img", "path", "rect", "circle"}


@dataclass
class Element:
    tag: str
    attrs: dict[str, str]
    parent: "Element | None" = field(default=None, compare=False, repr=False)
    children: "list[Element | str]" = field(default_factory=list)

    @property
    def classes(self) -> list[str]:
        return self.attrs.get("class", "").split()

    @property
    def text(self) -> str:
        """All text in it, with single spaces."""
        parts = (child.text if isinstance(child, Element) else child for child in self.children)
        return " ".join(" ".join(parts).split())

    def all(self, tag: str = "", **attrs: str) -> "list[Element]":
        """Every element within it that has the tag and the attributes; `cls` is one of its classes."""
        found: list[Element] = []
        for child in self.children:
            if isinstance(child, Element):
                found += [child] * child.matches(tag, attrs) + child.all(tag, **attrs)
        return found

    def one(self, tag: str = "", **attrs: str) -> "Element":
        (found,) = self.all(tag, **attrs)
        return found

    def matches(self, tag: str, attrs: dict[str, str]) -> bool:
        wanted = {name.replace("_", "-"): value for name, value in attrs.items() if name != "cls"}
        return (
            (not tag or self.tag == tag)
            and ("cls" not in attrs or attrs["cls"] in self.classes)
            and all(self.attrs.get(name) == value for name, value in wanted.items())
        )


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.current = self.root = Element("", {})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, self.current)
        self.current.children.append(element)
        if tag not in VOID:
            self.current = element

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        assert self.current.tag == tag, f"</{tag}> closes <{self.current.tag}>"
        assert self.current.parent is not None
        self.current = self.current.parent

    def handle_data(self, data: str) -> None:
        self.current.children.append(data)


def read(html: str) -> Element:
    """Fails when an element is closed out of turn or not at all."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert reader.current is reader.root, f"<{reader.current.tag}> is never closed"
    return reader.root
