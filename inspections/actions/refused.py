"""An action that cannot be done says why."""


class Refused(Exception):
    """`str()` is the reason in a sentence without a full stop; `field` is the form field that it belongs to."""

    def __init__(self, reason: str, field: str | None = None) -> None:
        super().__init__(reason)
        self.field = field
