"""What people fill in about inspections, their teams and their timelines."""

from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet

from accounts import clock
from accounts.models import User
from documents.rules.kinds import EVIDENCE, choose, kind_of, label_of, size_problem
from documents.rules.refused import EMPTY, FileRefused
from inspections.fields import DateTextField
from inspections.holidays import bank_holidays
from inspections.models import InterestKind, Nation, Service, Stage, TeamRole, Why
from inspections.queries.inspections import Filters, services
from inspections.queries.team import people_for_teams
from inspections.rules import fieldwork_start_problem
from standards import loader
from standards.schema import Standards

SELECT_SERVICE = {"required": "Select a service", "invalid_choice": "Select a service from the list"}


def helper(button: str, *fields: Any) -> FormHelper:
    made = FormHelper()
    made.layout = Layout(*fields, Submit("save", button))
    return made


def choose_from(form: forms.Form, name: str, rows: QuerySet[Any]) -> None:
    cast(forms.ModelChoiceField, form.fields[name]).queryset = rows


class ServiceChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Service) -> str:
        return f"{obj.name} ({obj.get_nation_display()})"


class PersonChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: User) -> str:
        return f"{obj.name} ({obj.get_role_display().lower()})"


def type_choices() -> list[tuple[str, str]]:
    """Of all standards; whether the chosen standards have the type is checked with both."""
    every = (kind for standards in in_use() for kind in standards.inspection_types.values())
    return list({kind.code: (kind.code, kind.name) for kind in every}.values())


def standards_choices() -> list[tuple[str, str]]:
    return [(standards.key, standards.title) for standards in in_use()]


def in_use() -> list[Standards]:
    """Those under which an inspection can start, the newest first."""
    return [standards for standards in reversed(loader.usable()) if not standards.closed]


