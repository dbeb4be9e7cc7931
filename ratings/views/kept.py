"""Figures as they were drawn for a basis, kept for as long as there is room: drawing them costs more than all else."""

from collections.abc import Callable, Hashable, Mapping
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

Context = Callable[[], Mapping[str, Any]]
ROOM = 256  # of some 20 kB each, in each process


class Kept:
    """One template, whose words depend on nothing but what the key names."""

    def __init__(self, template: str) -> None:
        self.template = template
        self.drawn: dict[Hashable, SafeString] = {}

    def render(self, request: HttpRequest, key: Hashable, context: Context) -> SafeString:
        found = self.drawn.get(key)
        if found is None:
            found = render_to_string(self.template, dict(context()), request)
            if len(self.drawn) >= ROOM:
                self.drawn.clear()
            self.drawn[key] = found
        return found
