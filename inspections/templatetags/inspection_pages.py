"""What the frame of every inspection page shows."""

from dataclasses import dataclass

from django import template
from django.template import Engine
from django.utils.safestring import SafeString

from inspections.models import Inspection
from inspections.sections import SECTIONS, address

register = template.Library()


@dataclass(frozen=True)
class Link:
    text: str
    href: str
    current: bool


@register.simple_tag(takes_context=True)
def part(context: template.Context, name: str) -> SafeString:
    """As `include`; but what is there already of `parts`, which a page was given by their names, is not rendered."""
    parts = context.get("parts") or {}
    return parts[name] if name in parts else Engine.get_default().get_template(name).render(context)


@register.simple_tag(takes_context=True)
def sections(context: template.Context, inspection: Inspection) -> list[Link]:
    """Those that the person may open now. The current one has the longest address that the page's own starts with."""
    found = [(section.text, address(section, inspection)) for section in SECTIONS]
    links = [(text, href) for text, href in found if href]
    here, home = context["request"].path, f"/inspections/{inspection.ref}/"
    under = [href for _, href in links if here.startswith(href) and href != home]
    current = max(under, key=len, default=here)
    return [Link(text, href, href == current) for text, href in links]
