"""The boxes in which the team writes up a discussion, and a finding."""

from typing import Any

from crispy_forms.layout import Submit
from django import forms

from cases.actions.voices import Statement
from cases.actions.write_ups import Typed
from cases.forms.concerns import LineField, WordsField
from cases.forms.voices import CountField, ThemeForm
from cases.models import Basis, Effect
from cases.queries.write_ups import Box
from cases.rules.write_ups import ADDED, ATTENDED, Said, faults

LONGEST_LINE = 500
NO_NAMES = "Write about people by their role, without names."
EFFECTS = [("", "Nothing recorded"), *Effect.choices]


class WriteUpForm(forms.Form):
    """Boxes called `field-count`, `field-choice` and `field-text`, as far as the part has them, and `field-version`."""

    def __init__(self, *args: Any, part: str, boxes: list[Box], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part, self.boxes = part, boxes
        for box in boxes:
            for name, field in fields_of(part).items():
                self.fields[f"{box.field}-{name}"] = field

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for box in self.boxes:
            if not any(name.startswith(f"{box.field}-") for name in self.errors):
                for name, sentence in faults(self.part, self.said(box)).items():
                    self.add_error(f"{box.field}-{name}", sentence)
        return data

    def said(self, box: Box) -> Said:
        data = self.cleaned_data
        return Said(
            count=data.get(f"{box.field}-count") or None,
            choice=data.get(f"{box.field}-choice", ""),
            text=data.get(f"{box.field}-text", ""),
        )

    def typed(self) -> dict[str, Typed]:
        return {box.field: Typed(self.said(box), self.cleaned_data[f"{box.field}-version"]) for box in self.boxes}

    @property
    def rows(self) -> list[tuple[Box, list[Any], Any]]:
        """Each box with its visible fields and its version."""
        names = [name for name in fields_of(self.part) if name != "version"]
        return [
            (box, [self[f"{box.field}-{name}"] for name in names], self[f"{box.field}-version"]) for box in self.boxes
        ]


def fields_of(part: str) -> dict[str, forms.Field]:
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    if part == ATTENDED:
        roles = LineField(label="Their roles", missing="", required=False, longest=LONGEST_LINE)
        return {"count": CountField("How many came"), "text": roles, "version": version}
    if part == ADDED:
        effect = forms.ChoiceField(
            label="What did the discussion do to this judgement?",
            choices=EFFECTS,
            required=False,
            widget=forms.RadioSelect(attrs={"class": "govuk-radios--small"}),
            error_messages={"invalid_choice": "Select what the discussion did to this judgement"},
        )
        words = WordsField(label="In what way?", help_text=NO_NAMES, missing="", required=False, rows=4)
        return {"choice": effect, "text": words, "version": version}
    words = WordsField(label="Notes", help_text=NO_NAMES, missing="", required=False, rows=14)
    return {"text": words, "version": version}


def begun(boxes: list[Box], typed: dict[str, Said] | None = None) -> dict[str, Any]:
    """What a form begins with: what is kept, or what was typed on top of the versions that are kept."""
    start: dict[str, Any] = {}
    for box in boxes:
        said = (typed or {}).get(box.field, box.said)
        start |= {f"{box.field}-{name}": "" if value is None else value for name, value in vars(said).items()}
        start[f"{box.field}-version"] = box.version
    return start


class FindingForm(ThemeForm):
    button = Submit("add", "Add finding", css_class="govuk-button--secondary")

    based_on = forms.ChoiceField(
        label="What is it based on?",
        choices=Basis.choices,
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--small"}),
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Select what the finding is based on"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theme"].label = "Finding"
        self.fields["theme"].error_messages["required"] = "Write the finding in a short statement"

    def statement(self) -> Statement:
        data = self.cleaned_data
        return Statement(data["standard"], data["direction"], data["theme"], data["based_on"])
