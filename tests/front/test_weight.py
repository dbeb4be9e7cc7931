"""What a page weighs, as the browser fetches it, and that it asks for nothing from elsewhere."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from tests.factories import inspection_with_team, sampled_cases
from tests.pages import fetch

BUILD = Path(settings.STATICFILES_DIRS[0])
SCRIPTS, STYLES = 20_000, 25_000
SCRIPT = re.compile(r'<script[^>]* src="' + re.escape(settings.STATIC_URL) + '([^"]+)"')
IMPORTED = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*["']([^"']+)["']""")


def built(name: str) -> bytes:
    path = BUILD / name
    if not path.is_file():
        pytest.skip(f"NOT TESTED: static/build/{name} is not there; run `make assets` first")
    return path.read_bytes()


def weight(*names: str) -> int:
    return sum(len(gzip.compress(built(name), 9)) for name in names)


def with_imported(names: list[str]) -> set[str]:
    """The scripts and whatever they fetch in their turn: each is a file that the browser asks for."""
    found: set[str] = set()
    while names:
        name = names.pop()
        found.add(name)
        fetched = [(Path(name).parent / path).as_posix() for path in IMPORTED.findall(built(name).decode())]
        names += [path for path in fetched if path not in found]
    return found


def scripts_of(html: str) -> set[str]:
    return with_imported(SCRIPT.findall(html))


def test_the_style_sheet_is_light():
    assert 5_000 < weight("app.css") <= STYLES


@pytest.mark.django_db
def test_the_scripts_of_the_case_read_page_are_light_together(client, people):
    """Those that the page itself asks for, so that one more of them counts as well."""
    case = sampled_cases(inspection_with_team(people), reader=people.assistant)[0]
    path = reverse("cases:read-section", args=[case.inspection.ref, case.ref, "2.1"])
    scripts = scripts_of(fetch(client, people.assistant, path))
    assert {"js/app.js", "js/case-read.js"} <= scripts
    assert 2_000 < weight(*scripts) <= SCRIPTS


def test_a_script_that_another_one_fetches_counts_as_well(tmp_path, monkeypatch):
    monkeypatch.setattr("tests.front.test_weight.BUILD", tmp_path)
    (tmp_path / "js").mkdir()
    (tmp_path / "js/one.js").write_text('import{a}from"./two.js";const b=()=>import("./sub/three.js");')
    (tmp_path / "js/two.js").write_text('import "./one.js";')
    (tmp_path / "js/sub").mkdir()
    (tmp_path / "js/sub/three.js").write_text("export {}")
    page = f'<script type="module" src="{settings.STATIC_URL}js/one.js"></script>'
    assert scripts_of(page) == {"js/one.js", "js/two.js", "js/sub/three.js"}


def test_the_scripts_of_the_notes_page_are_light():
    assert 2 * 1024 < weight("js/app.js", "js/notes.js") <= SCRIPTS


def test_the_scripts_of_a_live_page_are_light():
    assert weight("js/app.js", "js/unsent.js", "js/live.js") <= SCRIPTS


def test_the_style_sheet_asks_only_for_files_of_ours_by_relative_address():
    addresses = set(re.findall(r"""url\(["']?([^"')]+)""", built("app.css").decode()))
    missing = {address for address in addresses if not (BUILD / address).is_file()}
    assert missing == set()


@pytest.mark.parametrize("word", ["GDS Transport", "crown", "crest", "@font-face"])
def test_the_typeface_and_the_marks_of_government_sites_are_not_used(word):
    assert word.encode() not in built("app.css")


@pytest.mark.parametrize("name", sorted(path.name for path in (BUILD / "js").glob("*.js")))
def test_no_script_needs_what_the_content_policy_forbids(name):
    source = built(f"js/{name}").decode()
    assert re.findall(r"\beval\(|new Function\(|\.style\.|setAttribute\(.style.", source) == []
