"""The sample is drawn, changed, grouped and shared out."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms

from cases.queries.allocation import Shares
from cases.queries.draws import Choice
from cases.rules.sampling import Group
from cases.rules.tables import MOST_ROWS
from cases.rules.targets import Target, problem
from cases.rules.words import WORDS

NO_NAMES = "Do not name a child or a victim"
TICKED, SHARE, POOL = "ticked", "share", "pool"
WHICH, TO_WHOM = "Select which cases to move", "Select to whom they go"


def reason_field(label: str, missing: str, *, required: bool = True, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=300,
        required=required,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": missing, "max_length": "The reason must be 300 characters or fewer"},
    )


class ChooseForm(forms.Form):
    size = forms.CharField(
        label="How many cases?",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
        error_messages={"required": "Enter how many cases to draw"},
    )
    groups = forms.MultipleChoiceField(
        label="Which groups should the sample have in the same shares as the caseload?",
        help_text="Every combination of the groups that you choose is within one case of its share",
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"}),
        error_messages={"invalid_choice": "Choose groups from the list"},
    )

    def __init__(self, *args: Any, choice: Choice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit, again = choice.limit, bool(choice.draws) and not self.sets_targets
        self.fields["size"].help_text = f"Between {limit.minimum} and {limit.maximum} {choice.kind.plural}"
        self.fields["groups"].choices = list(choice.groups.items())  # type: ignore[attr-defined]
        if choice.demanded:
            always = f"Always in groups, because the standards say so: {', '.join(choice.demanded)}"
            self.fields["groups"].help_text = f"{self.fields['groups'].help_text}. {always}"
        first = [*self.fields, Submit("targets", "Set a target for each group", css_class="govuk-button--secondary")]
        again_fields = []
        if again:
            self.fields["reason"] = redraw_reason()
            again_fields = ["reason"]
        self.helper = FormHelper()
        self.helper.layout = Layout(
            *first, *again_fields, Submit("draw", "Draw again" if choice.draws else "Draw the sample")
        )

    @property
    def sets_targets(self) -> bool:
        """Whether it asks for the page of targets; why the sample is drawn again is asked there."""
        return "draw" not in self.data and "targets" in self.data

    def clean_size(self) -> int:
        size: str = self.cleaned_data["size"]
        if not re.fullmatch("[0-9]+", size):
            raise forms.ValidationError("Enter how many cases to draw as a number, such as 31")
        if len(size) > len(str(MOST_ROWS)) or int(size) > MOST_ROWS:
            raise forms.ValidationError(f"Enter a number of cases up to {MOST_ROWS:,}")
        return int(size)


def redraw_reason() -> forms.CharField:
    return reason_field("Why are you drawing again?", "Say why you are drawing again", help_text=NO_NAMES)


class CountField(forms.Field):
    """A whole number of up to five digits."""

    def to_python(self, value: Any) -> int:
        typed = str(value or "").strip()
        if not re.fullmatch("[0-9]{1,5}", typed):
            raise forms.ValidationError(self.error_messages["invalid"], "invalid")
        return int(typed)


class TargetsForm(forms.Form):
    """The page draws the boxes itself, one in each row of a table."""

    def __init__(self, *args: Any, usual: Sequence[Target], again: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.usual = usual
        for number, target in enumerate(usual):
            wrong = {"invalid": problem(replace(target, wanted=None))}
            self.fields[f"target-{number}"] = CountField(
                initial=target.usual, label=f"Cases of {target.words}", error_messages=wrong
            )
        if again:
            self.fields["reason"] = redraw_reason()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for number, target in enumerate(self.usual):
            typed = data.get(f"target-{number}")
            if typed is not None and (wrong := problem(replace(target, wanted=typed))):
                self.add_error(f"target-{number}", wrong)
        return data

    @property
    def rows(self) -> list[tuple[Target, forms.BoundField]]:
        return [(target, self[f"target-{number}"]) for number, target in enumerate(self.usual)]

    @property
    def total(self) -> int:
        """Of what stands in the boxes, as far as it is numbers."""
        values = [str(box.value() or "") for _, box in self.rows]
        return sum(int(value) for value in values if re.fullmatch("[0-9]{1,5}", value))

    def wanted(self) -> dict[Group, int]:
        """Once the form is clean."""
        return {target.group: self.cleaned_data[box.name] for target, box in self.rows}


class ReplaceForm(forms.Form):
    reason = reason_field("Why should this case not be inspected?", "Say why this case is replaced", help_text=NO_NAMES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout("reason", Submit("replace", "Replace this case"))


def settled_reason(label: str) -> forms.CharField:
    """Asked always, needed once the sample is locked or fieldwork is a week away."""
    return reason_field(
        label, "", required=False, help_text=f"Only needed for a change of a settled sample. {NO_NAMES}"
    )


class DiscussionsForm(forms.Form):
    """The page draws the boxes itself, one in each row of a table."""

    reason = settled_reason("Why do the cases for discussion change?")
    number_reason = reason_field(
        "If there are fewer or more than two, why?", "", required=False, help_text=f"Only needed then. {NO_NAMES}"
    )
    cases = forms.MultipleChoiceField(label="Cases", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, refs: Iterable[str], number: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number_reason"].label = f"If there are fewer or more than {WORDS.get(number, number)}, why?"
        self.fields["cases"].choices = [(ref, ref) for ref in refs]  # type: ignore[attr-defined]
        self.fields["cases"].error_messages["invalid_choice"] = (
            "The sample has no %(value)s any more. Open this page again"
        )


class NumberedForm(forms.Form):
    """A box called `prefix-C-01` for each case, which the page draws in a table: a number or nothing in each."""

    box = ""
    number = ""
    not_a_number = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.data:
            if name.startswith(f"{self.box}-"):
                wrong = {"invalid": self.not_a_number}
                self.fields[name] = forms.RegexField(self.number, required=False, error_messages=wrong)

    def typed(self) -> dict[str, str]:
        """By case reference, as it came."""
        return {ref: self.data[name].strip() for ref, name in self._names()}

    def numbers(self) -> dict[str, int | None]:
        """By case reference, once the form is clean."""
        values = {ref: self.cleaned_data[name] for ref, name in self._names()}
        return {ref: int(value) if value else None for ref, value in values.items()}

    def wrong(self) -> dict[str, str]:
        """What is wrong with a box, by case reference."""
        return {ref: str(self.errors[name][0]) for ref, name in self._names() if name in self.errors}

    def _names(self) -> list[tuple[str, str]]:
        start = f"{self.box}-"
        return [(name.removeprefix(start), name) for name in self.fields if name.startswith(start)]


class ReadersForm(NumberedForm):
    box = "reader"
    number = r"^[0-9]{1,18}$"
    not_a_number = "Choose readers from the lists"
    reason = reason_field(
        "Why should a case that has been begun go to another reader?",
        "",
        required=False,
        help_text="Only needed for cases that somebody has begun to read",
    )


class GroupsForm(NumberedForm):
    box = "group"
    number = r"^[1-9][0-9]?$"
    not_a_number = "Enter the number of an interview, or leave it blank"
    reason = settled_reason("Why do the interviews change?")


class MoveForm(forms.Form):
    """Moves several cases at once. The boxes that are ticked stand in the rows of the table of cases."""

    ticked = forms.MultipleChoiceField(label="Cases", required=False, widget=forms.MultipleHiddenInput)
    which = forms.ChoiceField(label="Which cases", error_messages=dict.fromkeys(["required", "invalid_choice"], WHICH))
    to = forms.ChoiceField(label="To whom", error_messages=dict.fromkeys(["required", "invalid_choice"], TO_WHOM))
    reason = reason_field(
        "Why should they go to another reader?",
        "",
        required=False,
        help_text=f"Only needed for cases that somebody has begun to read. {NO_NAMES}",
    )

    def __init__(self, *args: Any, page: Shares, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "id_move_%s", **kwargs})
        self.unread = page.unread
        self.readers = {item.case.ref: item.case.reader_id for item, _ in page.rows}
        ticked = cast(forms.MultipleChoiceField, self.fields["ticked"])
        ticked.choices = [(ref, ref) for ref in self.readers]
        ticked.error_messages["invalid_choice"] = "The sample has no %(value)s any more. Open this page again"
        of_whom = [
            (str(person), f"All unread cases of {name} ({len(refs)})") for person, (name, refs) in self.unread.items()
        ]
        cast(forms.ChoiceField, self.fields["which"]).choices = [("", ""), (TICKED, "The ticked cases"), *of_whom]
        people = [(str(member.person), member.name) for member in page.may_read]
        ends = [(SHARE, "Share them out"), (POOL, "Nobody: take them back")]
        cast(forms.ChoiceField, self.fields["to"]).choices = [("", ""), *ends, *people]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("which") == TICKED and not data.get("ticked") and "ticked" not in self.errors:
            self.add_error("which", "Tick the cases to move, or choose all unread cases of a reader")
        return data

    def refs(self) -> list[str]:
        """Once the form is clean."""
        which = self.cleaned_data["which"]
        return list(self.cleaned_data["ticked"]) if which == TICKED else list(self.unread[int(which)][1])

    def whose(self) -> set[int]:
        """Whose cases all go: nobody shares them out to the same person."""
        which = self.cleaned_data["which"]
        return set() if which == TICKED else {int(which)}
