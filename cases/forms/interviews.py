"""What is typed about how an interview went."""

from datetime import date, datetime, time
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms

from accounts import clock
from cases.forms.concerns import LineField, WordsField
from cases.models import InterviewOutcome
from cases.rules.interviews import Result
from inspections.fields import TimeTextField

CHOICES = [
    (InterviewOutcome.HELD.value, "It was held"),
    (InterviewOutcome.ABSENT.value, "Somebody was absent"),
    (InterviewOutcome.MOVED.value, "It was moved to another time"),
]


class ResultForm(forms.Form):
    outcome = forms.ChoiceField(
        label="What became of the interview?",
        choices=CHOICES,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Select what became of the interview"),
    )
    started = TimeTextField(label="When did it start?", required=False, help_text="If it was held, like 10:40am")
    finished = TimeTextField(label="When did it end?", required=False, help_text="If it was held, like 11:50am")
    instead = LineField(
        label="Was somebody else there instead?",
        help_text="Their post, such as team manager. Leave it blank if nobody was",
        required=False,
        longest=120,
        missing="",
    )
    next_step = WordsField(
        label="What happens next?",
        help_text="If it was not held: who does what by when",
        required=False,
        longest=300,
        missing="",
        rows=2,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day = day
        self.helper = FormHelper()
        self.helper.layout = Layout(*self.fields, Submit("save", "Record this interview"))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("outcome") == InterviewOutcome.HELD:
            self._check_times(data)
        elif data.get("outcome") and not data.get("next_step") and "next_step" not in self.errors:
            self.add_error("next_step", "Say what happens next")
        return data

    def _check_times(self, data: dict[str, Any]) -> None:
        for name, sentence in (("started", "Enter when it started"), ("finished", "Enter when it ended")):
            if data.get(name) is None and name not in self.errors:
                self.add_error(name, f"{sentence}, like 10:40am")
        if data.get("started") is None or data.get("finished") is None:
            return
        if data["finished"] < data["started"]:
            self.add_error("finished", "It ended before it started. Check both times")
        elif self._moment(data["finished"]) > clock.now():
            self.add_error("finished", "This is in the future. Check the time")

    def _moment(self, at: time) -> datetime:
        return datetime.combine(self.day, at, clock.LONDON)

    def result(self) -> Result:
        data = self.cleaned_data
        if data["outcome"] == InterviewOutcome.HELD:
            times = self._moment(data["started"]), self._moment(data["finished"])
            return Result(data["outcome"], *times, data["instead"], data["next_step"])
        return Result(data["outcome"], None, clock.now(), data["instead"], data["next_step"])
