"""What the frame of every inspection page shows."""

from collections.abc import Iterator
from dataclasses import dataclass

from django import template
from django.urls import NoReverseMatch, reverse

from inspections import queries
from inspections.models import Inspection
from inspections.sections import SECTIONS

register = template.Library()


@dataclass(frozen=True)
class Link:
    text: str
    href: str
    current: bool


@register.simple_tag(takes_context=True)
def sections(context: template.Context, inspection: Inspection) -> list[Link]:
    """Those that the person may open now. The current one is the longest address that the page's own starts with."""
    found = list(addresses(inspection))
    here = context["request"].path
    home = found[0][1] if found else ""
    under = [href for _, href in found if here.startswith(href) and href != home]
    current = max(under, key=len, default=here)
    return [Link(text, href, href == current) for text, href in found]


def addresses(inspection: Inspection) -> Iterator[tuple[str, str]]:
    for section in SECTIONS:
        if queries.may(inspection, section.permission):
            try:
                yield section.text, reverse(section.url_name, kwargs={"ref": inspection.ref})
            except NoReverseMatch:
                continue
