"""What a list of cases may look like: every fault has its words, and nothing in a file is a fault of ours."""

import tracemalloc
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.rules import archives, caseload, columns, files, tables

TODAY = date(2027, 5, 12)
CHILD = {
    "local_reference": "A1",
    "name": "Demo Child",
    "date_of_birth": "23/04/2011",
    "sex": "Male",
    "ethnicity": "White",
    "work_type": "Court",
    "team": "North",
    "case_manager": "W Jones",
    "start_date": "2026-09-01",
    "end_date": "",
    "care_experienced": "no",
    "welsh_speaking": "",
}
VICTIM = {"local_reference": "V1", "child_reference": "A1", "victim_worker": "B Rees", "start_date": "1/9/2026"}


def content(*rows: dict[str, str], delimiter: str = ",") -> bytes:
    lines = [delimiter.join(rows[0])] + [delimiter.join(row.values()) for row in rows]
    return "\r\n".join(lines).encode()


def children(*changes: dict[str, str], number: int = 0) -> bytes:
    """One row for each change of the example; each is another child."""
    return content(
        *(CHILD | {"local_reference": f"A{n}", "name": f"Child {n}"} | change for n, change in enumerate(changes))
    )


def parse(file: bytes, kind: str = "child") -> caseload.ParsedList:
    return caseload.parse(file, kind, TODAY)


def refusal(file: bytes, kind: str = "child") -> tuple[str, ...]:
    with pytest.raises(tables.Unreadable) as caught:
        parse(file, kind)
    return caught.value.sentences


def problems(file: bytes, kind: str = "child") -> list[tuple[int, str]]:
    return [(row.number, row.problem) for row in parse(file, kind).rows if row.problem]


def test_a_childs_row_is_read_into_its_fields():
    assert parse(content(CHILD)).rows == (
        caseload.ParsedRow(
            number=2,
            local_reference="A1",
            name="Demo Child",
            date_of_birth=date(2011, 4, 23),
            sex="Male",
            ethnicity="White",
            work_type="court",
            team="North",
            worker="W Jones",
            started_on=date(2026, 9, 1),
            care_experienced=False,
        ),
    )


def test_a_victims_row_is_read_into_its_fields():
    assert parse(content(VICTIM), "victim").rows == (
        caseload.ParsedRow(
            number=2, local_reference="V1", child_reference="A1", worker="B Rees", started_on=date(2026, 9, 1)
        ),
    )


@pytest.mark.parametrize("kind", ["child", "victim"])
def test_the_template_has_every_column_and_no_rows(kind):
    assert refusal(columns.template(kind).encode(), kind) == ("The file has no rows",)


@pytest.mark.parametrize(
    "file",
    [
        content(CHILD),
        b"\xef\xbb\xbf" + content(CHILD),
        content(CHILD, delimiter=";"),
        content(CHILD, delimiter="\t"),
        content(CHILD).replace(b"\r\n", b"\n"),
        content(CHILD).replace(b"\r\n", b"\r"),
        content(CHILD).replace(b"\r\n", b"\n", 1) + b"\r\n",
        content({heading.upper().replace("_", " "): cell for heading, cell in CHILD.items()}),
        content({f" {heading}-".strip("-"): f" {cell} " for heading, cell in CHILD.items()}),
        content(dict(reversed(CHILD.items()))),
        content(CHILD) + b"\r\n,,,,,\r\n\r\n",
    ],
    ids=["plain", "BOM", "semicolons", "tabs", "LF", "CR", "mixed", "capitals", "spaces", "other order", "blank rows"],
)
def test_what_programs_make_of_the_same_list_is_the_same_list(file):
    assert parse(file).rows == parse(content(CHILD)).rows


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "windows-1252"])
def test_another_encoding_is_refused_with_the_way_out(encoding):
    assert refusal(content(CHILD | {"name": "Zoë"}).decode().encode(encoding)) == (
        "The file is not in UTF-8. In Excel, save it as “CSV UTF-8 (Comma delimited)” and upload it again",
    )


@pytest.mark.parametrize(
    ("start", "sentence"),
    [(b"PK\x03\x04", archives.DAMAGED), (b"\xd0\xcf\x11\xe0\xa1\xb1", files.OLD_WORKBOOK)],
)
def test_a_spreadsheet_is_told_from_a_csv_file(start, sentence):
    assert refusal(start + b"anything") == (sentence,)


