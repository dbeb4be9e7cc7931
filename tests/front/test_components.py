"""The shared pieces print what they are given: nothing more, nothing as markup, in places that fit together."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.template.loader import render_to_string

from ratings.rules.trace import Node
from tests.front.pages import Element, read

BANDS = [
    {"name": "Inadequate", "start": 0, "width": 50, "middle": 25, "level": 1},
    {"name": "Requires improvement", "start": 50, "width": 15, "middle": Decimal("57.5"), "level": 2},
    {"name": "Good", "start": 65, "width": 15, "middle": 72.5, "level": 3},
    {"name": "Outstanding", "start": 80, "width": 20, "middle": 90, "level": 4},
]
EDGES = [{"at": 0, "text": "0%"}, {"at": 50, "text": "50%"}, {"at": 100, "text": "100%"}]


def draw(name: str, **context: object) -> Element:
    return read(render_to_string(f"components/{name}.html", context))


def test_a_band_strip_puts_bands_and_marker_where_the_numbers_say():
    strip = draw("band_strip", percent=67.857, finding="19 of 28 (67.9%): Good", bands=BANDS, edges=EDGES)
    bands = [(band.attrs["x"], band.attrs["width"], band.classes[1]) for band in strip.all("rect")]
    assert bands == [
        ("0%", "50%", "app-chart__band--1"),
        ("50%", "15%", "app-chart__band--2"),
        ("65%", "15%", "app-chart__band--3"),
        ("80%", "20%", "app-chart__band--4"),
    ]
    picture, marker = strip.all("svg")
    assert picture.attrs["aria-hidden"] == "true"
    assert marker.attrs["x"] == "67.857%"
    assert strip.one("figcaption").text == "19 of 28 (67.9%): Good"


def test_a_score_ladder_stacks_the_scores_over_the_bands():
    parts = [{"text": "2.1 scores 2", "start": 0, "width": 25, "middle": 12.5}]
    ladder = draw("score_ladder", total_at=25, finding="2 of 8", parts=parts, bands=BANDS[:1], edges=EDGES)
    assert [(part.attrs["x"], part.attrs["width"]) for part in ladder.all("rect")] == [("0%", "25%"), ("0%", "50%")]
    assert [text.text for text in ladder.all("text")] == ["2.1 scores 2", "Inadequate", "0%", "50%", "100%"]


@pytest.mark.usefixtures("_thousands")
def test_places_are_written_as_the_browser_reads_them():
    bars = draw("hours_bars", rows=[{"name": "R. Pugh", "percent": Decimal("1234.5"), "text": "21 h"}])
    assert bars.one("rect").attrs["width"] == "1234.5"


@pytest.fixture
def _thousands(settings):
    settings.USE_THOUSAND_SEPARATOR = True


def test_mirrored_bars_are_a_table_with_the_numbers_written_out():
    rows = [{"name": "Court <b>", "left": 62, "right": 41, "left_text": "62%", "right_text": "41%", "note": "21 apart"}]
    table = draw("mirrored_bars", caption="Sample", group="Kind", left="Caseload", right="Sample", rows=rows)
    assert [cell.text for cell in table.one("tbody").all("td")] == ["62%", "41%"]
    assert table.one("th", scope="row").text == "Court <b> 21 apart"
    left, right = table.all("svg")
    assert (left.one("rect").attrs["width"], right.one("rect").attrs["width"]) == ("62", "41")
    assert ("app-bar--mirrored" in left.classes, "app-bar--mirrored" in right.classes) == (True, False)


def test_a_task_is_described_by_its_hint_and_status():
    task = {"text": "Finish C-07", "href": "/c", "hint": "Due today", "status": "In progress", "colour": "light-blue"}
    tasks = draw("task_list", prefix="todo", tasks=[task, {"text": "Allocate", "status": "Cannot start yet"}])
    link = tasks.one("a")
    assert link.attrs["aria-describedby"] == "todo-1-hint todo-1-status"
    assert tasks.one(id="todo-1-hint").text == "Due today"
    assert tasks.one(id="todo-1-status").one("strong").classes == ["govuk-tag", "govuk-tag--light-blue"]
    assert tasks.one(id="todo-2-status").text == "Cannot start yet"


def test_a_summary_says_what_is_changed_and_what_was_not_provided():
    actions = [{"text": "Change", "href": "/change", "hidden": "service"}]
    summary = draw("summary_list", rows=[{"key": "Service", "value": "N", "actions": actions}, {"key": "Notes"}])
    assert summary.one("a").text == "Change service"
    assert [value.text for value in summary.all("dd", cls="govuk-summary-list__value")] == ["N", "Not provided"]


def test_a_table_that_may_scroll_can_be_reached_and_is_named():
    columns = [{"text": "Case"}, {"text": "Answered", "numeric": True}]
    rows = [[{"text": "C-07", "href": "/c"}, {"text": 12, "numeric": True}]]
    region = draw("table", caption="Cases", columns=columns, rows=rows).one("div", role="region")
    assert (region.attrs["tabindex"], region.attrs["aria-label"]) == ("0", "Cases")
    assert region.one("th", scope="row").one("a").attrs["href"] == "/c"
    assert region.one("td").classes == ["govuk-table__cell", "govuk-table__cell--numeric"]


def test_pages_of_a_list_say_which_one_is_shown():
    items = [{"number": 1, "href": "?page=1"}, {"number": 2, "href": "?page=2", "current": True}, {"ellipsis": True}]
    nav = draw("pagination", pagination={"previous": "?page=1", "next": "", "items": items})
    assert [(link.text, link.attrs.get("aria-current")) for link in nav.all("a")] == [
        ("Previous page", None),
        ("1", None),
        ("2", "page"),
    ]


def test_an_empty_list_says_so_and_what_to_do():
    empty = draw("empty_state", text="Nothing booked today.", href="/timetable", link="See the timetable")
    assert empty.text == "Nothing booked today. See the timetable"


def test_progress_is_said_in_words_as_well():
    bar = draw("progress", value=12, max=31, text="12 of 31 cases sent").one("progress")
    assert (bar.attrs["value"], bar.attrs["max"], bar.attrs["aria-label"]) == ("12", "31", "12 of 31 cases sent")


def test_an_entry_of_the_log_has_its_time_for_people_and_for_programs():
    at = datetime(2027, 1, 5, 14, 3, tzinfo=UTC)
    entry = draw("log_entry", entry={"title": "Sample drawn", "by": "Rhian Pugh", "at": at, "text": "Draw 2 of 2"})
    assert entry.one("time").text == "5 January 2027 at 2:03pm"
    assert entry.one("time").attrs["datetime"] == "2027-01-05T14:03:00+00:00"


def test_a_trace_prints_the_whole_tree_with_rules_and_sources():
    leaf = Node(
        "2.1.1", "key_question", "Positive change", "good", "19 of 28", "65% or more", "Rules 3", notes=("<b>",)
    )
    tree = Node("overall", "overall", "Overall", "good", "8 of 12", "Scores are added", "Rules 7", (leaf,))
    trace = draw("trace", node=tree)
    assert trace.one(id="trace-overall").one("summary").text == "Overall: 8 of 12"
    assert trace.one(id="trace-2.1.1").text == "Positive change: 19 of 28 65% or more (Rules 3) Note: <b>"


def test_a_live_region_holds_its_first_figures_and_where_to_get_the_next():
    fragment = "components/empty_state.html"
    region = draw("live_region", url="/live", seconds=5, fragment=fragment, text="No cases yet")
    live = region.one("div", data_live_url="/live")
    assert (live.attrs["data-live-seconds"], live.text) == ("5", "No cases yet")
    assert region.one("p", role="status").text == ""


def test_the_save_line_holds_one_polite_and_one_alert_region():
    line = draw("save_line", saved_text="All answers saved, 10:42am")
    assert line.one("span", data_save_text="").text == "All answers saved, 10:42am"
    assert (len(line.all(role="status")), len(line.all(role="alert"))) == (1, 1)
    assert "hidden" in line.one("button").attrs
