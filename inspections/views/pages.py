"""Long lists, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest


@dataclass(frozen=True)
class Pages:
    """One page of a list, and the links to the others as components/pagination.html draws them."""

    rows: list[Any]
    total: int
    links: dict[str, Any] | None


def paginated(request: HttpRequest, rows: QuerySet[Any] | Sequence[Any], size: int) -> Pages:
    """Of a page number that does not exist, the nearest that does. A queryset costs two queries."""
    page = Paginator(rows, size).get_page(request.GET.get("page"))
    return Pages(list(page), page.paginator.count, links(request, page) if page.has_other_pages() else None)


def links(request: HttpRequest, page: Page[Any]) -> dict[str, Any]:
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "previous": address(request, page.previous_page_number()) if page.has_previous() else "",
        "next": address(request, page.next_page_number()) if page.has_next() else "",
        "items": [item(request, number, page.number) for number in numbers],
    }


def item(request: HttpRequest, number: int | str, current: int) -> dict[str, Any]:
    if isinstance(number, str):
        return {"ellipsis": True}
    return {"number": number, "href": address(request, number), "current": number == current}


def address(request: HttpRequest, number: int) -> str:
    """The same list with the same filters, at another page."""
    query = request.GET.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"
