"""A caseload list is uploaded, and accepted."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from accounts import clock
from cases.rules.caseload import ParsedList, parse
from cases.rules.tables import NO_ROWS, Unreadable
from standards.schema import CaseKind

CHOOSE_A_FILE = "Choose a CSV file (.csv)"


class ListForm(forms.Form):
    """Once it is clean, `content` is the file and `parsed` what it says."""

    kind = forms.ChoiceField(
        label="Whose cases are on the list?",
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--small"}),
        error_messages={"required": "Choose whose cases are on the list"},
    )
    file = forms.FileField(
        label="The list",
        help_text="A CSV file in UTF-8, with the columns of the template",
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={"required": CHOOSE_A_FILE, "invalid": CHOOSE_A_FILE, "empty": NO_ROWS},
    )

    def __init__(self, *args: Any, kinds: tuple[CaseKind, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.content = b""
        self.parsed = ParsedList((), ())
        self.fields["kind"].choices = [(kind.code, kind.plural.capitalize()) for kind in kinds]  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.layout = Layout("kind", "file", Submit("upload", "Upload the list"))

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if not str(file.name).lower().endswith(".csv"):
            raise forms.ValidationError(CHOOSE_A_FILE)
        if (file.size or 0) > settings.CASELOAD_MAX_BYTES:
            megabytes = settings.CASELOAD_MAX_BYTES // 1024**2
            raise forms.ValidationError(f"The file must be smaller than {megabytes}MB")
        self.content = file.read()
        return file

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if {"kind", "file"} <= set(data):
            try:
                self.parsed = parse(self.content, data["kind"], clock.today())
            except Unreadable as unreadable:
                self.add_error("file", list(unreadable.sentences))
        return data


class AcceptForm(forms.Form):
    reason = forms.CharField(
        label="Why are the rows with problems left out?",
        help_text="Kept with each of these rows. To put a row right instead, ask for a corrected list and upload it",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": "The reason must be 300 characters or fewer"},
    )

    def __init__(self, *args: Any, problems: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not problems:
            del self.fields["reason"]
        self.helper = FormHelper()
        self.helper.layout = Layout(*self.fields, Submit("accept", "Accept this list"))
