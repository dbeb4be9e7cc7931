"""The inspections app."""

from django.apps import AppConfig
from django.core.checks import register

from inspections.checks import standards_load


class InspectionsConfig(AppConfig):
    name = "inspections"

    def ready(self) -> None:
        register(standards_load)
