"""A review that comes back as a document: the file, and which text stays where the page says something else."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from cases.actions.discussions import Typed
from cases.forms.discussions import version_of
from cases.models import Discussion
from cases.queries.review_documents import Read, read_content
from cases.rules.tables import Unreadable
from cases.rules.word_files import CHOOSE_A_DOCUMENT, check_document_name

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CHOICES = [("document", "Use the text of the document"), ("page", "Keep the text of the page")]
REPLACED = (
    "Another document has taken the place of the one that you were looking at. Look at this one before you use it"
)


class DocumentForm(forms.Form):
    """Once it is clean, `content` is a document that can be read as the review of this discussion."""

    file = forms.FileField(
        label="The filled-in document",
        help_text="A Word document (.docx). Nothing is sent yet: you see first what was read",
        widget=forms.FileInput(attrs={"accept": f".docx,{DOCX}"}),
        error_messages={name: CHOOSE_A_DOCUMENT for name in ("required", "invalid", "empty")},
    )

    def __init__(self, *args: Any, discussion: Discussion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.discussion, self.content = discussion, b""
        self.helper = FormHelper()
        self.helper.layout = Layout("file", Submit("upload", "Upload the document"))

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > settings.REVIEW_MAX_BYTES:
            raise forms.ValidationError(f"The file must be smaller than {settings.REVIEW_MAX_BYTES // 1024**2}MB")
        self.content = file.read()
        try:
            check_document_name(str(file.name))
            read_content(self.discussion, self.content)
        except Unreadable as unreadable:
            raise forms.ValidationError(list(unreadable.sentences)) from None
        return file


class UseForm(forms.Form):
    """The version that each answer of the page had; where both texts say something, which of them stays."""

    paper = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, paper: int, rows: list[Read]) -> None:
        start = {"paper": str(paper)} | {version_of(row.code): row.version for row in rows}
        super().__init__(data, initial=start)
        self.number, self.rows = paper, [row for row in rows if row.said]
        for row in self.rows:
            self.fields[version_of(row.code)] = forms.IntegerField(
                widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1
            )
            if row.differs:
                self.fields[row.code] = forms.ChoiceField(
                    label="Which text stays?",
                    choices=CHOICES,
                    widget=forms.RadioSelect(attrs={"class": "govuk-radios--small"}),
                    error_messages=dict.fromkeys(
                        ("required", "invalid_choice"), f"Choose which text stays: {row.question}"
                    ),
                )
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("paper") != str(self.number):
            raise forms.ValidationError(REPLACED)
        return data

    def typed(self) -> dict[str, Typed]:
        data = self.cleaned_data
        used = [row for row in self.rows if data.get(row.code, "document") == "document"]
        return {row.code: Typed(row.said, data[version_of(row.code)]) for row in used}

    @property
    def shown_rows(self) -> list[tuple[Read, Any, Any]]:
        """Each with its box of choices and its version, where it has them."""
        return [
            (row, self[row.code] if row.code in self.fields else None, self[version_of(row.code)]) for row in self.rows
        ]
