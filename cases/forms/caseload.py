"""A caseload list is uploaded, its columns are matched, its rows are left out, and it is accepted."""

import re
from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from accounts import clock
from cases.forms.sample import reason_field
from cases.queries.caseload import Problem
from cases.queries.uploads import Uploaded
from cases.rules.caseload import ParsedList, read_list
from cases.rules.columns import COLUMNS, Column, guess, labels, missing, not_found
from cases.rules.files import CHOOSE_A_FILE, ListFile, check_name
from cases.rules.tables import NO_ROWS, Unreadable
from standards.schema import CaseKind

REPLACED = "Another file has taken the place of the one that you were looking at. Look at this one before you send it"
REASON_TOO_LONG = "The reason must be 300 characters or fewer"


class ListForm(forms.Form):
    """Once it is clean, `content` is the file and `parsed` what it says with the columns as we guess them."""

    kind = forms.ChoiceField(
        label="Whose cases are on the list?",
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--small"}),
        error_messages={"required": "Choose whose cases are on the list"},
    )
    file = forms.FileField(
        label="The list",
        help_text="A CSV file in UTF-8 or an Excel workbook (.xlsx). You choose on the next page which column is which",
        widget=forms.FileInput(
            attrs={"accept": ".csv,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
        ),
        error_messages={"required": CHOOSE_A_FILE, "invalid": CHOOSE_A_FILE, "empty": NO_ROWS},
    )

    def __init__(self, *args: Any, kinds: tuple[CaseKind, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.content = b""
        self.parsed: ParsedList | None = None
        self.fields["kind"].choices = [(kind.code, kind.plural.capitalize()) for kind in kinds]  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.layout = Layout("kind", "file", Submit("upload", "Upload the list"))

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > settings.CASELOAD_MAX_BYTES:
            megabytes = settings.CASELOAD_MAX_BYTES // 1024**2
            raise forms.ValidationError(f"The file must be smaller than {megabytes}MB")
        self.content = file.read()
        try:
            check_name(str(file.name), self.content)
        except Unreadable as unreadable:
            raise forms.ValidationError(list(unreadable.sentences)) from None
        return file

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if {"kind", "file"} <= set(data):
            try:
                file = ListFile(self.content)
                heading = file.heading(data["kind"])
                matching = guess(heading.cells, data["kind"])
                self.parsed = read_list(file, heading, matching, data["kind"], clock.today())
            except Unreadable as unreadable:
                self.add_error("file", list(unreadable.sentences))
        return data


class MatchForm(forms.Form):
    """A box for each column of ours, with the headings of the file to choose from; if need be one for the sheet."""

    upload = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, page: Uploaded) -> None:
        self.page, self.heading = page, page.heading
        super().__init__(self.chosen_so_far() if data is None else data)
        if len(page.file.sheets) > 1:
            self.fields["sheet"] = forms.ChoiceField(
                label="Which sheet has the list?",
                choices=[(str(place), name) for place, name in enumerate(page.file.sheets)],
                error_messages={"invalid_choice": "Choose a sheet from the list", "required": "Choose a sheet"},
            )
        choices = [("", "Not in the list"), *((str(n), label) for n, label in enumerate(labels(page.heading.cells)))]
        for column in COLUMNS[page.upload.kind]:
            self.fields[column.field] = forms.ChoiceField(
                label=column.words.capitalize() + ("" if column.required else " (optional)"),
                help_text=column.hint,
                choices=choices,
                required=False,
                error_messages={"invalid_choice": "Choose a column from the list"},
            )

    def chosen_so_far(self) -> dict[str, str]:
        places = {name: str(place) for name, place in self.page.upload.matching.items()}
        return places | {
            "upload": str(self.page.upload.pk),
            "sheet": str(self.page.file.sheets.index(self.page.heading.sheet)),
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("upload") != str(self.page.upload.pk):
            self.add_error(None, REPLACED)
        taken: dict[str, str] = {}
        for column in COLUMNS[self.page.upload.kind]:
            chosen = data.get(column.field, "")
            if chosen and taken.setdefault(chosen, column.words) != column.words:
                heading = labels(self.page.heading.cells)[int(chosen)]
                words = (
                    f"You chose “{heading}” for {taken[chosen]} and for {column.words}. Choose another for one of them"
                )
                self.add_error(column.field, words)
        if "sheet" in data and self.page.file.sheets[int(data["sheet"])] != self.page.heading.sheet:
            self._read_sheet(self.page.file.sheets[int(data["sheet"])])
        return data

    def _read_sheet(self, sheet: str) -> None:
        """Another sheet has other columns: they are guessed anew."""
        try:
            self.heading = self.page.file.heading(self.page.upload.kind, sheet)
            read_list(self.page.file, self.heading, self.matching, self.page.upload.kind, clock.today())
        except Unreadable as unreadable:
            self.add_error("sheet", list(unreadable.sentences))

    @property
    def matching(self) -> dict[str, int]:
        """By field, the place of the column that was chosen, once the form is clean."""
        kind = self.page.upload.kind
        if self.heading != self.page.heading:
            return guess(self.heading.cells, kind)
        fields = [column.field for column in COLUMNS[kind]]
        return {name: int(self.cleaned_data[name]) for name in fields if self.cleaned_data.get(name)}

    @property
    def changed(self) -> bool:
        """Whether the rows would now be read in another way than the page showed."""
        return self.heading != self.page.heading or self.matching != self.page.upload.matching

    @property
    def missing(self) -> list[Column]:
        """Columns that are required, and that nothing was chosen for."""
        return missing(self.matching, self.page.upload.kind)

    def say_what_is_missing(self) -> None:
        for column in self.missing:
            if column.field not in self.errors:
                self.add_error(column.field, not_found(column))


class LeaveOutForm(forms.Form):
    """One reason for all rows with the same problems. A problem is known by its place among those that were shown."""

    problems = forms.MultipleChoiceField(
        label="Rows with which problems are left out?",
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"}),
        error_messages={
            "required": "Choose at least one problem",
            "invalid_choice": "The problems have changed. Open this page again",
        },
    )
    why = reason_field("Why are they left out?", "Say why these rows are left out")

    def __init__(self, *args: Any, problems: Sequence[Problem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(item.words, f"{item.words[0].upper()}{item.words[1:]} ({counted(item)})") for item in problems]
        self.fields["problems"].choices = choices  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.layout = Layout("problems", "why", Submit("leave_out", "Leave these rows out"))


def counted(problem: Problem) -> str:
    rows = f"{problem.rows} row{'s' if problem.rows > 1 else ''}"
    return rows if problem.without_reason == problem.rows else f"{rows}, {problem.without_reason} without a reason"


class ReasonsForm(forms.Form):
    """A box called `why-14` for each row of the page, which draws them in a table."""

    BOX = re.compile(r"why-([0-9]{1,8})")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.data:
            if self.BOX.fullmatch(name):
                too_long = {"max_length": REASON_TOO_LONG}
                self.fields[name] = forms.CharField(max_length=300, required=False, error_messages=too_long)

    @staticmethod
    def number(name: str) -> int:
        return int(name.removeprefix("why-"))

    def reasons(self) -> dict[int, str]:
        """By row, once the form is clean."""
        return {self.number(name): reason for name, reason in self.cleaned_data.items()}

    def typed(self) -> dict[int, str]:
        """By row, as it came."""
        return {self.number(name): self.data[name] for name in self.fields}

    def wrong(self) -> dict[int, str]:
        return {self.number(name): str(errors[0]) for name, errors in self.errors.items() if name in self.fields}


class AcceptForm(forms.Form):
    reason = forms.CharField(
        label="Why are the rows with problems left out?",
        help_text="Kept with each of these rows. To put a row right instead, ask for a corrected list and upload it",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": REASON_TOO_LONG},
    )

    def __init__(self, *args: Any, without_reason: int, left_out: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not without_reason:
            del self.fields["reason"]
        elif left_out:
            self.fields["reason"].label = "Why are the other rows with problems left out?"
        self.helper = FormHelper()
        self.helper.layout = Layout(*self.fields, Submit("accept", "Accept this list"))
