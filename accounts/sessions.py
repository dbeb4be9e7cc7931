"""The session store: Django's database sessions, with the person joined to the row."""

from typing import TYPE_CHECKING, Any, cast

from django.apps import apps
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

if TYPE_CHECKING:
    from accounts.models import Session, User


class SessionStore(DatabaseStore):
    """`person` is whoever signed in with this session, or None; known once the session has been read."""

    person: "User | None" = None

    def _validate_session_key(self, key: str | None) -> bool:
        """Anything else in the cookie is no key of ours, and PostgreSQL does not even take every text."""
        return key is not None and key.isascii() and key.isalnum() and len(key) >= 8

    @classmethod
    def get_model_class(cls) -> "type[Session]":
        return apps.get_model("accounts", "Session")

    def _get_session_from_db(self) -> "Session | None":
        session: Session | None = super()._get_session_from_db()  # type: ignore[misc]  # the stubs leave it out
        self.person = session.person if session else None
        return session

    def create_model_instance(self, data: dict[str, Any]) -> "Session":
        session = cast("Session", super().create_model_instance(data))
        session.person_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        return session
