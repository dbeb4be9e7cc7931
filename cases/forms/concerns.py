"""A concern about a child or victim, that the service was told of it, and what was done about it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.core.validators import MaxLengthValidator

from accounts import clock
from cases.actions.concerns import Account
from cases.models import Told
from cases.rules.answers import plain_text
from inspections.fields import DateTextField, TimeTextField

LONGEST = 20_000  # characters
TELLING = ("who_was_told", "day_told", "time_told")
WHO = "Say who was told: their role and their name"


class WordsField(forms.CharField):
    """Takes whatever was pasted, less what no database holds. Has no `max_length`, so that no counter is shown."""

    def __init__(self, *, missing: str, longest: int = LONGEST, rows: int = 8, **kwargs: Any) -> None:
        super().__init__(
            validators=[MaxLengthValidator(longest, f"This must be {longest:,} characters or fewer")],
            widget=forms.Textarea(attrs={"rows": rows}),
            error_messages={"required": missing},
            **kwargs,
        )

    def to_python(self, value: Any) -> str:
        return super().to_python(plain_text(str(value or ""))) or ""


class LineField(WordsField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget = forms.TextInput()


class ToldForm(forms.Form):
    """`told_at` of its cleaned data is the moment that day and time make."""

    button = Submit("send", "Record that the service was told", css_class="govuk-button--secondary")

    who_was_told = LineField(
        label="Who at the service was told?",
        help_text="Their role and name. For example, team manager, Jo Bloggs",
        longest=200,
        missing=WHO,
    )
    day_told = DateTextField(label="On which day were they told?")
    time_told = TimeTextField(label="At what time were they told?")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day_told"].initial = clock.today()
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(*self.fields, self.button)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("day_told") and data.get("time_told"):
            data["told_at"] = datetime.combine(data["day_told"], data["time_told"], clock.LONDON)
            if data["told_at"] > clock.now():
                self.add_error("time_told", "This is in the future. Check the day and the time")
        return data


class ConcernForm(ToldForm):
    button = Submit("send", "Raise a concern")
    field_order = ("what_you_saw", "has_the_service_been_told", *TELLING)

    what_you_saw = WordsField(
        label="What have you seen or heard?",
        help_text="Write about people without using their names.",
        missing="Say what you have seen or heard",
    )
    has_the_service_been_told = forms.ChoiceField(
        label="Has somebody at the service been told?",
        help_text="Whichever you choose, the lead inspector is alerted at once.",
        choices=Told.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Say who at the service was told, or select Not yet",
            "invalid_choice": "Say who at the service was told, or select Not yet",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in TELLING:
            self.fields[name].required = False
        self.fields["who_was_told"].label = "If so, who was told?"

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("has_the_service_been_told") == Told.YES:
            for name in TELLING:
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, self.fields[name].error_messages["required"])
        elif data.get("who_was_told") and "has_the_service_been_told" in data:
            self.add_error("has_the_service_been_told", "You wrote who was told. Select Yes, or remove their name")
        return data

    def account(self) -> Account:
        data, told = self.cleaned_data, Told(self.cleaned_data["has_the_service_been_told"])
        if told == Told.NOT_YET:
            return Account(data["what_you_saw"], told)
        return Account(data["what_you_saw"], told, data["who_was_told"], data["told_at"])


class AcknowledgeForm(forms.Form):
    what_was_done = WordsField(
        label="What have you done about it?",
        help_text="Whom you spoke to, what was agreed and who does what next.",
        missing="Say what you have done about it",
        rows=5,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout("what_was_done", Submit("acknowledge", "Acknowledge this concern"))


def once_of(posted: Mapping[str, str]) -> UUID:
    """The id that the page gave its form; a new one where there is none to read."""
    try:
        return UUID(posted.get("once", ""))
    except ValueError:
        return uuid4()
