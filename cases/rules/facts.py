"""What is known about a case, for the questions that depend on it."""

from datetime import date

from cases.rules.caseload import age
from standards.schema import Facts


def facts(
    *,
    kind: str,
    work_type: str,
    care_experienced: bool | None,
    welsh_speaking: bool | None,
    is_macd: bool,
    born: date | None,
    on: date,
) -> Facts:
    """As the list and the sample have them. Multi-agency discussions are about children's cases, so others have no such
    fact."""
    return Facts(
        work_type=work_type or None,
        care_experienced=care_experienced,
        welsh_speaking=welsh_speaking,
        is_macd=is_macd if kind == "child" else None,
        age=age(born, on) if born else None,
    )
