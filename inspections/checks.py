"""What `manage.py check` says about the standards: a fault in any file fails it, and with it a deployment."""

from typing import Any

from django.core.checks import Error

from standards import loader


def standards_load(**_: Any) -> list[Error]:
    return [Error(str(problem), id="inspections.E001") for problem in loader.problems()]
