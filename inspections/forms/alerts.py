"""What is filled in about an organisational alert."""

from typing import Any

from django import forms

from inspections.forms import helper


class WhyForm(forms.Form):
    """A reason, in a form whose page says where it is posted to."""

    button = "Save"
    reason = forms.CharField(max_length=4_000, widget=forms.Textarea(attrs={"rows": 5}))
    label, missing = "Why?", "Say why"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reason = self.fields["reason"]
        too_long = "The reason must be 4,000 characters or fewer"
        reason.label, reason.error_messages = self.label, {"required": self.missing, "max_length": too_long}
        self.helper = helper(self.button, *self.fields)
        self.helper.form_tag = False


class AlertForm(WhyForm):
    button = "Raise an organisational alert"
    label = "What does the organisation do, or fail to do, that cannot wait?"
    missing = "Say what cannot wait"


class SettleAlertForm(WhyForm):
    button = "Record this decision"
    missing = "Say why the alert is confirmed or not"

    confirm = forms.ChoiceField(
        label="Is the alert confirmed?",
        choices=[("yes", "Yes, it stands"), ("no", "No")],
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Select whether the alert is confirmed"),
    )
    field_order = ["confirm", "reason"]

    def said(self) -> dict[str, Any]:
        return {"confirm": self.cleaned_data["confirm"] == "yes", "reason": self.cleaned_data["reason"]}
