"""Forms of the rating meeting. They check what was typed; the actions decide."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.conf import settings
from django.core import signing

from accounts import clock
from cases.queries.findings import Stated
from inspections.fields import DateTextField, written
from ratings.models import Meeting
from ratings.queries.discretion import Discretion
from ratings.queries.figures import Figures
from ratings.queries.meetings import AgendaItem
from ratings.queries.what_if import case_choices, question_choices
from ratings.rules.meeting import ANSWER, CHOICE, Item, pair_words
from ratings.rules.quorum import Member
from ratings.rules.what_if import LIMIT, SEPARATOR, VALUES, kinds_of
from standards.schema import Standards

Data = Mapping[str, Any] | None
PAGE_STATE = "ratings.sign-off"
REASON_LIMIT = 4000
MISSING = ("required", "invalid_choice")


def helper(*fields: str, button: str, name: str = "form") -> FormHelper:
    """`name` tells the forms of one page apart."""
    found = FormHelper()
    found.layout = Layout(*fields, Submit("save", button, css_id=f"{name}-save"))
    return found


class ReasonField(forms.CharField):
    """`missing` is the sentence for an empty one; without it, whoever uses the field says what is missing."""

    widget = forms.Textarea(attrs={"rows": 5})

    def __init__(self, *, label: str, missing: str = "") -> None:
        too_long = f"The reason must be {REASON_LIMIT:,} characters or fewer. You have %(show_value)d"
        messages = {"required": missing, "max_length": too_long}
        super().__init__(label=label, required=bool(missing), max_length=REASON_LIMIT, error_messages=messages)


class DecisionForm(forms.Form):
    """One item of the agenda: its open options, none of them chosen before, and a reason."""

    item = forms.CharField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    value = forms.ChoiceField(widget=forms.RadioSelect)
    reason = ReasonField(label="Reason")
    findings = forms.TypedMultipleChoiceField(
        label="Which agreed findings does it rest on?",
        coerce=int,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"}),
        error_messages={
            "required": "Select the findings that this decision rests on",
            "invalid_choice": "A finding that you chose is no longer agreed. Choose again",
        },
    )
    dissent = ReasonField(label="Who disagreed, and why?")

    def __init__(self, data: Data = None, *, agenda_item: AgendaItem, findings: Sequence[Stated] = ()) -> None:
        self.agenda_item = agenda_item
        found = agenda_item.item
        initial = {"item": found.code, "seen": agenda_item.seen}
        name = found.code.replace(".", "-")
        super().__init__(data, initial=initial, auto_id=f"{name}-%s")
        value: Any = self.fields["value"]
        value.choices, value.label = found.options, LEGENDS[found.kind].format(found.label)
        value.error_messages = {"required": select_words(found), "invalid_choice": outside_words(found)}
        self.fields["reason"].help_text = f"At least {settings.PANEL_REASON_WORDS} words."
        self.fields["dissent"].help_text = "Leave this empty if nobody did."
        self.choose_findings(findings)
        self.helper = helper(*self.fields, button="Record this decision", name=name)

    def choose_findings(self, findings: Sequence[Stated]) -> None:
        """Without any that is agreed there is nothing to choose."""
        if findings:
            chosen: Any = self.fields["findings"]
            chosen.choices = [(each.finding.number, f"{each.finding}: {each.said.statement}") for each in findings]
        else:
            del self.fields["findings"]

    def clean_seen(self) -> int:
        return self.cleaned_data["seen"] or 0

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "reason" in data and (problem := self.reason_problem(len(data["reason"].split()), data.get("value", ""))):
            self.add_error("reason", problem)
        return data

    def reason_problem(self, words: int, value: str) -> str | None:
        sentence, least = why_words(self.agenda_item.item, value), settings.PANEL_REASON_WORDS
        if not words:
            return sentence
        so_far = "1 word" if words == 1 else f"{words} words"
        return f"{sentence} in at least {least} words. You have {so_far}" if words < least else None


LEGENDS = {
    ANSWER: "{}: yes or no?",
    CHOICE: "Which rating does the panel choose for {}?",
    "panel": "Which rating does the panel give {}?",
}


def select_words(item: Item) -> str:
    labels = [label for _, label in item.options]
    return f"Select {', '.join(labels[:-1])} or {labels[-1]} for {item.code}" if labels else outside_words(item)


def outside_words(item: Item) -> str:
    return pair_words(item) if item.kind == CHOICE else select_words(item)


def why_words(item: Item, value: str) -> str:
    """Names what was chosen and what was not, as far as that is known."""
    labels = dict(item.options)
    if value not in labels:
        return f"Say why the panel decided this about {item.code}"
    if item.kind == CHOICE:
        others = [label for option, label in item.options if option != value]
        return f"Say why the panel chose {labels[value]} rather than {' or '.join(others)}"
    verb = f"answered {labels[value]} to" if item.kind == ANSWER else f"rated {labels[value]} for"
    return f"Say why the panel {verb} {item.code}"


class UnfreezeForm(forms.Form):
    reason = ReasonField(
        label="Why are the decisions taken up again?", missing="Say why the decisions are taken up again"
    )

    def __init__(self, data: Data = None) -> None:
        super().__init__(data)
        self.helper = helper("reason", button="Take up the decisions again")


class GiveBackForm(forms.Form):
    reason = ReasonField(label="Why do you not sign this record?", missing="Say why you do not sign this record")

    def __init__(self, data: Data = None) -> None:
        super().__init__(data)
        self.helper = helper("reason", button="Return this record")


class StateForm(forms.Form):
    """Carries the state of the page that was read, signed by the server, so that a change since then is noticed."""

    state = forms.CharField(widget=forms.HiddenInput)
    salt = PAGE_STATE
    then = "sign"

    def __init__(self, data: Data = None, *, state: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial={"state": signing.dumps(state, salt=self.salt, compress=True)})

    def clean_state(self) -> Any:
        try:
            return signing.loads(self.cleaned_data["state"], salt=self.salt)
        except signing.BadSignature:
            raise forms.ValidationError(f"Open this page again, read it, then {self.then}") from None


class ReopenForm(StateForm):
    """Once the service has been told, it takes more: a longer reason, and a statement."""

    reason = ReasonField(label="Why are the ratings opened again?")
    statement = forms.BooleanField(
        label="The service was told these ratings. I know that it has to be told of the correction",
        error_messages={"required": "Confirm that the service has to be told of the correction"},
    )
    salt = "ratings.reopen"
    then = "decide"

    def __init__(self, data: Data = None, *, was_told: bool, state: dict[str, Any] | None = None) -> None:
        super().__init__(data, state=state)
        self.least = settings.CORRECTION_REASON_WORDS if was_told else settings.PANEL_REASON_WORDS
        words = f"At least {self.least} words. It is kept with the ratings. The service does not see it."
        self.fields["reason"].help_text = words
        names = ["state", "reason", "statement"] if was_told else ["state", "reason"]
        if not was_told:
            del self.fields["statement"]
        self.helper = helper(*names, button="Open the ratings again")

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"]
        words = len(reason.split())
        if not words:
            raise forms.ValidationError("Say why the ratings are opened again")
        if words < self.least:
            so_far = "1 word" if words == 1 else f"{words} words"
            raise forms.ValidationError(
                f"Say why the ratings are opened again in at least {self.least} words. You have {so_far}"
            )
        return reason


class SignForm(StateForm):
    statement = forms.BooleanField(
        label="I have read this record, and it is what the meeting decided",
        error_messages={"required": "Confirm that you have read this record"},
    )
    name = forms.CharField(
        label="Your name, as your signature",
        widget=forms.TextInput(attrs={"autocomplete": "name", "class": "govuk-input--width-20"}),
        error_messages={"required": "Type your name"},
    )

    def __init__(self, data: Data = None, *, signer: str, state: dict[str, Any] | None = None) -> None:
        super().__init__(data, state=state)
        self.signer = signer
        self.helper = helper("state", "statement", "name", button="Sign off")

    def clean_name(self) -> str:
        typed = " ".join(self.cleaned_data["name"].split())
        if typed.casefold() != self.signer.casefold():
            raise forms.ValidationError(f"Type your name as it is here: {self.signer}")
        return typed


class TellForm(forms.Form):
    told_on = DateTextField(
        label="When was the service told?", error_messages={"required": "Enter the day on which the service was told"}
    )
    told_how = forms.CharField(
        label="How was the service told?",
        help_text="For example, in a call with the head of service and the chair of the board.",
        max_length=300,
        error_messages={
            "required": "Say how the service was told",
            "max_length": "How the service was told must be %(limit_value)d characters or fewer",
        },
    )

    def __init__(self, data: Data = None, *, meeting: Meeting) -> None:
        super().__init__(data)
        self.signed_on = cast(datetime, meeting.signed_at).astimezone(clock.LONDON).date()
        self.helper = helper("told_on", "told_how", button="Tell the service")

    def clean_told_on(self) -> date:
        day: date = self.cleaned_data["told_on"]
        if day > clock.today():
            raise forms.ValidationError("The day on which the service was told cannot be in the future")
        if day < self.signed_on:
            raise forms.ValidationError(
                f"The ratings were signed off on {written(self.signed_on)}. Enter that day or a later one"
            )
        return day


class TryForm(forms.Form):
    """One answer that is tried. `word` is how it stands in the address of the page."""

    question = forms.ChoiceField(label="Key question", error_messages=dict.fromkeys(MISSING, "Select a key question"))
    case = forms.ChoiceField(label="Case", error_messages=dict.fromkeys(MISSING, "Select a case"))
    answer = forms.ChoiceField(
        label="Answer to try",
        choices=VALUES.items(),
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(MISSING, "Select the answer to try"),
    )

    def __init__(self, data: Data = None, *, figures: Figures, tried: int, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        self.figures, self.tried = figures, tried
        for name, choices in (("question", question_choices(figures)), ("case", case_choices(figures))):
            cast(forms.ChoiceField, self.fields[name]).choices = [("", ""), *choices]
        self.helper = helper("question", "case", "answer", button="Try this answer", name="try")
        self.helper.form_tag = False

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if {"question", "case"} <= data.keys() and (problem := self.mismatch(data["question"], data["case"])):
            self.add_error("case", problem)
        if self.tried >= LIMIT:
            self.add_error(None, f"Up to {LIMIT} answers can be tried at once. Take one back first")
        return data

    def mismatch(self, question: str, case: str) -> str | None:
        standards, evidence = self.figures.inspection.standards, self.figures.evidence
        kind = kinds_of(standards, evidence)[question]
        if any(found.case == case for found in evidence.sampled(kind)):
            return None
        plural = next(found.plural for found in standards.case_kinds if found.code == kind)
        return f"{question} is not asked about {case}. Select one of the {plural}"

    @property
    def word(self) -> str:
        return SEPARATOR.join(self.cleaned_data[name] for name in ("question", "case", "answer"))


class MembersForm(forms.Form):
    """Who is at the meeting, and for each item who leaves the room for it."""

    present = forms.TypedMultipleChoiceField(
        label="Who is here?", coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Data = None, *, members: Sequence[Member], items: Sequence[Item]) -> None:
        super().__init__(data)
        self.members, self.items = [member for member in members if not member.interest], items
        people = [(str(member.person), f"{member.name}, {member.role.lower()}") for member in self.members]
        present: Any = self.fields["present"]
        present.choices, present.initial = people, [member.person for member in self.members if member.present]
        for number, item in enumerate(items):
            self.fields[f"leaving-{number}"] = forms.TypedMultipleChoiceField(
                label=f"Who leaves the room for {item.label}?",
                coerce=int,
                required=False,
                choices=people,
                initial=[member.person for member in self.members if item.code in member.leaves_for],
                widget=forms.CheckboxSelectMultiple,
            )
        self.helper = helper(*self.fields, button="Save who is here")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        present = data.get("present", [])
        for number, item in enumerate(self.items):
            gone = {*data.get(f"leaving-{number}", [])} - {*present}
            for name in (member.name for member in self.members if member.person in gone):
                problem = f"{name} cannot leave for {item.code} without being here. Tick that they are here first"
                self.add_error(f"leaving-{number}", problem)
        return data

    @property
    def leaving(self) -> dict[str, list[int]]:
        return {item.code: self.cleaned_data[f"leaving-{number}"] for number, item in enumerate(self.items)}


class OverrideForm(forms.Form):
    rule = forms.ChoiceField(
        label="Which rule does the panel depart from?",
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Select a rule that the panel departs from now"),
    )
    reason = ReasonField(label="Why?", missing="Say why the panel departs from this rule")

    def __init__(self, data: Data = None, *, rules: Sequence[str]) -> None:
        super().__init__(data, auto_id="override-%s")
        chosen: Any = self.fields["rule"]
        chosen.choices = [("", "Choose a rule"), *((rule, rule) for rule in rules)]
        self.helper = helper("rule", "reason", button="Record the reason", name="override")


class WishForm(forms.Form):
    standard = forms.ChoiceField(
        label="About which standard?",
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Select the standard that it is about"),
    )
    wanted = forms.ChoiceField(
        label="Which rating was wished for?",
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Select the rating that was wished for"),
    )
    reason = ReasonField(label="Who wished it, and why?", missing="Say who wished it, and why")

    def __init__(self, data: Data = None, *, found: Discretion, standards: Standards) -> None:
        super().__init__(data, auto_id="wish-%s")
        fields: dict[str, Any] = self.fields
        named = [(standard.code, f"{standard.code} {standard.title}") for standard in found.by_arithmetic]
        fields["standard"].choices = [("", "Choose a standard"), *named]
        fields["wanted"].choices = [("", "Choose a rating"), *((each.code, each.label) for each in standards.ratings)]
        self.helper = helper("standard", "wanted", "reason", button="Record this wish", name="wish")
