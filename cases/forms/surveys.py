"""The file of a text survey, which of its columns are questions, and why a survey is removed."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from cases.forms.sample import reason_field
from cases.queries.surveys import Checked
from cases.rules.surveys import CHOOSE_CSV, Sheet, check_name, read_sheet
from cases.rules.tables import NO_ROWS, Unreadable

REPLACED = "Another file has taken the place of the one that you were looking at. Look at this one before you import it"
NOTHING_CHOSEN = "Choose at least one column that is a question"


class SurveyForm(forms.Form):
    """Once it is clean, `content` is the file and `sheet` what is kept of it."""

    file = forms.FileField(
        label="The answers",
        help_text="A CSV file in UTF-8, with the questions in its first row and one row for each person who answered",
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={"required": CHOOSE_CSV, "invalid": CHOOSE_CSV, "empty": NO_ROWS},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.content = b""
        self.sheet: Sheet | None = None
        self.helper = FormHelper()
        self.helper.layout = Layout("file", Submit("upload", "Upload the answers"))

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > settings.CASELOAD_MAX_BYTES:
            raise forms.ValidationError(f"The file must be smaller than {settings.CASELOAD_MAX_BYTES // 1024**2}MB")
        self.content = file.read()
        try:
            check_name(str(file.name), self.content)
            self.sheet = read_sheet(self.content)
        except Unreadable as unreadable:
            raise forms.ValidationError(list(unreadable.sentences)) from None
        return file


class QuestionsForm(forms.Form):
    upload = forms.CharField(required=False, widget=forms.HiddenInput)
    questions = forms.MultipleChoiceField(
        label="Which columns are questions?",
        help_text="We have ticked what we think. Columns that you do not tick are not stored",
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"}),
        error_messages={"required": NOTHING_CHOSEN, "invalid_choice": "Choose columns from the list"},
    )

    def __init__(self, data: Any, *, page: Checked) -> None:
        self.page = page
        so_far = {"upload": str(page.upload.pk), "questions": [str(place) for place in page.upload.chosen]}
        super().__init__(data, initial=so_far)
        choices = [(str(each.place), f"{each.label} ({each.filled} answered)") for each in page.columns]
        self.fields["questions"].choices = choices  # type: ignore[attr-defined]

    def clean_upload(self) -> str:
        typed: str = self.cleaned_data["upload"]
        if typed != str(self.page.upload.pk):
            raise forms.ValidationError(REPLACED)
        return typed

    @property
    def chosen(self) -> list[int]:
        """The places of the columns, once the form is clean."""
        return sorted(int(place) for place in self.cleaned_data["questions"])


class RemoveForm(forms.Form):
    reason = reason_field("Why is this survey removed?", "Say why this survey is removed", help_text="Without names")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        remove = Submit("remove", "Remove this survey and its answers", css_class="govuk-button--warning")
        self.helper.layout = Layout("reason", remove)
