"""Sends e-mail through GOV.UK Notify: its two requests, so that no client library is needed.

The template there has one subject, ((subject)), and one text, ((body)).
"""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Sequence
from email.utils import parseaddr
from typing import Any
from urllib.parse import quote
from urllib.request import Request, urlopen

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

UUID = 36  # characters; an API key ends with the service's and the secret, each after a hyphen


class EmailBackend(BaseEmailBackend):
    """Raises OSError where Notify does not take a message, as the other backends do."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            reference = message.extra_headers.get("Message-ID", "")
            if not (reference and is_known(reference)):
                send(message, reference)
        return len(email_messages)


def is_known(reference: str) -> bool:
    """Whether Notify has taken a message with this reference: a sender may have died before it could say so."""
    found = ask(f"/v2/notifications?reference={quote(reference, safe='')}")
    return bool(found["notifications"])


def send(message: EmailMessage, reference: str) -> None:
    for recipient in message.to:
        ask(
            "/v2/notifications/email",
            {
                "email_address": parseaddr(recipient)[1],
                "template_id": settings.NOTIFY_TEMPLATE,
                "personalisation": {"subject": str(message.subject), "body": str(message.body)},
                "reference": reference,
            },
        )


def ask(path: str, body: dict[str, Any] | None = None) -> Any:
    headers = {"Authorization": f"Bearer {token(settings.NOTIFY_API_KEY)}", "Content-Type": "application/json"}
    sent = None if body is None else json.dumps(body).encode()
    request = Request(f"{settings.NOTIFY_URL}{path}", data=sent, headers=headers)  # noqa: S310  the address is a setting
    with urlopen(request, timeout=settings.EMAIL_TIMEOUT) as response:  # noqa: S310
        return json.load(response)


def token(api_key: str) -> str:
    """A JSON web token signed with the secret of the key, as Notify asks of every request."""
    service, secret = api_key[-2 * UUID - 1 : -UUID - 1], api_key[-UUID:]
    parts = [{"typ": "JWT", "alg": "HS256"}, {"iss": service, "iat": int(time.time())}]
    signed = ".".join(encoded(json.dumps(part).encode()) for part in parts)
    return f"{signed}.{encoded(hmac.digest(secret.encode(), signed.encode(), hashlib.sha256))}"


def encoded(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()
