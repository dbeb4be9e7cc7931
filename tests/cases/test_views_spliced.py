"""A template that is rendered once, with its texts put in afterwards."""

import logging

import pytest
from django.template import Context

from cases.views import spliced
from cases.views.spliced import Spliced, in_order, piece, token

TAG = "components/tag.html"


def tagged(tag: Spliced, text: object, colour: str = "red") -> str:
    return tag.render(colour, {"text": text}, lambda given: given | {"colour": colour}).strip()


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


def test_nothing_is_there_but_what_is_given_and_the_log_says_what_was_missing(caplog):
    with caplog.at_level(logging.ERROR):
        assert Spliced(TAG).render("", {"text": "A"}, dict).strip() == '<strong class="govuk-tag">A</strong>'
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


@pytest.mark.parametrize(("page", "expected"), [("<p>\x000\x00</p>\x001\x00", "<p>one</p>two"), ("<p>", "<p>")])
def test_pieces_stand_where_their_marks_were(page, expected):
    assert "".join(in_order(page, ["one", "two"])) == expected


def test_a_page_that_is_not_rendered_in_pieces_has_the_piece_itself():
    pieces: list[str] = []
    assert [piece(Context(), "<b>"), piece(Context({"spliced_pieces": pieces}), "<b>")] == ["<b>", "\x000\x00"]
    assert pieces == ["<b>"]