@pytest.mark.parametrize("file", [b"", b" \n\n", columns.template("child").encode() + b",,,\r\n \r\n"])
def test_a_file_without_rows_says_so(file):
    assert refusal(file) == ("The file has no rows",)


def test_every_missing_column_is_named():
    assert refusal(b"local_reference,name,sex,ethnicity,work_type,case_manager\r\nA1,B,Male,White,Court,C") == (
        "We could not find a column for date of birth. Choose one or leave the list and add it",
        "We could not find a column for start date. Choose one or leave the list and add it",
    )


def test_of_two_columns_that_could_be_the_same_the_first_is_guessed_and_the_other_left_out():
    parsed = parse(content(CHILD | {"Date of Birth": "x"}))
    assert (parsed.matching["date_of_birth"], parsed.ignored, parsed.rows[0].problem) == (2, ("Date of Birth",), "")


def test_columns_that_nobody_asked_for_are_named_and_dropped():
    assert parse(content(CHILD | {"Postcode": "RG1 1AA", "=cmd()": ""})).ignored == ("Postcode", "=cmd()")


def test_a_list_of_100000_rows_is_refused_as_soon_as_it_is_too_long():
    file = children({}) + (b"\r\n" + b"," * 11) * 100_000
    tracemalloc.start()
    assert refusal(file) == ("A list can have up to 10,000 rows, blank rows included. This one has more",)
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


def test_20001_blank_rows_before_the_headings_are_too_many():
    assert refusal(b"\n" * 20_001 + content(CHILD)) == (
        "A list can have up to 10,000 rows, blank rows included. This one has more",
    )


def test_the_delimiter_is_found_below_blank_rows():
    rows = parse(b"\r\n" * 9_000 + b" " * 3_000 + content(CHILD, delimiter=";")).rows
    assert [(row.number, row.name, row.problem) for row in rows] == [(9_002, "Demo Child", "")]


def test_10000_rows_are_read():
    assert len(parse(children(*({"name": ""} for _ in range(10_000)))).rows) == 10_000


TOO_LONG = (
    "Row {} is longer than 20,000 characters, or a quotation mark in it is never closed. "
    "Correct it and upload the file again"
)
QUOTES = (
    "Row {} has a quotation mark that is never closed or is in the wrong place. Correct it and upload the file again"
)


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (b"a," * 1_000_000, TOO_LONG.format(1)),
        (content(CHILD) + b"\r\n" + b"," * 1_000_000, TOO_LONG.format(3)),
        (content(CHILD) + b'\r\n"A2,' + content(CHILD) * 300, TOO_LONG.format(3)),
        (content(CHILD) + b"\r\n" + b'"\n",' * 1_000_000, TOO_LONG.format(3)),
        (content(CHILD) + b'\r\n"A2,B', QUOTES.format(3)),
        (content(CHILD) + b'\r\n"A2"3,B', QUOTES.format(3)),
        (b" " * 25_000 + content(CHILD), TOO_LONG.format(1)),
    ],
    ids=[
        "a million headings",
        "a million cells",
        "unclosed",
        "a million lines in one row",
        "unclosed at the end",
        "inside",
        "blanks first",
    ],
)
def test_a_row_that_never_ends_is_found_by_its_number(file, sentence):
    assert refusal(file) == (sentence,)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"start_date": "01/02/2010"}, "start date is before date of birth"),
        ({"end_date": "31/08/2026"}, "end date is before start date"),
        ({"date_of_birth": "01/09/2008"}, "the child was 18 or over on the start date"),
        ({"date_of_birth": "02/09/2008"}, ""),
        ({"start_date": "13/05/2027"}, "start date is in the future"),
        ({"start_date": "12/05/2027"}, ""),
        ({"date_of_birth": "13/05/2027", "start_date": ""}, "start date is missing; date of birth is in the future"),
        ({"date_of_birth": ""}, "date of birth is missing"),
        ({"local_reference": ""}, "local reference is missing"),
        ({"work_type": "Diversion"}, "work type is not Court, Out of court, Bail and remand or Resettlement"),
        ({"work_type": "OUT-OF-COURT"}, ""),
        ({"care_experienced": "perhaps"}, "care experienced is not Yes, No or blank"),
        ({"care_experienced": "Not known"}, ""),
        ({"name": "=HYPERLINK(1)"}, "name contains a formula"),
        ({"team": "@SUM(A1)"}, "team contains a formula"),
        ({"ethnicity": "+1"}, "ethnicity contains a formula"),
        ({"sex": "-1+1"}, "sex contains a formula"),
        ({"start_date": "=TODAY()"}, "start date contains a formula"),
        ({"date_of_birth": "04/23/2011"}, "date of birth has the month before the day: write 23/04/2010"),
        ({"date_of_birth": "23-04-2011 00:00"}, ""),
        ({"date_of_birth": "2011-04-23 00:00:00"}, ""),
        ({"sex": "#REF!"}, "sex contains an error of the spreadsheet; sex is missing"),
        ({"end_date": "-"}, "end date is not a date such as 23/04/2010"),
        ({"name": "A\0B"}, "name contains a character that cannot be shown"),
        ({"name": "A\u202eB"}, "name contains a character that cannot be shown"),
        ({"name": "n" * 121}, "name is longer than 120 characters"),
        ({"welsh_speaking": ",extra"}, "there are more cells than headings"),
    ],
)
def test_a_problem_is_said_in_words(change, problem):
    assert problems(content(CHILD | change)) == ([(2, problem)] if problem else [])


