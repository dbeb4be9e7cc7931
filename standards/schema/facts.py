"""What is known about a case, and which questions depend on it."""

from dataclasses import dataclass, fields

WORK_TYPES = ("court", "out_of_court", "bail_and_remand", "resettlement")
NEVER_KNOWN = {"victim": ("work_type", "care_experienced", "is_macd")}
"""By kind of case, the facts that neither its caseload list nor the sample can say."""


@dataclass(frozen=True)
class Facts:
    """As the caseload list and the sample have them; None where nobody said. `age` is on the first day of fieldwork."""

    work_type: str | None = None
    care_experienced: bool | None = None
    welsh_speaking: bool | None = None
    is_macd: bool | None = None
    age: int | None = None


@dataclass(frozen=True)
class Condition:
    """Every fact that it names must be so. What is not known keeps nothing from being asked."""

    work_type: tuple[str, ...] = ()
    care_experienced: bool | None = None
    welsh_speaking: bool | None = None
    is_macd: bool | None = None
    age_from: int | None = None
    age_to: int | None = None

    def holds(self, facts: Facts) -> bool:
        return (
            (not self.work_type or facts.work_type in (None, *self.work_type))
            and _agree(self.care_experienced, facts.care_experienced)
            and _agree(self.welsh_speaking, facts.welsh_speaking)
            and _agree(self.is_macd, facts.is_macd)
            and (facts.age is None or self._covers(facts.age))
        )

    def _covers(self, age: int) -> bool:
        return (self.age_from is None or age >= self.age_from) and (self.age_to is None or age <= self.age_to)

    @property
    def words(self) -> str:
        """As it stands in the file, on one line: work_type court or resettlement, care_experienced yes."""
        named = ((field.name, getattr(self, field.name)) for field in fields(self))
        return ", ".join(f"{name} {_said(value)}" for name, value in named if value not in (None, ()))


def _agree(wanted: bool | None, known: bool | None) -> bool:
    return wanted is None or known is None or wanted == known


def _said(value: object) -> str:
    if isinstance(value, tuple):
        return " or ".join(value)
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
