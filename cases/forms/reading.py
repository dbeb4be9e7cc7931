"""What is confirmed when a case read is sent, and said when it is opened again or taken over."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms

STATEMENTS = [
    ("record", "I have read the record of this case, and heard what was said about it"),
    ("evidence", "Each judgement rests on the evidence that I have written"),
    ("names", "I have written about people without using their names"),
]
CONFIRM = "Confirm all three statements before you send"


class SendForm(forms.Form):
    confirmed = forms.MultipleChoiceField(
        label="Confirm before you send",
        choices=STATEMENTS,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": CONFIRM, "invalid_choice": CONFIRM},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout("confirmed", Submit("send", "Send this case read"))

    def clean_confirmed(self) -> list[str]:
        confirmed: list[str] = self.cleaned_data["confirmed"]
        if len(set(confirmed)) < len(STATEMENTS):
            raise forms.ValidationError(CONFIRM)
        return confirmed


class ReopenForm(forms.Form):
    reason = forms.CharField(
        label="Why is it opened again?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Say why the case read is opened again",
            "max_length": "The reason must be 500 characters or fewer",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout("reason", Submit("reopen", "Open it again", css_class="govuk-button--secondary"))


class TakeOverForm(forms.Form):
    reason = forms.CharField(
        label="Why are you taking it over?",
        help_text="The reason is kept in the log.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Say why you are taking this case over",
            "max_length": "The reason must be 500 characters or fewer",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout("reason", Submit("take", "Take over this case", css_class="govuk-button--warning"))


class CloseForm(forms.Form):
    """The reason is needed only where cases are left out, which the action decides."""

    reason = forms.CharField(
        label="Why cases that have not been sent are left out",
        help_text="Needed only while there are any.",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": "The reason must be 500 characters or fewer"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout("reason", Submit("close", "Close fieldwork"))
