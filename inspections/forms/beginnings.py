"""What is filled in to announce an inspection and at its planning meeting."""

from typing import Any, cast

from django import forms
from django.http import QueryDict

from accounts.forms import email_field
from inspections.fields import words_field
from inspections.forms import helper
from inspections.models import Inspection, MeetingLanguage, Nation, PlanningMeeting
from inspections.rules.beginnings import AGENDA, NO_WELSH

AN_HOUR_OF_TALK = 2_000
"""characters to one question"""


class AnnouncementForm(forms.Form):
    yjb_email = email_field("off", "Where do we tell the Youth Justice Board?", "Enter the email address of the Board")
    reason = words_field(
        "Why does it not go out on a Wednesday?", length=300, rows=2, required=False, help_text="Only if it does not."
    )
    letter_cy = words_field(
        "The letter in Welsh", NO_WELSH, length=10_000, rows=12, help_text="The whole text, from the translator."
    )

    def __init__(self, *args: Any, inspection: Inspection, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if inspection.nation != Nation.WALES:
            del self.fields["letter_cy"]
        self.helper = helper("Send the announcement", *self.fields)

    def said(self) -> dict[str, str]:
        return {"letter_cy": ""} | self.cleaned_data


class PlanningForm(forms.Form):
    """One box for each question of the agenda. Any of them may stay empty."""

    language = forms.ChoiceField(
        label="In which language is the inspection held?",
        choices=MeetingLanguage.choices,
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": "Select English, Welsh or Both"},
    )
    decisions = words_field("What was decided, and who does it?", length=5_000, rows=6, required=False)
    version = forms.IntegerField(min_value=0, max_value=1_000_000, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None, *, meeting: PlanningMeeting | None) -> None:
        super().__init__(data, initial=notes_of(meeting))
        for code, question in AGENDA.items():
            self.fields[code] = words_field(question, length=AN_HOUR_OF_TALK, rows=3, required=False)
        self.helper = helper("Save", *AGENDA, "language", "decisions", "version")

    def answers(self) -> dict[str, str]:
        return {code: self.cleaned_data[code] for code in AGENDA}

    def on_top_of(self, theirs: PlanningMeeting) -> None:
        """What was typed stays; saved again, it takes the place of what stands now."""
        data = cast(QueryDict, self.data).copy()
        data["version"] = str(theirs.version)
        self.data = data


def notes_of(meeting: PlanningMeeting | None) -> dict[str, Any]:
    if meeting is None:
        return {"version": 0}
    return meeting.answers | {
        "decisions": meeting.decisions,
        "language": meeting.language,
        "version": meeting.version,
    }