@pytest.mark.parametrize(
    "value",
    ["0000-00-00", "31/02/2011", "1E400", "2011", "23/04/11", "01/01/1899", "1/1/20111", "²3/04/2011"],
)
def test_what_is_no_date_is_a_problem(value):
    assert problems(content(CHILD | {"date_of_birth": value})) == [
        (2, "date of birth is not a date such as 23/04/2010")
    ]


def test_a_formula_stays_the_text_that_it_is():
    assert parse(content(CHILD | {"name": "=1+1"})).rows[0].name == "=1+1"


def test_rows_are_numbered_as_a_spreadsheet_numbers_them():
    file = children({}, {"name": '"two\nlines"'}, {}, {"date_of_birth": "x"}).replace(b"\r\nA2", b"\r\n\r\nA2")
    assert problems(file) == [(6, "date of birth is not a date such as 23/04/2010")]


def test_the_later_row_of_a_doubled_child_says_which_it_repeats():
    file = children({"local_reference": "a9"}, {}, {"local_reference": "A9"}, {"name": "CHILD 1"})
    assert problems(file) == [
        (4, "local reference is the same as in row 2"),
        (5, "name and date of birth are the same as in row 3"),
    ]


def test_the_later_row_of_a_doubled_victim_says_which_it_repeats():
    file = content(VICTIM | {"name": "A"}, VICTIM | {"name": "a", "local_reference": "V2"})
    assert problems(file, "victim") == [(3, "name and child reference are the same as in row 2")]


def test_a_victim_may_be_grown_up():
    assert problems(content(VICTIM | {"date_of_birth": "01/01/1950"}), "victim") == []


def test_one_group_has_one_spelling():
    rows = parse(children({"ethnicity": "White British"}, {"ethnicity": "white  british"})).rows
    assert [row.ethnicity for row in rows] == ["White British", "White British"]


def test_the_words_of_many_problems_are_cut_to_what_is_stored():
    row = parse(content(dict.fromkeys(CHILD, "=x" * 80))).rows[0]
    assert (len(row.problem), row.problem[-1]) == (300, "…")


def rows_or_sentences(file: bytes) -> tuple[object, ...]:
    try:
        return parse(file).rows
    except tables.Unreadable as unreadable:
        return unreadable.sentences


@given(st.binary(max_size=400))
def test_any_bytes_give_rows_or_sentences(noise):
    for start in (b"", columns.template("child").encode(), b"\xef\xbb\xbf" + content(CHILD)):
        assert rows_or_sentences(start + noise)


CELLS = st.lists(st.text(st.characters(exclude_characters='"', codec="utf-8"), max_size=12), min_size=12, max_size=12)


@given(st.lists(CELLS, min_size=1, max_size=5))
def test_any_cells_give_values_that_can_be_stored(cells):
    rows = [dict(zip(CHILD, (f'"{cell}"' for cell in row), strict=True)) for row in cells]
    for row in parse(content(CHILD, *rows)).rows:
        assert "\0" not in repr(row.stored())
        assert len(row.problem) <= 300
