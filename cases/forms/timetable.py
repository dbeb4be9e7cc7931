"""What is typed about a slot of the timetable."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms

from cases.actions.timetable import Wanted
from cases.queries.timetable import at
from cases.rules.timetable import Booked, Fieldwork, clock_words, day_words
from inspections.fields import TimeTextField, words_field
from inspections.models import Membership, RequestAnswer, Slot, SlotOutcome

LENGTHS = (15, 30, 45, 60, 75, 90, 105, 120, 150, 180, 240, 300)
REF = re.compile(r"[A-Za-z]-?[0-9]{1,4}(?:-[0-9])?")
LONGEST_NAME = 120


def length_choice(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return " ".join(filter(None, [f"{hours} h" if hours else "", f"{rest} min" if rest else ""]))


class SlotForm(forms.Form):
    kind = forms.ChoiceField(label="What is it?", error_messages={"required": "Select what it is"})
    title = forms.CharField(
        label="What should it be called?",
        help_text="Only where the name of its kind does not say enough",
        required=False,
        max_length=120,
    )
    day = forms.ChoiceField(label="Day", error_messages={"required": "Select a day"})
    begins = TimeTextField(label="Begins at")
    minutes = forms.TypedChoiceField(
        label="How long?",
        coerce=int,
        choices=[(minutes, length_choice(minutes)) for minutes in LENGTHS],
        error_messages={"required": "Select how long it lasts"},
    )
    people = forms.TypedMultipleChoiceField(
        label="Who of the team takes part?", coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    met = forms.CharField(
        label="Whom do you meet?",
        help_text="One name on each line: case managers, victim workers, partners. No child and no victim",
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    cases = forms.CharField(
        label="Which cases is it about?", help_text="Such as C-04, or V-01 V-02 V-03", required=False, max_length=300
    )
    remote = forms.BooleanField(label="It is held on Teams", required=False)
    link = forms.URLField(
        label="Teams link",
        required=False,
        max_length=1_000,
        assume_scheme="https",
        error_messages={"invalid": "Enter the whole link, like https://teams.microsoft.com/…"},
    )
    place = forms.CharField(label="Room", required=False, max_length=80)
    building = forms.CharField(label="Building", required=False, max_length=80)
    preparation = forms.CharField(
        label="What should people prepare?",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, work: Fieldwork, team: Iterable[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.work = work
        self.choose("kind", [("", ""), *((kind.code, kind.title) for kind in work.kinds.values())])
        days = [hours.begins.date() for hours in work.days]
        self.choose("day", [("", ""), *((day.isoformat(), day_words(day)) for day in days)])
        self.choose(
            "people", [(place.person_id, f"{place.person.name}, {place.get_role_display().lower()}") for place in team]
        )
        self.helper = FormHelper()
        self.helper.layout = Layout(*self.fields, Submit("save", "Save this slot"))

    def choose(self, name: str, choices: list[tuple[Any, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # a field of choices

    def clean_met(self) -> tuple[str, ...]:
        names = [" ".join(line.split()) for line in self.cleaned_data["met"].splitlines()]
        if too_long := [name for name in names if len(name) > LONGEST_NAME]:
            raise forms.ValidationError(f"“{too_long[0][:30]}…” is longer than {LONGEST_NAME} characters")
        return tuple(dict.fromkeys(filter(None, names)))

    def clean_cases(self) -> tuple[str, ...]:
        typed = self.cleaned_data["cases"].upper()
        known = {ref.replace("-", ""): ref for ref in self.work.cases}
        found = [word.replace("-", "") for word in REF.findall(typed)]
        if rest := re.sub(r"[\s,;]|AND", "", REF.sub("", typed)):
            raise forms.ValidationError(f"Write the references of the cases only, like C-04. “{rest[:20]}” is none")
        if strangers := [word for word in found if word not in known]:
            raise forms.ValidationError(f"The sample has no case {strangers[0]}")
        return tuple(dict.fromkeys(known[word] for word in found))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("link") and not data.get("remote"):
            self.add_error("link", "Say that it is held on Teams, or take the link away")
        if data.get("building") and not data.get("place"):
            self.add_error("place", "Enter the room in this building")
        return data

    def wanted(self) -> Wanted:
        data = self.cleaned_data
        begins = at(datetime.fromisoformat(data["day"]).date(), data["begins"])
        same = {name: data[name] for name in ("kind", "met", "cases", "remote", "link", "preparation")}
        return Wanted(
            title=data["title"] or self.work.kinds[data["kind"]].title,
            begins=begins,
            ends=begins + timedelta(minutes=data["minutes"]),
            people=tuple(data["people"]),
            place=data["place"].strip(),
            building=data["building"].strip(),
            **same,
        )


def initial_of(slot: Slot, booked: Booked, work: Fieldwork) -> dict[str, Any]:
    """What stands in the form when a slot is changed."""
    usual = work.kinds[slot.kind].title if slot.kind in work.kinds else ""
    return {
        "kind": slot.kind,
        "title": "" if slot.title == usual else slot.title,
        "day": booked.begins.date().isoformat(),
        "begins": clock_words(booked.begins).replace("12 noon", "12pm"),
        "minutes": booked.minutes,
        "people": list(booked.people),
        "met": "\n".join(booked.met),
        "cases": ", ".join(booked.cases),
        "remote": slot.remote,
        "link": slot.link,
        "place": booked.place,
        "building": booked.building,
        "preparation": slot.preparation,
        "version": slot.version,
    }


class CancelForm(forms.Form):
    reason = forms.CharField(
        label="Why is it cancelled?",
        max_length=300,
        error_messages={
            "required": "Say why it is cancelled",
            "max_length": "The reason must be 300 characters or fewer",
        },
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout("reason", "version", Submit("cancel", "Cancel this slot"))


class OutcomeForm(forms.Form):
    outcome = forms.ChoiceField(
        label="What became of it?",
        choices=SlotOutcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select what became of it"},
    )
    note = forms.CharField(
        label="What happens next?", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout("outcome", "note", "version", Submit("record", "Record this"))


class SendTimetableForm(forms.Form):
    """A box for each point to look at, `reason-0` and on, in the order in which the page shows them."""

    def __init__(self, *args: Any, points: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.points = list(points)
        for number, sentence in enumerate(self.points):
            self.fields[f"reason-{number}"] = forms.CharField(
                label=sentence,
                help_text="Why does it stay as it is?",
                max_length=300,
                error_messages={
                    "required": f"Say why this stays as it is: {sentence}",
                    "max_length": "The reason must be 300 characters or fewer",
                },
            )
        self.helper = FormHelper()
        self.helper.layout = Layout(*self.fields, Submit("send", "Send timetable"))

    def reasons(self) -> Mapping[str, str]:
        return {sentence: self.cleaned_data[f"reason-{number}"] for number, sentence in enumerate(self.points)}


class AskForChangeForm(forms.Form):
    reason = words_field("Why does it not suit?", "Say why it does not suit", length=500, rows=3)
    times = words_field(
        "Which other times would suit?",
        "Say which other times would suit",
        length=300,
        rows=3,
        help_text="More than one, if you can.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout("reason", "times", Submit("ask", "Ask for a change"))


class AnswerRequestForm(forms.Form):
    answer = forms.ChoiceField(
        label="What is your answer?",
        choices=RequestAnswer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select your answer", "invalid_choice": "Select your answer"},
    )
    why = words_field(
        "What should the service know?",
        length=500,
        rows=3,
        required=False,
        help_text="The service reads this. Needed where it is not possible.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout("answer", "why", Submit("answer-it", "Answer the service"))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("answer") == RequestAnswer.NOT_POSSIBLE and not data.get("why"):
            self.add_error("why", "Say why it is not possible")
        return data
