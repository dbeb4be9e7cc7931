"""The file of a text survey: what is kept of it, and that nobody can be known from it."""

import pytest

from cases.rules.surveys import (
    CHOOSE_CSV,
    NO_ANSWER,
    NUMBER_LEFT_OUT,
    ONLY_HEADINGS,
    TOO_LONG_A_ROW,
    TOO_MANY_ROWS,
    Answered,
    answered,
    by_question,
    check_name,
    columns,
    is_choice,
    left_out,
    problems,
    read_sheet,
)
from cases.rules.tables import NO_ROWS, NOT_UTF8, Unreadable

SURVEY = """Response ID,Mobile,Name,What helped?,Beth sy'n bwysig?,Did you feel safe?,Empty
1,07700 900123,Jo Bloggs,My worker listened,Cael fy nghlywed,Yes,
2,+44 7700 900456,Al Roe,Ring me on 07700 900789,"Teulu, ffrindiau",Yes,

4,,,,,,
5,,,,,No,,extra
6,,,My worker listened,,No,
"""
QUESTIONS = [3, 4, 5]


def sheet_of(text):
    return read_sheet(text.encode())


def test_our_guess_is_the_questions_and_never_who_somebody_is():
    sheet = sheet_of(SURVEY)
    assert [(column.label, column.asked, column.filled) for column in columns(sheet)] == [
        ("Response ID", False, 4),
        ("What helped?", True, 3),
        ("Beth sy'n bwysig?", True, 2),
        ("Did you feel safe?", True, 3),
    ]
    assert left_out(sheet) == ["Mobile", "Name", "Empty"]


def test_telephone_numbers_and_names_of_columns_that_tell_who_are_gone_before_anything_is_kept():
    sheet = sheet_of(SURVEY)
    assert sheet.telephones == 3
    assert sheet.rows[:2] == (
        (2, ("1", "", "", "My worker listened", "Cael fy nghlywed", "Yes", "")),
        (3, ("2", "", "", f"Ring me on {NUMBER_LEFT_OUT}", "Teulu, ffrindiau", "Yes", "")),
    )


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("07700 900123", NUMBER_LEFT_OUT),
        ("7700900123", NUMBER_LEFT_OUT),
        ("4.47701E+11", NUMBER_LEFT_OUT),
        ("+44 (0)7700 900123", NUMBER_LEFT_OUT),
        ("mam 01632 960123", f"mam {NUMBER_LEFT_OUT}"),
        ("10", "10"),
        ("5E+3", "5E+3"),
        ("2026-11-27", "2026-11-27"),
        ("I was 14 in 2025", "I was 14 in 2025"),
        ('=HYPERLINK("x")', '=HYPERLINK("x")'),
    ],
)
def test_a_number_is_left_out_however_a_spreadsheet_spoils_it(cell, kept):
    quoted = cell.replace('"', '""')
    assert sheet_of(f'Q\n"{quoted}"\n').rows == ((2, (kept,)),)


def test_rows_that_cannot_be_used_are_named_by_their_number_in_the_file():
    sheet = sheet_of(SURVEY)
    assert problems(sheet, QUESTIONS) == [(5, NO_ANSWER), (6, TOO_LONG_A_ROW)]
    assert answered(sheet, QUESTIONS) == 3


def test_answers_are_counted_question_by_question_in_no_order_of_the_file():
    assert by_question(sheet_of(SURVEY), QUESTIONS) == [
        Answered("What helped?", (("My worker listened", 2), (f"Ring me on {NUMBER_LEFT_OUT}", 1))),
        Answered("Beth sy'n bwysig?", (("Cael fy nghlywed", 1), ("Teulu, ffrindiau", 1))),
        Answered("Did you feel safe?", (("Yes", 2), ("No", 1))),
    ]
    backwards = SURVEY.splitlines(keepends=True)
    again = sheet_of("".join([backwards[0], *reversed(backwards[1:])]))
    assert by_question(again, QUESTIONS) == by_question(sheet_of(SURVEY), QUESTIONS)


@pytest.mark.parametrize(
    ("answers", "counted"),
    [
        ([("Yes", 3), ("No", 1)], True),
        ([("Yes", 1), ("No", 1)], False),
        ([(f"Answer {n}", 2) for n in range(11)], False),
        ([("W" * 41, 9)], False),
        ([], False),
    ],
)
def test_few_short_answers_that_come_again_are_counted_and_others_quoted(answers, counted):
    assert is_choice(answers) is counted


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", NO_ROWS),
        (b"\n,,\n", NO_ROWS),
        (b"What helped?\n\n", ONLY_HEADINGS),
        ("Beth\n".encode("utf-16"), NOT_UTF8),
        (b"Q\n" + b"a\n" * 2_001, TOO_MANY_ROWS),
        (b'Q\n"never closed\n', "Row 2 has a quotation mark that is never closed or is in the wrong place. "
         "Correct it and upload the file again"),
    ],
)  # fmt: skip
def test_a_hostile_file_is_refused_in_words(content, sentence):
    with pytest.raises(Unreadable) as refused:
        read_sheet(content)
    assert refused.value.sentences == (sentence,)


@pytest.mark.parametrize(("name", "content"), [("a.xlsx", b"Q\n"), ("a.csv", b"PK\x03\x04"), ("a.csv", b"%PDF-1.7")])
def test_anything_but_a_csv_file_is_refused(name, content):
    with pytest.raises(Unreadable) as refused:
        check_name(name, content)
    assert refused.value.sentences == (CHOOSE_CSV,)
