"""What the frame of every inspection page shows."""

from dataclasses import dataclass

from django import template
from django.template import Engine
from django.utils.safestring import SafeString

from inspections.models import Inspection
from inspections.sections import GROUPS, Group, address

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


@dataclass(frozen=True)
class LinkGroup:
    text: str
    links: list[Link]
    current: bool

    @property
    def name(self) -> str:
        """A group of one link goes by the text of that link."""
        return self.text if len(self.links) > 1 else self.links[0].text


@register.simple_tag(takes_context=True)
def section_groups(context: template.Context, inspection: Inspection) -> list[LinkGroup]:
    """What the person may open now. The current link has the longest address that the page's own starts with."""
    offered = [(group.text, open_sections(group, inspection)) for group in GROUPS]
    home, here = f"/inspections/{inspection.ref}/", context["request"].path
    hrefs = [href for _, pages in offered for _, href in pages]
    current = max((href for href in hrefs if here.startswith(href) and href != home), key=len, default=here)
    return [link_group(text, pages, current) for text, pages in offered if pages]


def open_sections(group: Group, inspection: Inspection) -> list[tuple[str, str]]:
    found = [(section.text, address(section, inspection)) for section in group.sections]
    return [(text, href) for text, href in found if href]


def link_group(text: str, pages: list[tuple[str, str]], current: str) -> LinkGroup:
    links = [Link(words, href, href == current) for words, href in pages]
    return LinkGroup(text, links, any(link.current for link in links))
