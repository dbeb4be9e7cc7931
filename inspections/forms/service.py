"""What people of an inspected service fill in about themselves and their colleagues."""

from typing import Any

from django import forms

from accounts.forms import email_field
from inspections.fields import words_field
from inspections.forms import helper
from inspections.models import Language, PersonToMeet


class InviteForm(forms.Form):
    name = words_field("Name", "Enter their name", length=120, rows=0)
    email = email_field("off", missing="Enter their email address")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("Invite them", "name", "email")


class LanguageForm(forms.Form):
    language = forms.ChoiceField(
        label="In which language should we speak and write to you?",
        choices=Language.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select English or Welsh", "invalid_choice": "Select English or Welsh"},
    )
    needs = words_field(
        "Is there anything that you need to take part?",
        length=500,
        rows=3,
        required=False,
        help_text="In your own words. For example, an interpreter, step-free rooms, papers in large print.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("Save", "language", "needs")


class PartForm(forms.Form):
    """One page about a person whom the team will meet: what it asks for are fields of the person."""

    heading = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("Save and continue", *self.fields)


class WhoForm(PartForm):
    heading = "Who can we meet?"
    name = words_field(
        "Name",
        "Enter their name",
        length=120,
        rows=0,
        help_text="Somebody of your service or of a partner. No child, parent, carer or victim.",
    )
    post = words_field(
        "What do they do?", "Say what they do", length=80, rows=0, help_text="For example, case manager."
    )

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())


class WhenForm(PartForm):
    heading = "When can they be met?"
    available = words_field(
        "Days and times during fieldwork",
        "Say when they can be met",
        length=300,
        rows=3,
        help_text="For example, every day but Wednesday, not before 10am.",
    )


class InWelshForm(PartForm):
    heading = "Which language do they want to speak?"
    in_welsh = forms.TypedChoiceField(
        label="Language",
        choices=[("no", "English"), ("yes", "Welsh")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Select English or Welsh", "invalid_choice": "Select English or Welsh"},
    )


class NeedsForm(PartForm):
    heading = "Is there anything that they need to take part?"
    needs = words_field(
        "What they need",
        length=300,
        rows=3,
        required=False,
        help_text="In their own words. For example, a break after half an hour. Leave it empty if there is nothing.",
    )


PARTS: dict[str, type[PartForm]] = {"who": WhoForm, "when": WhenForm, "language": InWelshForm, "needs": NeedsForm}
"""In the order in which they are asked."""


def part_after(part: str) -> str | None:
    order = list(PARTS)
    return next(iter(order[order.index(part) + 1 :]), None)


def said_so_far(part: str, person: PersonToMeet) -> dict[str, Any]:
    """What stands in the form; a person who was just added has not been asked about the language."""
    shown = {name: getattr(person, name) for name in PARTS[part].base_fields}
    if "in_welsh" in shown:
        shown["in_welsh"] = "yes" if person.in_welsh else "no"
    return shown
