"""Signing in, and one's own settings."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.contrib.auth import authenticate
from django.http import HttpRequest

from accounts import clock
from accounts.models import News, User

CODE_DIGITS = 6


def email_field(
    autocomplete: str, label: str = "Email address", missing: str = "Enter your email address"
) -> forms.EmailField:
    return forms.EmailField(
        label=label,
        max_length=254,  # as long as an address can be
        widget=forms.EmailInput(attrs={"autocomplete": autocomplete, "spellcheck": "false"}),
        error_messages={
            "required": missing,
            "invalid": "Enter an email address in the correct format, like name@example.com",
            "max_length": "Email address must be 254 characters or fewer",
        },
    )


class SignInForm(forms.Form):
    email = email_field("username")
    password = forms.CharField(
        label="Password",
        strip=False,
        max_length=1000,  # hashing takes longer the more there is
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={
            "required": "Enter your password",
            "max_length": "Password must be 1,000 characters or fewer",
        },
    )

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.person: User | None = None
        self.helper = FormHelper()
        self.helper.attrs = {"novalidate": ""}
        self.helper.layout = Layout("email", "password", Submit("sign-in", "Sign in"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.errors:
            return data
        person = authenticate(self.request, username=data["email"].lower(), password=data["password"])
        if not isinstance(person, User) or not person.works_on(clock.today()):
            raise forms.ValidationError("The email address or the password is not right. Check both and try again.")
        self.person = person
        return data


class LinkForm(forms.Form):
    email = email_field("email")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.attrs = {"novalidate": ""}
        self.helper.layout = Layout("email", Submit("ask", "Send me a link"))


class CodeForm(forms.Form):
    sign_in_code = forms.CharField(
        label="Code",
        help_text="6 digits, in the e-mail",
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "govuk-input--width-10"}
        ),
        error_messages={"required": "Enter the code", "max_length": "The code has 6 digits"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.attrs = {"novalidate": "", "autocomplete": "off"}
        self.helper.layout = Layout("sign_in_code", Submit("sign-in", "Sign in"))

    def clean_sign_in_code(self) -> str:
        code = "".join(filter(str.isalnum, self.cleaned_data["sign_in_code"]))
        if len(code) != CODE_DIGITS or not (code.isascii() and code.isdigit()):
            raise forms.ValidationError("The code has 6 digits")
        return code


class SettingsForm(forms.Form):
    quick_answers = forms.ChoiceField(
        label="Quick answers",
        help_text="Off unless you switch them on. They work on every computer on which you sign in.",
        choices=[("on", "On"), ("off", "Off")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select On or Off", "invalid_choice": "Select On or Off"},
    )

    speaks_welsh = forms.ChoiceField(
        label="Do you read cases and hold interviews in Welsh?",
        help_text="Cases in Welsh go to Welsh speakers first.",
        choices=[("yes", "Yes"), ("no", "No")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select Yes or No", "invalid_choice": "Select Yes or No"},
    )

    email_news = forms.ChoiceField(
        label="How do you want to hear of what is new by e-mail?",
        help_text="Concerns about a child or victim, and what is released to you, always come at once.",
        choices=News.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select how you want to hear", "invalid_choice": "Select how you want to hear"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout("quick_answers", "speaks_welsh", "email_news", Submit("save", "Save"))
