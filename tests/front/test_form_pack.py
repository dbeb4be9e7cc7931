"""The crispy template pack draws GOV.UK markup that holds together: labels, hints, errors and ids."""

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Button, Column, Div, Field, Fieldset, Hidden, Layout, Reset, Row, Submit
from crispy_forms.utils import render_crispy_form
from django import forms
from django.template import Context, Template

from tests.front.pages import Element, read

SCRIPT = "<script>alert(1)</script>"


class Day(forms.MultiWidget):
    def __init__(self):
        day = forms.NumberInput(attrs={"data-label": "Day", "class": "govuk-input--width-2"})
        super().__init__({"day": day, "month": forms.TextInput(attrs={"data-label": "Month"})})

    def decompress(self, value):
        return value or [None, None]


class EveryField(forms.Form):
    name = forms.CharField(label=f"Name {SCRIPT}", help_text=f"As recorded {SCRIPT}", max_length=80)
    email = forms.EmailField(label="Email address", widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    password = forms.CharField(label="Password", widget=forms.PasswordInput)
    count = forms.IntegerField(label="How many cases", min_value=1)
    why = forms.CharField(label="Say why", max_length=200, widget=forms.Textarea(attrs={"rows": 3}))
    notes = forms.CharField(label="Notes", widget=forms.Textarea)
    nation = forms.ChoiceField(label="Nation", choices=[("", "Choose"), ("Islands", [("im", SCRIPT)]), ("w", "Wales")])
    kind = forms.ChoiceField(
        label="Kind",
        help_text="Of inspection",
        choices=[("one", "One week"), ("two", SCRIPT)],
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--small"}),
    )
    languages = forms.MultipleChoiceField(
        label="Languages", choices=[("en", "English"), ("cy", "Welsh")], widget=forms.CheckboxSelectMultiple
    )
    told = forms.BooleanField(label="I have told the service")
    caseload = forms.FileField(label="Caseload list")
    born = forms.MultiValueField(label="Born", fields=[forms.IntegerField(), forms.CharField()], widget=Day())
    version = forms.IntegerField(widget=forms.HiddenInput)


ERRORS_IN_ORDER = [
    "#id_name",
    "#id_email",
    "#id_password",
    "#id_count",
    "#id_why",
    "#id_notes",
    "#id_nation",
    "#id_kind_0",
    "#id_languages_0",
    "#id_told",
    "#id_caseload",
    "#id_born_0",
]


def draw(form: forms.Form, helper: FormHelper | None = None) -> Element:
    return read(render_crispy_form(form, helper))


def group_of(page: Element, name: str) -> Element:
    """The form group around the control of that name."""
    element = page.all(name=name)[0]
    while "govuk-form-group" not in element.classes:
        assert element.parent is not None
        element = element.parent
    return element


@pytest.fixture
def empty() -> Element:
    return draw(EveryField())


@pytest.fixture
def refused() -> Element:
    form = EveryField({}, {})
    assert not form.is_valid()
    return draw(form)


def test_the_form_posts_itself_with_its_files_and_leaves_checking_to_the_server(empty):
    form = empty.one("form")
    assert form.attrs == {"method": "post", "enctype": "multipart/form-data", "novalidate": ""}


def test_every_control_has_a_label_with_its_words(empty):
    labels = {label.attrs["for"]: label.text for label in empty.all("label")}
    controls = [*empty.all("input"), *empty.all("select"), *empty.all("textarea")]
    ids = [control.attrs["id"] for control in controls if control.attrs.get("type") != "hidden"]
    assert sorted(labels) == sorted(ids)
    assert labels["id_email"] == "Email address"
    assert labels["id_kind_0"] == "One week"
    assert labels["id_born_0"] == "Day"


def test_no_words_of_the_form_are_read_as_markup(empty):
    assert empty.all("script") == []
    assert empty.one("label", **{"for": "id_name"}).text == f"Name {SCRIPT}"
    assert empty.one(id="id_name_helptext").text == f"As recorded {SCRIPT}"
    assert empty.one("option", value="im").text == SCRIPT
    assert empty.one("label", **{"for": "id_kind_1"}).text == SCRIPT


def test_nothing_that_was_typed_is_read_as_markup():
    page = draw(EveryField({"name": '"><b>', "notes": "</textarea><b>"}, {}))
    assert page.all("b") == []
    assert page.one("input", name="name").attrs["value"] == '"><b>'
    assert page.one("textarea", name="notes").text == "</textarea><b>"


def test_the_browser_checks_and_cuts_nothing(empty):
    forbidden = {"required", "maxlength", "minlength", "min", "max", "step", "pattern"}
    found = {name for control in empty.all() for name in control.attrs} & forbidden
    assert found == set()


def test_a_number_is_typed_as_text(empty):
    count = empty.one("input", name="count")
    assert (count.attrs["type"], count.attrs["inputmode"]) == ("text", "numeric")


def test_what_the_author_gave_the_widget_is_kept(empty):
    assert empty.one("input", name="email").attrs["autocomplete"] == "email"
    assert empty.one("textarea", name="why").attrs["rows"] == "3"
    assert empty.one("input", name="email").attrs["type"] == "email"


def test_a_password_is_never_sent_back():
    control = draw(EveryField({"password": "secret"}, {})).one("input", name="password")
    assert control.attrs["type"] == "password"
    assert "value" not in control.attrs


def test_a_limited_text_counts_its_characters(empty):
    group = group_of(empty, "why")
    assert group.attrs["data-module"] == "govuk-character-count"
    assert group.attrs["data-maxlength"] == "200"
    assert empty.one("textarea", name="why").attrs["aria-describedby"] == "id_why-info"
    assert empty.one(id="id_why-info").text == "You can enter up to 200 characters"
    assert "data-module" not in group_of(empty, "notes").attrs


def test_a_text_that_begins_with_an_empty_line_keeps_it():
    html = render_crispy_form(EveryField({"notes": "\nsecond line"}, {}))
    textarea = html[html.index('name="notes"') :].split("</textarea>")[0].split(">", 1)[1]
    assert textarea == "\n\nsecond line"  # a browser drops the first line end after the tag


def test_radios_stand_in_a_fieldset_whose_legend_is_the_question(empty):
    fieldset = group_of(empty, "kind").one("fieldset")
    assert fieldset.one("legend").text == "Kind"
    assert fieldset.attrs["aria-describedby"] == "id_kind_helptext"
    assert fieldset.one("div", cls="govuk-radios").classes == ["govuk-radios", "govuk-radios--small"]
    assert [item.attrs for item in fieldset.all("input")] == [
        {"class": "govuk-radios__input", "id": "id_kind_0", "name": "kind", "type": "radio", "value": "one"},
        {"class": "govuk-radios__input", "id": "id_kind_1", "name": "kind", "type": "radio", "value": "two"},
    ]


def test_what_was_chosen_stays_chosen():
    page = draw(EveryField({"kind": "two", "languages": ["cy"], "told": "on", "nation": "w"}, {}))
    chosen = [box.attrs["id"] for box in page.all("input") if "checked" in box.attrs]
    assert chosen == ["id_kind_1", "id_languages_1", "id_told"]
    assert [option.attrs["value"] for option in page.all("option") if "selected" in option.attrs] == ["w"]


def test_options_in_groups_are_drawn_in_groups(empty):
    assert empty.one("optgroup").attrs["label"] == "Islands"
    assert empty.one("optgroup").one("option").attrs["value"] == "im"


def test_parts_of_one_value_are_named_and_grouped(empty):
    fieldset = group_of(empty, "born_day").one("fieldset")
    assert fieldset.one("legend").text == "Born"
    assert [item.text for item in fieldset.all("label")] == ["Day", "Month"]
    assert [item.attrs["id"] for item in fieldset.all("input")] == ["id_born_0", "id_born_1"]


def test_an_error_stands_at_its_field_and_is_read_with_it(refused):
    control = refused.one("input", name="name")
    assert control.attrs["aria-describedby"] == "id_name_helptext id_name_error"
    assert refused.one(id="id_name_error").text == "Error: This field is required."
    assert "govuk-form-group--error" in group_of(refused, "name").classes
    assert "govuk-input--error" in control.classes


def test_every_id_that_is_referred_to_is_on_the_page_once(refused):
    ids = [element.attrs["id"] for element in refused.all() if "id" in element.attrs]
    assert len(ids) == len(set(ids))
    described = [part for element in refused.all() for part in element.attrs.get("aria-describedby", "").split()]
    assert set(described) - set(ids) == set()


def test_the_summary_links_every_error_to_a_control_that_is_there():
    form = EveryField({}, {})
    form.add_error(None, f"The two do not agree {SCRIPT}")
    summary = read(Template('{% include "components/error_summary.html" %}').render(Context({"form": form})))
    links = [link.attrs["href"] for link in summary.all("a")]
    assert links == ERRORS_IN_ORDER
    controls = {element.attrs["id"] for element in draw(form).all() if element.tag in {"input", "select", "textarea"}}
    assert {link.removeprefix("#") for link in links} - controls == set()
    unlinked = [item.text for item in summary.all("li") if not item.all("a")]
    assert unlinked == [f"The two do not agree {SCRIPT}", "This field is required."]


def test_a_second_form_with_a_prefix_has_ids_of_its_own():
    form = EveryField({}, {}, prefix="second")
    summary = read(Template('{% include "components/error_summary.html" %}').render(Context({"form": form})))
    assert summary.all("a")[0].attrs["href"] == "#id_second-name"
    assert draw(form).one("input", name="second-name").attrs["id"] == "id_second-name"


class Small(forms.Form):
    reason = forms.CharField(label="Reason")
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A")], widget=forms.RadioSelect)


def helped(*layout: object, **settings: object) -> FormHelper:
    helper = FormHelper()
    helper.layout = Layout(*layout)
    for name, value in settings.items():
        setattr(helper, name, value)
    return helper


def test_buttons_are_govuk_buttons_without_bootstrap():
    buttons = Submit("save", "Save and continue"), Button("again", "Draw again", css_class="govuk-button--secondary")
    page = draw(Small(), helped("reason", *buttons, Reset("reset", "Clear"), Hidden("step", "2")))
    assert [(button.attrs["type"], button.text, button.classes) for button in page.all("button")] == [
        ("submit", "Save and continue", ["govuk-button"]),
        ("button", "Draw again", ["govuk-button", "govuk-button--secondary"]),
        ("reset", "Clear", ["govuk-button"]),
    ]
    save = page.all("button")[0].attrs
    assert (save["name"], save["value"], save["data-prevent-double-click"]) == ("save", "Save and continue", "true")
    assert page.one("input", name="step").attrs == {"type": "hidden", "name": "step", "value": "2"}


def test_buttons_of_the_helper_stand_in_one_group_at_the_end():
    helper = helped("reason")
    helper.add_input(Submit("save", "Save"))
    helper.add_input(Submit("leave", "Save and leave", css_class="govuk-button--secondary"))
    group = draw(Small(), helper).one("div", cls="govuk-button-group")
    assert [button.text for button in group.all("button")] == ["Save", "Save and leave"]


def test_a_page_of_one_question_has_it_as_its_heading():
    page = draw(Small(), helped(Field("kind", template="govuk/question.html")))
    assert page.one("legend").classes == ["govuk-fieldset__legend", "govuk-fieldset__legend--l"]
    assert page.one("h1").text == "Kind"
    page = draw(Small(), helped(Field("reason", template="govuk/question.html")))
    assert page.one("h1").one("label").text == "Reason"


def test_a_helper_sets_the_size_of_all_labels():
    page = draw(Small(), helped("reason", "kind", label_size="m"))
    assert page.one("label", **{"for": "id_reason"}).classes == ["govuk-label", "govuk-label--m"]
    assert page.one("legend").classes == ["govuk-fieldset__legend", "govuk-fieldset__legend--m"]


def test_layout_pieces_nest():
    page = draw(
        Small(),
        helped(
            Fieldset("About it", Row(Column("reason"), Column(HTML("<p>Beside</p>")))),
            Div("kind", css_class="app-no-print", css_id="kinds"),
        ),
    )
    assert page.all("legend")[0].text == "About it"
    row = page.one("div", cls="govuk-grid-row")
    assert [child.classes for child in row.children if isinstance(child, Element)] == [
        ["govuk-grid-column-one-half"],
        ["govuk-grid-column-one-half"],
    ]
    assert page.one(id="kinds").classes == ["app-no-print"]


def test_a_control_takes_the_class_of_its_layout():
    page = draw(Small(), helped(Field("reason", css_class="govuk-input--width-10", wrapper_class="app-beside")))
    assert page.one("input", name="reason").classes == ["govuk-input", "govuk-input--width-10"]
    assert "app-beside" in group_of(page, "reason").classes


def test_a_form_inside_a_form_tag_of_the_page_brings_no_tag_of_its_own():
    assert draw(Small(), helped("reason", form_tag=False)).all("form") == []


def test_a_filter_form_is_sent_in_the_address_without_a_token():
    page = read(render_crispy_form(Small(), helped("reason", form_method="get"), {"csrf_token": "secret"}))
    assert page.one("form").attrs["method"] == "get"
    assert page.all(name="csrfmiddlewaretoken") == []


def test_a_posted_form_carries_the_token():
    page = read(render_crispy_form(Small(), helped("reason"), {"csrf_token": "secret"}))
    assert page.one(name="csrfmiddlewaretoken").attrs["value"] == "secret"


def test_the_same_size_of_form_is_drawn_as_a_set():
    formset = forms.formset_factory(Small, extra=2)()
    page = draw(formset, FormHelper())
    names = [control.attrs["name"] for control in page.all("input") if control.attrs.get("type") != "hidden"]
    assert names == ["form-0-reason", "form-0-kind", "form-1-reason", "form-1-kind"]
    assert page.one(name="form-TOTAL_FORMS").attrs["value"] == "2"


def test_the_filters_of_crispy_use_the_pack():
    source = "{% load crispy_forms_tags %}{{ form|as_crispy_errors }}{{ form|crispy }}{{ form.kind|as_crispy_field }}"
    page = read(Template(source).render(Context({"form": Small({})})))
    assert [link.attrs["href"] for link in page.all("a")] == ["#id_reason", "#id_kind_0"]
    assert len(page.all("fieldset")) == 2
