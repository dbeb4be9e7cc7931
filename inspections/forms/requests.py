"""What is filled in about evidence that a service is asked for in advance."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.core.files.uploadedfile import UploadedFile

from documents.rules.kinds import EVIDENCE, choose, kind_of, label_of, size_problem
from documents.rules.refused import EMPTY, FileRefused
from inspections.fields import DateTextField
from inspections.forms import helper


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
