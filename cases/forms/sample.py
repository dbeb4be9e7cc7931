"""The sample is drawn, changed, grouped and shared out."""

import re
from collections.abc import Iterable
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms

from cases.queries.draws import Choice
from cases.rules.tables import MOST_ROWS


def reason_field(label: str, missing: str, *, required: bool = True, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=300,
        required=required,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": missing, "max_length": "The reason must be 300 characters or fewer"},
    )


class ChooseForm(forms.Form):
    size = forms.CharField(
        label="How many cases?",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
        error_messages={"required": "Enter how many cases to draw"},
    )
    groups = forms.MultipleChoiceField(
        label="Which groups should the sample have in the same shares as the caseload?",
        help_text="Every combination of the groups that you choose is within one case of its share",
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"}),
        error_messages={"invalid_choice": "Choose groups from the list"},
    )

    def __init__(self, *args: Any, choice: Choice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit, again = choice.limit, bool(choice.draws)
        self.fields["size"].help_text = f"Between {limit.minimum} and {limit.maximum} {choice.kind.plural}"
        self.fields["groups"].choices = list(choice.groups.items())  # type: ignore[attr-defined]
        if again:
            self.fields["reason"] = reason_field("Why are you drawing again?", "Say why you are drawing again")
        self.helper = FormHelper()
        self.helper.layout = Layout(*self.fields, Submit("draw", "Draw again" if again else "Draw the sample"))

    def clean_size(self) -> int:
        size: str = self.cleaned_data["size"]
        if not re.fullmatch("[0-9]+", size):
            raise forms.ValidationError("Enter how many cases to draw as a number, such as 31")
        if len(size) > len(str(MOST_ROWS)) or int(size) > MOST_ROWS:
            raise forms.ValidationError(f"Enter a number of cases up to {MOST_ROWS:,}")
        return int(size)


class ReplaceForm(forms.Form):
    reason = reason_field("Why should this case not be inspected?", "Say why this case is replaced")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout("reason", Submit("replace", "Replace this case"))


class DiscussionsForm(forms.Form):
    """The page draws the boxes itself, one in each row of a table."""

    cases = forms.MultipleChoiceField(label="Cases", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, refs: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cases"].choices = [(ref, ref) for ref in refs]  # type: ignore[attr-defined]
        self.fields["cases"].error_messages["invalid_choice"] = (
            "The sample has no %(value)s any more. Open this page again"
        )


class NumberedForm(forms.Form):
    """A box called `prefix-C-01` for each case, which the page draws in a table: a number or nothing in each."""

    box = ""
    number = ""
    not_a_number = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.data:
            if name.startswith(f"{self.box}-"):
                wrong = {"invalid": self.not_a_number}
                self.fields[name] = forms.RegexField(self.number, required=False, error_messages=wrong)

    def typed(self) -> dict[str, str]:
        """By case reference, as it came."""
        return {ref: self.data[name].strip() for ref, name in self._names()}

    def numbers(self) -> dict[str, int | None]:
        """By case reference, once the form is clean."""
        values = {ref: self.cleaned_data[name] for ref, name in self._names()}
        return {ref: int(value) if value else None for ref, value in values.items()}

    def wrong(self) -> dict[str, str]:
        """What is wrong with a box, by case reference."""
        return {ref: str(self.errors[name][0]) for ref, name in self._names() if name in self.errors}

    def _names(self) -> list[tuple[str, str]]:
        start = f"{self.box}-"
        return [(name.removeprefix(start), name) for name in self.fields if name.startswith(start)]


class ReadersForm(NumberedForm):
    box = "reader"
    number = r"^[0-9]{1,18}$"
    not_a_number = "Choose readers from the lists"
    reason = reason_field(
        "Why should a case that has been begun go to another reader?",
        "",
        required=False,
        help_text="Only needed for cases that somebody has begun to read",
    )


class GroupsForm(NumberedForm):
    box = "group"
    number = r"^[1-9][0-9]?$"
    not_a_number = "Enter the number of an interview, or leave it blank"
