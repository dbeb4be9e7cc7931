"""The compiled front end."""

import re

import pytest

from config.local import frontend
from config.local.steps import Trouble


@pytest.fixture(scope="module", autouse=True)
def built() -> None:
    frontend.build()


def test_every_image_that_a_style_sheet_asks_for_is_there() -> None:
    asked = [
        (sheet, address)
        for sheet in frontend.BUILD.glob("*.css")
        for address in re.findall(r"""url\(["']?([^"')]+)["']?\)""", sheet.read_text())
        if not address.startswith("data:")
    ]
    assert [address for sheet, address in asked if not (sheet.parent / address).is_file()] == []


def test_no_crown_crest_or_gov_uk_font_is_served() -> None:
    names = [path.name for path in frontend.BUILD.rglob("*") if path.is_file()]
    assert [name for name in names if re.search("crest|crown|woff|govuk-icon|opengraph", name)] == []
    sheets = [sheet.read_text() for sheet in frontend.BUILD.glob("*.css")]
    assert ["GDS Transport" in sheet for sheet in sheets] == [False, False]  # of the pages, and of the pack as a PDF


def test_every_script_of_ours_is_compiled() -> None:
    ours = sorted(path.name for path in (frontend.ROOT / "static" / "js").glob("*.js"))
    assert sorted(path.name for path in (frontend.BUILD / "js").glob("*.js")) == ours


def test_nothing_is_compiled_again_when_nothing_changed() -> None:
    before = (frontend.BUILD / "app.css").stat().st_mtime_ns
    frontend.build()
    assert (frontend.BUILD / "app.css").stat().st_mtime_ns == before


def test_an_image_that_no_kit_has_is_named(tmp_path) -> None:
    sheet = tmp_path / "page.css"
    sheet.write_text("a{background:url(assets/images/unicorn.svg)}")
    with pytest.raises(Trouble, match=r"^page\.css asks for assets/images/unicorn\.svg, which is in neither kit\.$"):
        frontend.copy_images(sheet)
