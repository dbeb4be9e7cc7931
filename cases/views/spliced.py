"""Long pages, drawn fast: a template is rendered once for each shape of its context; then only its texts are put in."""

import logging
import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from html import escape
from secrets import token_hex
from typing import Any

from django import template
from django.http import HttpRequest
from django.template import Engine, RequestContext, Variable, VariableDoesNotExist
from django.utils.safestring import SafeString

SECRET = f"x{token_hex(8)}x"  # no template and no text holds it; and it stays as it is in mark-up and in an address
MARK = re.compile(rf"{SECRET}(\d+)x")
SHAPES = 4_096  # of one template; a question has some twenty
NONE: Mapping[str, str] = {}
NOTHING: Mapping[str, "Derived"] = {}

Context = Callable[[dict[str, object]], dict[str, Any]]
Plainly = Callable[[], str]
Derived = Callable[[Mapping[str, object]], object]

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Pattern:
    """What a template makes of one shape: every second part is the place of a text."""

    parts: list[str]
    names: list[str]

    def filled(self, texts: Mapping[str, str]) -> str:
        parts = self.parts.copy()
        parts[1::2] = [texts[name] for name in self.names]
        return "".join(parts)


class Spliced:
    """One template. What it renders is the same, to the byte, as if it had been rendered plainly.

    Its context consists of texts, which only stand on the page, and of everything else: its shape. A shape that is new
    is rendered by the template with marks for the texts; from then on the texts are escaped and put where the marks
    were. An empty text has no mark, so that the template may ask whether there is one. It may ask nothing else of it.
    Where the template asks for what is neither, it is rendered plainly.
    """

    def __init__(self, template: str) -> None:
        self.template = template
        self.patterns: dict[Hashable, Pattern | None] = {}

    def render(
        self,
        shape: Hashable,
        texts: Mapping[str, object],
        context: Context,
        plainly: Plainly,
        shared: Mapping[str, str] = NONE,
    ) -> str:
        """`context` gets marks by the names of the texts (the text itself where it is empty) and gives the context.

        `shared`: texts that many have in common; they are escaped already, and the shape says which are empty.
        """
        key = (shape, *[True if text else text for text in texts.values()])
        try:
            pattern = self.patterns[key]
        except KeyError:
            pattern = self.keep(key, self.pattern(context, {**shared, **texts}))
        return pattern.filled({**shared, **escaped(texts)}) if pattern else plainly()

    def keep(self, key: Hashable, pattern: Pattern | None) -> Pattern | None:
        if len(self.patterns) >= SHAPES:
            self.patterns.clear()
        self.patterns[key] = pattern
        return pattern

    def pattern(self, context: Context, texts: Mapping[str, object]) -> Pattern | None:
        """What the template makes of marks for the texts; None where these are not enough for it."""
        names = list(texts)
        marks = {name: f"{SECRET}{number}x" if texts[name] else texts[name] for number, name in enumerate(names)}
        alone = Alone(context(marks))
        rendered = Engine.get_default().get_template(self.template).render(alone)
        if alone.unknown:
            log.error("%s asks for what it is not given when it is spliced: %s", self.template, sorted(alone.unknown))
            return None
        parts = MARK.split(rendered)
        return Pattern(parts, [names[int(number)] for number in parts[1::2]])


def escaped(texts: Mapping[str, object]) -> dict[str, str]:
    """As a template does it, what is escaped already as it is; of those that stand on the page."""
    return {name: text if isinstance(text, SafeString) else escape(str(text)) for name, text in texts.items() if text}


@lru_cache(SHAPES)
def token(shape: Hashable) -> object:
    """Stands for a part of a shape that many have in common: the same for equal ones, and cheap to compare."""
    return object()


class Alone(template.Context):
    """Nothing of the page around it is in it. `unknown`: the names that were asked for all the same.

    A name may be a path ("case.ref"); nothing else of what it leads through (the case) is there.
    """

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.unknown: set[str] = set()
        found: dict[str, Any] = {}
        for path, value in values.items():
            *owners, name = path.split(".")
            place = found
            for depth, owner in enumerate(owners, start=1):
                place = place.setdefault(owner, Only(".".join(owners[:depth]), self.unknown))._given
            place[name] = value
        super().__init__(found)

    def __getitem__(self, name: Any) -> Any:
        try:
            return super().__getitem__(name)
        except KeyError:
            self.unknown.add(name)
            raise


class Only:
    """Stands for something of which only what was named may be asked."""

    def __init__(self, path: str, unknown: set[str]) -> None:
        self._path, self._unknown = path, unknown
        self._given: dict[str, Any] = {}

    def __getattr__(self, name: str) -> Any:
        try:
            return self._given[name]
        except KeyError:
            self._unknown.add(f"{self._path}.{name}")
            raise AttributeError(name) from None


class SplicedPage:
    """A page that is spliced around its parts.

    Texts and shape are paths, as its templates ask for them. `parts` are the templates that they show with
    {% part %}: each is rendered for this page, and is then a text of it. Of `absent` there may be nothing; a page
    that has some is rendered plainly. `derived` follow from the texts, and are made from their marks.
    """

    def __init__(
        self,
        template: str,
        *,
        texts: Sequence[str],
        shape: Sequence[str],
        parts: Sequence[str],
        absent: Sequence[str],
        derived: Mapping[str, Derived] = NOTHING,
    ) -> None:
        self.frame = Spliced(template)
        self.texts, self.shape, self.absent = (
            [(name, Variable(name)) for name in each] for each in (texts, shape, absent)
        )
        self.parts, self.derived = parts, derived

    def render(self, request: HttpRequest, context: dict[str, Any]) -> str:
        template = Engine.get_default().get_template(self.frame.template)
        page = RequestContext(request, context)
        with page.bind_template(template):
            if any(given(page, self.absent).values()):
                return template.render(page)
            return self.spliced(page, partial(template.render, page))

    def spliced(self, page: RequestContext, plainly: Plainly) -> str:
        shape, parts = given(page, self.shape), {name: part(page, name) for name in self.parts}

        def context(marks: dict[str, object]) -> dict[str, Any]:
            shown = {name: marks.pop(name) for name in self.parts}
            derived = {name: of(marks) for name, of in self.derived.items()}
            return {**{name: "" for name, _ in self.absent}, **shape, **marks, **derived, "parts": shown}

        return self.frame.render(tuple(shape.values()), given(page, self.texts) | parts, context, plainly)


def given(page: RequestContext, paths: Sequence[tuple[str, Variable]]) -> dict[str, Any]:
    """What the page's templates would get by these paths."""
    found: dict[str, Any] = {}
    for path, variable in paths:
        try:
            found[path] = variable.resolve(page)
        except VariableDoesNotExist:
            found[path] = ""
    return found


def part(page: template.Context, name: str) -> SafeString:
    return Engine.get_default().get_template(name).render(page)
