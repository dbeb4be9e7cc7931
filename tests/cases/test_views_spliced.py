"""A template that is rendered once, with its texts put in afterwards."""

import logging

from django.template import Engine

from cases.views import spliced
from cases.views.spliced import Alone, Spliced, token

TAG = "components/tag.html"


def tagged(tag: Spliced, text: object, colour: str = "red") -> str:
    return tag.render(colour, {"text": text}, lambda given: given | {"colour": colour}, lambda: "plainly").strip()


def test_texts_are_escaped_and_numbers_are_written():
    tag = Spliced(TAG)
    assert [tagged(tag, text) for text in ("<b>%s & 100%", 7)] == [
        '<strong class="govuk-tag govuk-tag--red">&lt;b&gt;%s &amp; 100%</strong>',
        '<strong class="govuk-tag govuk-tag--red">7</strong>',
    ]
    assert len(tag.patterns) == 1


def test_another_shape_and_an_empty_text_have_patterns_of_their_own():
    tag = Spliced(TAG)
    assert [tagged(tag, "A", "red"), tagged(tag, "A", ""), tagged(tag, "", "red")] == [
        '<strong class="govuk-tag govuk-tag--red">A</strong>',
        '<strong class="govuk-tag">A</strong>',
        '<strong class="govuk-tag govuk-tag--red"></strong>',
    ]
    assert len(tag.patterns) == 3


def test_what_is_nothing_stands_there_as_the_template_writes_it():
    tag = Spliced(TAG)
    assert [tagged(tag, text) for text in (0, None)] == [
        '<strong class="govuk-tag govuk-tag--red">0</strong>',
        '<strong class="govuk-tag govuk-tag--red">None</strong>',
    ]


def test_texts_that_many_share_are_put_in_as_they_are():
    tag = Spliced(TAG)
    html = tag.render("red", {}, lambda given: given | {"colour": "red"}, lambda: "plainly", {"text": "a &amp; b"})
    assert html.strip() == '<strong class="govuk-tag govuk-tag--red">a &amp; b</strong>'


def test_a_template_that_asks_for_more_is_rendered_plainly_and_the_log_says_once_what_was_missing(caplog):
    tag = Spliced(TAG)
    with caplog.at_level(logging.ERROR):
        assert [tag.render("", {"text": "A"}, dict, lambda: "plainly") for _ in range(2)] == ["plainly"] * 2
    assert [record.message for record in caplog.records] == [
        "components/tag.html asks for what it is not given when it is spliced: ['colour']"
    ]


def test_it_keeps_no_more_patterns_than_it_may(monkeypatch):
    monkeypatch.setattr(spliced, "SHAPES", 2)
    tag = Spliced(TAG)
    kept = [tagged(tag, "A", colour) and len(tag.patterns) for colour in ("red", "blue", "grey", "red")]
    assert kept == [1, 2, 1, 2]


def test_equal_parts_of_a_shape_have_the_same_token():
    assert token(("a", 1)) is token(("a", 1))
    assert token(("a", 1)) is not token(("a", 2))


def test_a_path_leads_only_to_what_was_named():
    alone = Alone({"case.ref": "C-01", "case.row.number": 2, "open": True})
    source = "{{ case.ref }} {{ case.row.number }} {{ open }}{{ case.row.name }}{{ case.reader.name }}{{ who }}"
    assert Engine.get_default().from_string(source).render(alone) == "C-01 2 True"
    assert alone.unknown == {"case.row.name", "case.reader", "who"}
