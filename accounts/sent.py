"""What a browser sent with a form."""

import re
from dataclasses import dataclass

from django.http import HttpRequest, QueryDict

NOT_TYPED = re.compile(
    r"csrfmiddlewaretoken|.*password.*|(base_version|theirs_version|save_id)(-.*)?|version|sign_in_code|.*_FORMS|item|next|once|seen|stage|state|then",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True)
class Typed:
    label: str
    text: str


def sent(request: HttpRequest) -> QueryDict | None:
    """For binding a form: also a form that was sent without any answer is bound, and then says what is missing."""
    return request.POST if request.method == "POST" else None


def typed(request: HttpRequest) -> list[Typed]:
    """What a person would miss if the form were dropped: no secret, and nothing that the page filled in itself."""
    fields = ((name, "\n".join(filter(None, values))) for name, values in request.POST.lists())
    return [Typed(label(name), text) for name, text in fields if text.strip() and not NOT_TYPED.fullmatch(name)]


def label(name: str) -> str:
    """evidence-2.1.1a reads Evidence 2.1.1a."""
    words = re.sub(r"[-_]+", " ", name).strip()
    return words[:1].upper() + words[1:]
