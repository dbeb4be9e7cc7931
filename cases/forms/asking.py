"""What is written about an answer after it was sent: queries, changes, settlements, and who reads a case again."""

from typing import Any, cast
from uuid import uuid4

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from accounts.models import User
from cases.forms.answers import LATEST_VERSION
from cases.models import Stands
from cases.rules.answers import (
    EVIDENCE_LIMIT,
    NOT_APPLICABLE,
    REASON_LIMIT,
    CaseForm,
    Content,
    Kept,
    Question,
    Save,
    plain_text,
    refusal,
)
from cases.rules.queries import change_problem

LENGTH = 2000


class PlainTextField(forms.CharField):
    """Takes what a page can hold, as answers do."""

    def to_python(self, value: Any) -> str:
        return super().to_python(plain_text(value) if isinstance(value, str) else value) or ""


def words(label: str, missing: str, *, length: int = LENGTH, rows: int = 4, **more: Any) -> forms.CharField:
    errors = {"required": missing, "max_length": f"The text must be {length:,} characters or fewer"}
    box = forms.Textarea(attrs={"rows": rows})
    return PlainTextField(label=label, max_length=length, widget=box, error_messages=errors, **more)


def laid_out(*parts: Any) -> FormHelper:
    made = FormHelper()
    made.form_tag = False
    made.layout = Layout(*parts)
    return made


def second_button(name: str, text: str) -> Submit:
    return Submit(name, text, css_class="govuk-button--secondary")


class AskForm(forms.Form):
    text = words("What do you ask?", "Write your question about this answer")
    helper = laid_out("text", Submit("ask", "Ask a question about this answer"))


class ReplyForm(forms.Form):
    text = words("Your reply", "Write your reply")
    helper = laid_out("text", Submit("reply", "Reply"))


class FollowForm(forms.Form):
    """Of whoever asked: a further question needs words, closing does not. It may stand below a reply."""

    text = words("A last word, or what you ask further", "Write what you ask further", required=False)
    helper = laid_out("text", Submit("close", "Close this query"), second_button("again", "Ask again"))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="follow-%s")

    def clean(self) -> dict[str, Any]:
        if "again" in self.data and not self.cleaned_data.get("text") and "text" not in self.errors:
            self.add_error("text", "Write what you ask further")
        return self.cleaned_data


class AskToReopenForm(forms.Form):
    reason = words("Why should it be opened again?", "Say why the case read should be opened again", length=500, rows=3)
    helper = laid_out("reason", second_button("ask", "Ask to reopen"))


class RefuseForm(forms.Form):
    refusal = words("Why is it not opened again?", "Say why the case read is not opened again", length=500, rows=3)
    helper = laid_out("refusal", second_button("refuse", "Do not open it again"))


class SettleForm(forms.Form):
    stands = forms.ChoiceField(
        label="Which answer stands?",
        choices=Stands.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select which answer stands", "invalid_choice": "Select which answer stands"},
    )
    reason = words("Why", "Say why this answer stands", rows=3)
    helper = laid_out("stands", "reason", Submit("settle", "Settle this difference"))


class ReaderChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: User) -> str:
        return f"{obj.name} ({obj.get_role_display()})"


class SecondReaderForm(forms.Form):
    reader = ReaderChoice(
        label="Who reads it a second time?",
        queryset=User.objects.none(),
        empty_label="Choose a reader",
        error_messages={"required": "Choose a reader", "invalid_choice": "Choose a reader from the list"},
    )
    helper = laid_out("reader", Submit("start", "Start a second read"))

    def __init__(self, *args: Any, readers: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(ReaderChoice, self.fields["reader"]).queryset = readers


class ChangeForm(forms.Form):
    """One answer of a sent case, with the reason for its change. What is shown again is what was typed."""

    value = forms.ChoiceField(label="Answer", widget=forms.RadioSelect, required=False)
    na_reason = forms.ChoiceField(label="Why it does not apply", required=False)
    evidence = PlainTextField(label="Evidence", required=False, strip=False, widget=forms.Textarea(attrs={"rows": 6}))
    change_reason = PlainTextField(label="Why it is changed", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    base_version = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0, max_value=LATEST_VERSION)
    save_id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    helper = laid_out(
        "base_version",
        "save_id",
        "value",
        "na_reason",
        "evidence",
        "change_reason",
        Submit("change", "Change this answer"),
    )

    def __init__(self, data: Any, *, asked: CaseForm, question: Question, now: Kept | None) -> None:
        shown = now.content if now else Content()
        start = {"value": shown.value, "na_reason": shown.na_reason, "evidence": shown.evidence}
        version = now.version if now else 0
        super().__init__(data, initial={**start, "base_version": version, "save_id": uuid4()})
        self.asked, self.question, self.despite_reason = asked, question, shown.despite_reason
        choices = [(option.code, option.label) for option in question.options]
        cast(forms.ChoiceField, self.fields["value"]).choices = choices
        reasons = [(reason.code, reason.label) for reason in asked.reasons]
        cast(forms.ChoiceField, self.fields["na_reason"]).choices = [("", "Choose a reason"), *reasons]
        self.fields["change_reason"].help_text = f"Kept with the answer, up to {REASON_LIMIT:,} characters."

    def clean(self) -> dict[str, Any]:
        for hidden in {"base_version", "save_id"} & self.errors.keys():
            del self.errors[hidden]
        if self.errors:
            return self.cleaned_data
        content, code = self.content, self.question.code
        if sentence := refusal(self.asked, code, content):
            too_long = len(content.evidence) > EVIDENCE_LIMIT
            self.add_error("evidence" if too_long else "change_reason", sentence)
        elif problem := change_problem(self.asked, code, content):
            self.add_error(*problem)
        return self.cleaned_data

    @property
    def content(self) -> Content:
        typed = self.cleaned_data
        reason = typed["na_reason"] if typed["value"] == NOT_APPLICABLE else ""
        return Content(typed["value"], reason, typed["evidence"], self.despite_reason, typed["change_reason"])

    @property
    def save(self) -> Save:
        """What makes no sense in a hidden field counts as not given."""
        base, save_id = self.cleaned_data.get("base_version"), self.cleaned_data.get("save_id")
        return Save(self.question.code, self.content, base or 0, save_id or uuid4())

    def on_top_of(self, theirs: Kept) -> None:
        """What was typed stays, and is based on what is there now."""
        data = cast(QueryDict, self.data).copy()
        data["base_version"], data["save_id"] = str(theirs.version), str(uuid4())
        self.data = data
