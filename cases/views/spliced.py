"""Templates that are rendered once for each shape of their context, and then have only their texts put in."""

import html
import logging
import re
from collections.abc import Callable, Hashable, Mapping
from typing import Any

from django.template import Context, Engine

MARK = re.compile("\0(\\w+)\0")  # no text and no template holds a NUL
SHAPES = 4_096  # of one template; a question has some twenty

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

    def render(self, shape: Hashable, texts: Mapping[str, object], context: Callable[..., dict[str, Any]]) -> str:
        """`context` gets the texts, or marks instead of them, as keywords, and gives the template's whole context."""
        key = (shape, *[not text for text in texts.values()])
        pattern = self.patterns.get(key)
        if pattern is None:
            pattern = self.keep(key, self.pattern({name: mark(name, text) for name, text in texts.items()}, context))
        return pattern % {name: html.escape(str(text)) for name, text in texts.items()}

    def keep(self, key: Hashable, pattern: str) -> str:
        if len(self.patterns) >= SHAPES:
            self.patterns.clear()
        self.patterns[key] = pattern
        return pattern

    def pattern(self, marks: Mapping[str, object], context: Callable[..., dict[str, Any]]) -> str:
        """What the template makes of the marks, with a %(place)s for each."""
        alone = Alone(context(**marks))
        rendered = Engine.get_default().get_template(self.template).render(alone)
        if alone.unknown:
            log.error("%s asks for what it is not given when it is spliced: %s", self.template, alone.unknown)
        return MARK.sub(r"%(\1)s", rendered.replace("%", "%%"))


def mark(name: str, text: object) -> object:
    return f"\0{name}\0" if text else text


class Alone(Context):
    """Nothing of the page around it is in it. `unknown`: the names that were asked for all the same."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        super().__init__(dict(values))
        self.unknown: set[str] = set()

    def __getitem__(self, name: str) -> Any:
        try:
            return super().__getitem__(name)
        except KeyError:
            self.unknown.add(name)
            raise
