"""A value is named in a sentence as it was written, cut short, and on one line."""

import pytest

from standards.words import named, shown


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "null"),
        (True, "true"),
        (1.5, "1.5"),
        (25.0, "25.0"),
        ("25", "'25'"),
        ("two\nlines", r"'two\nlines'"),
        (["[" * 99], "a list"),
        ({"a": 1}, "an object"),
        (10**39, "1" + "0" * 39),
        (10**4000, "1" + "0" * 36 + "..."),
    ],
)
def test_a_value_is_shown_in_the_words_of_json(value, words):
    assert shown(value) == words


@pytest.mark.parametrize(
    ("code", "words"),
    [("2.1.1", "2.1.1"), ("", "''"), ("2.1\n.1", r"'2.1\n.1'"), ("a" * 40, "a" * 40), ("a" * 41, f"'{'a' * 36}...")],
)
def test_a_code_is_quoted_only_where_it_would_disturb_the_sentence(code, words):
    assert named(code) == words
