"""The notes of a meeting, a theme, an action of a catch-up, an offer to children, parents and carers and a contact."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Submit
from django import forms

from accounts import clock
from accounts.models import User
from cases.actions.voices import Reached
from cases.forms.concerns import LineField, WordsField
from cases.models import Direction, MeetingNote
from cases.rules.voices import MOST_OF_A_ROLE, PURPOSES, ROLE_NAMES, ROLES, WHO, Written, attendance_of, faults
from inspections.fields import DateTextField
from standards.schema import Channel, Standard

NOT_A_NUMBER = f"Enter a whole number from 0 to {MOST_OF_A_ROLE}"
LONGEST_LINE = 500


class PlainForm(forms.Form):
    button = Submit("save", "Save")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = self.layout()

    def layout(self) -> Layout:
        return Layout(*self.fields, self.button)

    def choose(self, name: str, choices: list[tuple[Any, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def not_later(self, name: str) -> date | None:
        day: date | None = self.cleaned_data.get(name)
        if day and day > clock.today():
            self.add_error(name, "This is in the future. Enter the day on which it happened")
        return day


class CountField(forms.IntegerField):
    """How many; nothing typed is nobody."""

    def __init__(self, label: str) -> None:
        super().__init__(
            label=label,
            required=False,
            min_value=0,
            max_value=MOST_OF_A_ROLE,
            widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
            error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), NOT_A_NUMBER),
        )


class MeetingForm(PlainForm):
    button = Submit("save", "Save notes")

    held_on = DateTextField(label="On which day was it?")
    purpose = LineField(label="Purpose", missing="", required=False, longest=LONGEST_LINE)
    text = WordsField(
        label="Notes",
        help_text="Write about people by their role, without names. Recording is not taken.",
        missing="",
        required=False,
        rows=14,
    )
    not_taken_up = LineField(label="If nobody took it up, why not?", missing="", required=False, longest=LONGEST_LINE)
    other_role = LineField(label="Another role", missing="", required=False, longest=80)
    other_count = CountField("How many of that role?")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= {code: CountField(name) for code, name in ROLES}

    def layout(self) -> Layout:
        who = Fieldset("Who came, by role", *(code for code, _ in ROLES), "other_role", "other_count")
        return Layout("held_on", "purpose", "text", who, "not_taken_up", self.button)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.not_later("held_on")
        if bool(data.get("other_role")) != bool(data.get("other_count")) and "other_count" not in self.errors:
            self.add_error("other_count", "Write another role together with how many of it came")
        if not self.errors:
            for name, sentence in faults(self.written()).items():
                self.add_error(name, sentence)
        return data

    def written(self) -> Written:
        data = self.cleaned_data
        return Written(
            held_on=data["held_on"],
            purpose=data["purpose"],
            text=data["text"],
            attendance=attendance_of(data, data["other_role"], data["other_count"]),
            not_taken_up=data["not_taken_up"],
        )


def shown_in_form(note: MeetingNote) -> dict[str, Any]:
    """The notes as the form shows them."""
    codes = {name: code for code, name in ROLE_NAMES.items()}
    values: dict[str, Any] = {name: getattr(note, name) for name in ("held_on", "purpose", "text", "not_taken_up")}
    for role, count in note.attendance:
        values |= {codes[role]: count} if role in codes else {"other_role": role, "other_count": count}
    return values


def proposed(kind: str, day: date) -> dict[str, Any]:
    return {"held_on": min(day, clock.today()), "purpose": PURPOSES.get(kind, "")}


def base_of(posted: Mapping[str, str]) -> int:
    """The version that the page showed; 0 where there is none to read."""
    typed = posted.get("version", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0


class ThemeForm(PlainForm):
    button = Submit("add", "Add theme", css_class="govuk-button--secondary")

    standard = forms.ChoiceField(
        label="Which standard is it about?",
        widget=forms.Select,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Select the standard that it is about"),
    )
    direction = forms.ChoiceField(
        label="Which way does it point?",
        choices=Direction.choices,
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--small"}),
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), "Select whether it is a strength, an area to improve or a note"
        ),
    )
    theme = LineField(
        label="Theme",
        help_text="One short statement, without names.",
        missing="Write the theme in a short statement",
        longest=LONGEST_LINE,
    )

    def __init__(self, *args: Any, standards: tuple[Standard, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(standard.code, f"{standard.code} {standard.title}") for standard in standards]
        self.choose("standard", [("", "Choose a standard"), *choices])


class ActionForm(PlainForm):
    button = Submit("add", "Add action", css_class="govuk-button--secondary")

    action = LineField(label="What is to be done?", missing="Write what is to be done", longest=LONGEST_LINE)
    owner = forms.ChoiceField(
        label="Who does it?",
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Select who does it"),
    )

    def __init__(self, *args: Any, people: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("owner", [("", "Choose a person"), *((str(person.pk), person.name) for person in people)])


class OfferForm(PlainForm):
    """What children, parents and carers were offered. `counts` are how many of each."""

    button = Submit("save", "Record offer")

    channel = forms.ChoiceField(
        label="How?",
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--small"}),
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Select how they can take part"),
    )
    day = DateTextField(label="On which day?")
    children = CountField("Children")
    parents = CountField("Parents")
    carers = CountField("Carers")

    def __init__(self, *args: Any, channels: tuple[Channel, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("channel", [(channel.code, channel.name) for channel in channels])
        self.fields["day"].initial = clock.today()

    def reached(self) -> Reached:
        data = self.cleaned_data
        return Reached(
            channel=data["channel"],
            day=data["day"],
            children=data["children"] or 0,
            parents=data["parents"] or 0,
            carers=data["carers"] or 0,
            no_contact_reason=data.get("no_contact_reason", ""),
            views=data.get("views", ""),
        )

    def somebody(self) -> bool:
        return any(self.cleaned_data[name] for name in WHO)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.not_later("day")
        self.check_counts()
        return data

    def check_counts(self) -> None:
        if not self.errors and not self.somebody():
            self.add_error("children", "Enter how many children, parents or carers were offered it")


class ContactForm(OfferForm):
    button = Submit("save", "Record contact")

    no_contact_reason = LineField(
        label="If nobody took part, why not?",
        help_text="For example, No one wished to talk",
        missing="",
        required=False,
        longest=LONGEST_LINE,
    )
    views = WordsField(
        label="What did they say?",
        help_text="Write without names, and without anything that tells who they are.",
        missing="",
        required=False,
    )

    def check_counts(self) -> None:
        if self.errors:
            return
        data, some = self.cleaned_data, self.somebody()
        if not some and not data["no_contact_reason"]:
            self.add_error("children", "Enter how many children, parents or carers took part, or say why nobody did")
        if data["no_contact_reason"] and (some or data["views"]):
            self.add_error("no_contact_reason", "You wrote that nobody took part, and who did. Remove one of them")
