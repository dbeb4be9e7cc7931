"""What a page weighs, as the browser fetches it, and that it asks for nothing from elsewhere."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings

BUILD = Path(settings.STATICFILES_DIRS[0])
LIMIT = 20 * 1024


def built(name: str) -> bytes:
    path = BUILD / name
    if not path.is_file():
        pytest.skip(f"NOT TESTED: static/build/{name} is not there; run `make assets` first")
    return path.read_bytes()


def weight(*names: str) -> int:
    return sum(len(gzip.compress(built(name), 9)) for name in names)


def test_the_style_sheet_is_light():
    assert 5 * 1024 < weight("app.css") <= LIMIT


def test_the_scripts_of_the_case_read_page_are_light():
    assert 2 * 1024 < weight("js/app.js", "js/case-read.js") <= LIMIT


def test_the_scripts_of_the_notes_page_are_light():
    assert 2 * 1024 < weight("js/app.js", "js/notes.js") <= LIMIT


def test_the_scripts_of_a_live_page_are_light():
    assert weight("js/app.js", "js/live.js") <= LIMIT


def test_the_style_sheet_asks_only_for_files_of_ours_by_relative_address():
    addresses = set(re.findall(r"""url\(["']?([^"')]+)""", built("app.css").decode()))
    missing = {address for address in addresses if not (BUILD / address).is_file()}
    assert missing == set()


@pytest.mark.parametrize("word", ["GDS Transport", "crown", "crest", "@font-face"])
def test_the_typeface_and_the_marks_of_government_sites_are_not_used(word):
    assert word.encode() not in built("app.css")


@pytest.mark.parametrize("name", ["app.js", "case-read.js", "live.js"])
def test_no_script_needs_what_the_content_policy_forbids(name):
    source = built(f"js/{name}").decode()
    assert re.findall(r"\beval\(|new Function\(|\.style\.|setAttribute\(.style.", source) == []
