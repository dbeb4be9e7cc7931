"""What a browser sent with a form."""

from django.http import HttpRequest, QueryDict


def sent(request: HttpRequest) -> QueryDict | None:
    """For binding a form: also a form that was sent without any answer is bound, and then says what is missing."""
    return request.POST if request.method == "POST" else None
