"""The session store: Django's database sessions, with the person joined to the row."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

from django.apps import apps
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

from accounts import clock

if TYPE_CHECKING:
    from accounts.models import Session, User


class SessionStore(DatabaseStore):
    """`person` is whoever signed in with this session, or None; `ends_at` when it ends. Known once it has been read."""

    person: "User | None" = None
    ends_at: datetime | None = None

    @property
    def seconds_left(self) -> int:
        """By the machine's clock, as everything about sessions."""
        return max(0, int((self.ends_at - timezone.now()).total_seconds())) if self.ends_at else 0

    @property
    def ends_at_words(self) -> str:
        """5:10pm."""
        return f"{self.ends_at.astimezone(clock.LONDON):%I:%M%p}".lstrip("0").lower() if self.ends_at else ""

    def stay(self) -> None:
        """From now on it lasts as long as a new one."""
        self.modified = True
        self.ends_at = timezone.now() + timedelta(seconds=self.get_session_cookie_age())

    def _validate_session_key(self, key: str | None) -> bool:
        """Anything else in the cookie is no key of ours, and PostgreSQL does not even take every text."""
        return key is not None and key.isascii() and key.isalnum() and len(key) >= 8

    @classmethod
    def get_model_class(cls) -> "type[Session]":
        return apps.get_model("accounts", "Session")

    def _get_session_from_db(self) -> "Session | None":
        session: Session | None = super()._get_session_from_db()  # type: ignore[misc]  # the stubs leave it out
        if session:
            self.person, self.ends_at = session.person, session.expire_date
        return session

    def create_model_instance(self, data: dict[str, Any]) -> "Session":
        session = cast("Session", super().create_model_instance(data))
        session.person_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        return session
