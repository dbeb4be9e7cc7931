"""An evidence card, a finding, what it rests on, and into which other it is merged."""

from collections.abc import Iterable
from typing import Any

from crispy_forms.layout import Submit
from django import forms

from cases.actions.findings import Seen, Statement
from cases.forms.concerns import LineField, WordsField
from cases.forms.voices import PlainForm
from cases.models import CardSource, Direction, Strength
from cases.queries.findings import CanSupport, CardFilter, Stated
from cases.rules.findings import Topic

SMALL = forms.RadioSelect(attrs={"class": "govuk-radios--small"})
SHORT = {"longest": 200}
LONG = {"longest": 4_000, "rows": 5}


def radios(label: str, choices: Any, sentence: str, help_text: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        help_text=help_text,
        widget=SMALL,
        error_messages=dict.fromkeys(("required", "invalid_choice"), sentence),
    )


def direction_field() -> forms.ChoiceField:
    return radios(
        "Which way does it point?",
        Direction.choices,
        "Select whether it is a strength, an area to improve or a note",
    )


class CardForm(PlainForm):
    button = Submit("save", "Add this evidence")

    prompt = forms.ChoiceField(
        label="Which question does it bear on?",
        required=False,
        error_messages={"invalid_choice": "Select a question from the list"},
    )
    source = radios("What kind of source is it?", CardSource.choices, "Select what kind of source it is")
    where = LineField(
        label="Which one?",
        help_text="For example, minutes of the board, 12 May, or the meeting with victim workers",
        missing="Say which document, meeting or figures it comes from",
        **SHORT,
    )
    text = WordsField(
        label="What was seen, heard or read?",
        help_text="Without names of children, victims or people who were met.",
        missing="Write what was seen, heard or read",
        **LONG,
    )
    direction = direction_field()
    strength = radios(
        "How strong is it as evidence?",
        Strength.choices,
        "Select how strong it is as evidence",
        "Strong: several sources say it, or it can be checked. Weak: one voice, not checked.",
    )

    def __init__(self, *args: Any, topic: Topic, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.topic = topic
        prompts = [(prompt.code, f"{prompt.code} {prompt.text}") for prompt in topic.prompts]
        self.choose("prompt", [("", f"{topic.code} as a whole"), *prompts])

    def seen(self) -> Seen:
        return Seen(topic=self.topic.code, **self.cleaned_data)


class CardFilterForm(forms.Form):
    """What cannot be read filters nothing."""

    topic = forms.ChoiceField(label="About", required=False)
    source = forms.ChoiceField(label="Source", required=False, choices=[("", "All"), *CardSource.choices])
    strength = forms.ChoiceField(label="Strength", required=False, choices=[("", "All"), *Strength.choices])

    def __init__(self, *args: Any, topics: Iterable[Topic], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "All"), *((topic.code, topic.label) for topic in topics)]
        self.fields["topic"].choices = choices  # type: ignore[attr-defined]

    def wanted(self) -> CardFilter:
        self.is_valid()
        return CardFilter(**{name: self.cleaned_data.get(name, "") for name in self.fields})


class FindingForm(PlainForm):
    button = Submit("save", "Save this finding")

    statement = WordsField(
        label="What did the inspection find?",
        help_text="One statement that stands on its own, without names.",
        missing="Write what the inspection found",
        **LONG,
    )
    direction = direction_field()
    strength = radios(
        "How strong is the evidence for it?", Strength.choices, "Select how strong the evidence for it is"
    )
    supports = forms.MultipleChoiceField(
        label="What does it rest on?",
        help_text="It can be saved without evidence, but not agreed.",
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"}),
        error_messages={"invalid_choice": "Select evidence from the list. What was withdrawn is no longer on it"},
    )

    def __init__(self, *args: Any, can_support: CanSupport, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.can_support = can_support
        self.choose("supports", can_support.choices)
        if not can_support.choices:
            self.fields["supports"].help_text = "There is no evidence about this yet. Add it first, or save without."

    def statement_made(self) -> Statement:
        data = self.cleaned_data
        chosen = self.can_support.chosen(data["supports"])
        cards, themes = tuple(chosen.cards), tuple(chosen.themes)
        return Statement(data["statement"], data["direction"], data["strength"], cards, themes)


class MergeForm(PlainForm):
    button = Submit("merge", "Merge", css_class="govuk-button--secondary")

    into = forms.ChoiceField(
        label="Merge into which finding?",
        help_text="It keeps its words and gets the evidence of both.",
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Select the finding to merge this one into"),
    )

    def __init__(self, *args: Any, others: Iterable[Stated], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(each.finding.number), f"{each.finding}: {each.said.statement[:100]}") for each in others]
        self.choose("into", [("", "Choose a finding"), *named])
