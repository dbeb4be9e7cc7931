"""A reader says that they know a case or a worker."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms

from cases.models import HowCaseIsKnown, HowWorkerIsKnown
from cases.rules.allocation import Member

KIND = dict.fromkeys(["required", "invalid_choice"], "Select what is nearest")


class KnowCaseForm(forms.Form):
    kind = forms.ChoiceField(
        label="What is nearest?",
        help_text="Nobody asks for more than this",
        choices=HowCaseIsKnown.choices,
        widget=forms.RadioSelect,
        error_messages=KIND,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout("kind", Submit("know", "Send this case back"))


class KnowWorkerForm(forms.Form):
    """`members` only for whoever may say it for others."""

    person = forms.ChoiceField(
        label="Who knows them?",
        error_messages=dict.fromkeys(["required", "invalid_choice"], "Select somebody from the list"),
    )
    worker = forms.ChoiceField(
        label="Case manager or victim worker",
        error_messages=dict.fromkeys(["required", "invalid_choice"], "Select a name from the list"),
    )
    kind = forms.ChoiceField(
        label="What is nearest?",
        help_text="Nobody asks for more than this",
        choices=HowWorkerIsKnown.choices,
        widget=forms.RadioSelect,
        error_messages=KIND,
    )

    def __init__(self, *args: Any, workers: Iterable[str], members: Sequence[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choose("worker", [(name, name) for name in workers])
        if members:
            self._choose("person", [(str(member.person), member.name) for member in members])
        else:
            del self.fields["person"]
        self.helper = FormHelper()
        self.helper.layout = Layout(*self.fields, Submit("know", "Save"))

    def _choose(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = [("", ""), *choices]
