"""Whether a reactive inspection follows: what is filled in."""

from typing import Any

from django import forms

from accounts import clock
from inspections.fields import DateTextField
from inspections.forms import PersonChoice, choose_from
from inspections.models import TeamRole
from inspections.queries.team import people_for_teams
from ratings.actions.reactive import Start
from ratings.forms import Data, ReasonField, helper


class ReactiveForm(forms.Form):
    """Whether one follows, and why; when it begins and who leads it, where it does."""

    follows = forms.ChoiceField(
        label="Does a reactive inspection follow?",
        choices=[("yes", "Yes"), ("no", "No")],
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Select whether a reactive inspection follows"),
    )
    reason = ReasonField(label="Why?", missing="Say why a reactive inspection follows, or does not")
    day = DateTextField(label="First Monday of fieldwork, if one follows", required=False)
    lead = PersonChoice(
        queryset=None,
        label="Lead inspector, if one follows",
        empty_label="",
        required=False,
        error_messages={"invalid_choice": "Select a person from the list"},
    )
    outside_because = ReasonField(label="If it is outside the window, why?")

    def __init__(self, data: Data = None) -> None:
        super().__init__(data)
        choose_from(self, "lead", people_for_teams(clock.today(), TeamRole.LEAD))
        self.helper = helper(*self.fields, button="Record this decision")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("follows") == "yes":
            for name, sentence in (
                ("day", "Enter the first Monday of fieldwork"),
                ("lead", "Select the lead inspector"),
            ):
                if name not in self.errors and not data.get(name):
                    self.add_error(name, sentence)
        return data

    def said(self) -> dict[str, Any]:
        data = self.cleaned_data
        start = Start(data["day"], data["lead"], data["outside_because"]) if data["follows"] == "yes" else None
        return {"reason": data["reason"], "start": start}
