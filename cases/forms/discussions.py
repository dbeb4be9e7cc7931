"""What the service writes in a section of its review, and why the team returns one."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms

from cases.actions.discussions import Typed
from cases.forms.concerns import WordsField
from standards.schema import ReviewSection


class SectionForm(forms.Form):
    """A text and the version that it was based on for each question."""

    def __init__(self, *args: Any, section: ReviewSection, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = [question.code for question in section.questions]
        for question in section.questions:
            self.fields[question.code] = WordsField(label=question.text, required=False, missing="")
            self.fields[version_of(question.code)] = forms.IntegerField(
                widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1
            )
        self.helper = FormHelper()
        self.helper.layout = Layout(*self.fields, Submit("save", "Save and go on"))

    def typed(self) -> dict[str, Typed]:
        data = self.cleaned_data
        return {code: Typed(data[code], data[version_of(code)]) for code in self.codes}


def version_of(code: str) -> str:
    return f"{code}-version"


class ReturnForm(forms.Form):
    reason = WordsField(
        label="What is missing?",
        help_text="The service reads this. Do not use names of children or victims.",
        missing="Say what is missing, so that the service can put it right",
        longest=2_000,
        rows=4,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout("reason", Submit("return", "Return it", css_class="govuk-button--secondary"))
