"""Long pages, drawn fast: a template is rendered once for each shape of its context; then only its texts are put in."""

import logging
import re
from collections.abc import Callable, Hashable, Iterator, Mapping
from functools import lru_cache
from html import escape
from typing import Any

from django import template
from django.http import HttpRequest, HttpResponse
from django.template import Engine, loader
from django.utils.safestring import SafeString, mark_safe

MARK = re.compile("\0(\\w+)\0")  # no text and no template holds a NUL
SHAPES = 4_096  # of one template; a question has some twenty
PIECES = "spliced_pieces"

Context = Callable[[dict[str, object]], dict[str, Any]]

log = logging.getLogger(__name__)


class Spliced:
    """One template. What it renders is the same, to the byte, as if it had been rendered plainly.

    Its context consists of texts, which only stand on the page, and of everything else: its shape. A shape that is new
    is rendered by the template with marks for the texts; from then on the texts are escaped and put where the marks
    were. An empty text has no mark, so that the template may ask whether there is one. It may ask nothing else of it.
    """

    def __init__(self, template: str) -> None:
        self.template = template
        self.patterns: dict[Hashable, str] = {}

    def render(self, shape: Hashable, texts: Mapping[str, object], context: Context) -> str:
        """`context` gets marks by the names of the texts (the text itself where it is empty) and gives the context."""
        key = (shape, *[not text for text in texts.values()])
        pattern = self.patterns.get(key)
        if pattern is None:
            marks = {name: f"\0{name}\0" if text else text for name, text in texts.items()}
            pattern = self.keep(key, self.pattern(context(marks)))
        return pattern % {name: escaped(text) for name, text in texts.items() if text}

    def keep(self, key: Hashable, pattern: str) -> str:
        if len(self.patterns) >= SHAPES:
            self.patterns.clear()
        self.patterns[key] = pattern
        return pattern

    def pattern(self, context: dict[str, Any]) -> str:
        """What the template makes of it, with a %(place)s for each mark."""
        alone = Alone(context)
        rendered = Engine.get_default().get_template(self.template).render(alone)
        if alone.unknown:
            log.error("%s asks for what it is not given when it is spliced: %s", self.template, sorted(alone.unknown))
        return MARK.sub(r"%(\1)s", rendered.replace("%", "%%"))


def escaped(text: object) -> object:
    """As a template does it; what is escaped already, or is a number, stays as it is."""
    return text if isinstance(text, SafeString | int) else escape(str(text))


@lru_cache(SHAPES)
def token(shape: Hashable) -> object:
    """Stands for a part of a shape that many have in common: the same for equal ones, and cheap to compare."""
    return object()


class Alone(template.Context):
    """Nothing of the page around it is in it. `unknown`: the names that were asked for all the same."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        super().__init__(dict(values))
        self.unknown: set[str] = set()

    def __getitem__(self, name: Any) -> Any:
        try:
            return super().__getitem__(name)
        except KeyError:
            self.unknown.add(name)
            raise


def render_in_pieces(request: HttpRequest, template: str, context: dict[str, Any], status: int) -> HttpResponse:
    """As django.shortcuts.render, but long pieces are not copied from each block of the page to the one around it."""
    pieces: list[str] = []
    page = loader.render_to_string(template, context | {PIECES: pieces}, request)
    return HttpResponse(in_order(page, pieces), status=status)


def in_order(page: str, pieces: list[str]) -> Iterator[str]:
    for position, part in enumerate(MARK.split(page)):
        yield pieces[int(part)] if position % 2 else part


def piece(context: template.Context, html: str) -> SafeString:
    """A mark for it where the page is rendered in pieces; itself where it is not."""
    pieces: list[str] | None = context.get(PIECES)
    if pieces is None:
        return mark_safe(html)  # noqa: S308  it is for tags, which escaped what they put in
    pieces.append(html)
    return mark_safe(f"\0{len(pieces) - 1}\0")  # noqa: S308