class InspectionForm(forms.Form):
    service = ServiceChoice(queryset=None, label="Service", empty_label="", error_messages=SELECT_SERVICE)
    nation = forms.ChoiceField(
        label="Nation",
        help_text="The one that the service is in. It decides when the report is published.",
        choices=Nation.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select England or Wales"},
    )
    inspection_type = forms.ChoiceField(
        label="Type of inspection",
        choices=type_choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select the type of inspection"},
    )
    standards = forms.ChoiceField(
        label="Standards",
        choices=standards_choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select the standards to inspect against"},
    )
    fieldwork_start = DateTextField(
        label="First Monday of fieldwork", help_text="All other dates follow from it. For example, 7 June 2027"
    )
    lead = PersonChoice(
        queryset=None,
        label="Lead inspector",
        empty_label="",
        error_messages={"required": "Select the lead inspector", "invalid_choice": "Select a person from the list"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "service", services())
        choose_from(self, "lead", people_for_teams(clock.today(), TeamRole.LEAD))
        self.helper = helper("Create the inspection", *self.fields)

    def clean_fieldwork_start(self) -> date:
        day: date = self.cleaned_data["fieldwork_start"]
        if problem := fieldwork_start_problem(day, clock.today(), bank_holidays()):
            raise forms.ValidationError(problem)
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        service, standards = data.get("service"), data.get("standards")
        if service and data.get("nation") and service.nation != data["nation"]:
            right = service.get_nation_display()
            self.add_error("nation", f"{service.name} is in {right}. Select {right}")
        if standards and data.get("inspection_type"):
            data["standards"] = loader.load(standards)
            if data["inspection_type"] not in data["standards"].inspection_types:
                self.add_error("inspection_type", f"{data['standards'].title} has no inspection of this type")
        return data


class InspectionFilterForm(forms.Form):
    """All of it is optional, and what cannot be read filters nothing."""

    service = forms.CharField(label="Service", required=False, max_length=120)
    stage = forms.ChoiceField(label="Stage", required=False, choices=[("", "All"), *Stage.choices])
    nation = forms.ChoiceField(label="Nation", required=False, choices=[("", "All"), *Nation.choices])
    inspection_type = forms.ChoiceField(label="Type", required=False, choices=lambda: [("", "All"), *type_choices()])

    def filters(self) -> Filters:
        self.is_valid()
        return Filters(**{name: self.cleaned_data.get(name, "") for name in self.fields})

    def none_found(self) -> str:
        """What an empty list says: the filter that it comes from, or nothing where none was set."""
        chosen = [self.words(name, value) for name, value in vars(self.filters()).items() if value]
        return f"0 inspections for {', '.join(chosen)}." if chosen else ""

    def words(self, name: str, value: str) -> str:
        return dict(getattr(self.fields[name], "choices", ())).get(value, f"“{value}”")


class LogFilterForm(forms.Form):
    def __init__(self, *args: Any, people: Iterable[User], verbs: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [("", "Everybody"), *((str(person.pk), person.name) for person in people)]
        self.fields["person"] = forms.ChoiceField(label="Who", required=False, choices=names)
        words = [("", "Everything"), *((verb, verb.capitalize()) for verb in verbs)]
        self.fields["verb"] = forms.ChoiceField(label="What", required=False, choices=words)

    def chosen(self) -> dict[str, str]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class MemberForm(forms.Form):
    person = PersonChoice(
        queryset=None,
        label="Person",
        empty_label="",
        error_messages={"required": "Select a person", "invalid_choice": "Select a person from the list"},
    )
    role = forms.ChoiceField(
        label="Role on the team",
        choices=[("", ""), *TeamRole.choices],
        error_messages={"required": "Select their role on the team"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "person", people_for_teams(clock.today()))
        self.helper = helper("Add to the team", "person", "role")


class InterestForm(forms.Form):
    service = ServiceChoice(queryset=None, label="Service", empty_label="", error_messages=SELECT_SERVICE)
    kind = forms.ChoiceField(
        label="What kind of interest is it?",
        help_text="Nobody asks for more than this.",
        choices=InterestKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select what kind of interest it is"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "service", services())
        self.helper = helper("Declare this interest", "service", "kind")


class StepForm(forms.Form):
    day = DateTextField(label="When did it happen?")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("Record this step", "day")


class DateChangeForm(forms.Form):
    """`moves` are the steps ticked to move along, `shown` what the page showed: the steps with their new dates."""

    day = DateTextField(label="New date")
    why = forms.ChoiceField(
        label="Why does the date change?",
        choices=Why.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say why the date has changed"},
    )
    reason = forms.CharField(
        label="What should people know about it?",
        help_text="Kept with the date and in the log. The service does not see it.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Say in a few words what has happened",
            "max_length": "The reason must be 500 characters or fewer",
        },
    )
    discussed_on = DateTextField(
        label="When was it discussed with the service?",
        help_text="Needed where the publication date changes. For example, 3 March 2027",
        required=False,
    )
    moves = forms.Field(required=False, widget=forms.MultipleHiddenInput)
    shown = forms.CharField(required=False, max_length=2_000, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout("day", "why", "reason", "discussed_on")

    def clean_discussed_on(self) -> date | None:
        day: date | None = self.cleaned_data["discussed_on"]
        if day and day > clock.today():
            raise forms.ValidationError("Enter a day that has come: it is the day on which it was discussed")
        return day

    def dates_shown(self) -> dict[str, str]:
        """The new date of each step that the page showed, by its code; empty the first time."""
        pairs = (pair.partition(":") for pair in self.cleaned_data["shown"].split(",") if pair)
        return {code: day for code, _, day in pairs}

    def kept(self) -> set[str]:
        return set(self.dates_shown()) - set(self.cleaned_data["moves"] or ())


def words_field(label: str, missing: str, longest: int, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": missing, "max_length": f"This must be {longest:,} characters or fewer"},
    )


class ItemsForm(forms.Form):
    """The items of the standards that were not asked for yet, each with the day on which it would be due."""

    items = forms.MultipleChoiceField(
        label="What every service is asked for",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choose at least one item",
            "invalid_choice": "The items have changed. Choose again",
        },
    )

    def __init__(self, data: Any, *, choices: list[tuple[str, str]]) -> None:
        super().__init__(data, initial={"items": [code for code, _ in choices]})
        self.fields["items"].choices = choices  # type: ignore[attr-defined]
        self.helper = helper("Ask for these", "items")


class RequestForm(forms.Form):
    title = forms.CharField(
        label="What do you ask for?",
        max_length=120,
        error_messages={
            "required": "Say in a few words what you ask for",
            "max_length": "This must be 120 characters or fewer",
        },
    )
    text = words_field(
        "What should the service know about it? (optional)", "", 2_000, "Do not use names of children or victims."
    )
    due_on = DateTextField(label="By which day?")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].required = False
        self.helper = helper("Ask for this", "title", "text", "due_on")


class ReturnForm(forms.Form):
    reason = words_field(
        "What is missing?",
        "Say what is missing, so that the service can put it right",
        2_000,
        "The service reads this. Do not use names of children or victims.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=32_767)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("Return it to the service", "reason", "version")


class ExtendForm(forms.Form):
    due_on = DateTextField(label="New day")
    reason = words_field("Why does the service get more time?", "Say why the date has changed", 500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("Give more time", "due_on", "reason")


class NotHeldForm(forms.Form):
    reason = words_field(
        "Why do you not hold it?",
        "Say why you do not hold it",
        2_000,
        "The inspection team reads this. Do not use names of children or victims.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("We do not hold this", "reason")


class EvidenceForm(forms.Form):
    """Once it is clean, `content` is the file and `label` its name as it is shown."""

    file = forms.FileField(
        label="Upload a file",
        help_text=f"{choose(EVIDENCE).replace('Choose a ', 'A ', 1)}, up to {EVIDENCE.whole // 1024**2}MB",
        widget=forms.FileInput(attrs={"accept": ",".join(kind.ending for kind in EVIDENCE.kinds)}),
        error_messages={"required": "Choose a file", "invalid": "Choose a file", "empty": EMPTY},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.content, self.label = b"", ""
        self.helper = FormHelper()
        self.helper.layout = Layout("file", Submit("upload", "Upload", css_class="govuk-button--secondary"))

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if problem := size_problem(file.size or 0, EVIDENCE):
            raise forms.ValidationError(problem)
        self.content, self.label = file.read(), label_of(str(file.name))
        try:
            kind_of(self.label, self.content, EVIDENCE)
        except FileRefused as refused:
            raise forms.ValidationError(str(refused)) from None
        return file
