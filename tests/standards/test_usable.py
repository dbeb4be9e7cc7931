"""Of several files, those that load are used and the faults of the others are reported."""

from pathlib import Path

from standards.loader import DATA, Problem, problems, usable


def test_a_file_that_does_not_load_is_left_out_and_reported(tmp_path: Path):
    (tmp_path / "yj-2021.toml").write_text("key = ")
    (tmp_path / "yj-2024.toml").write_bytes((DATA / "yj-2024.toml").read_bytes())

    assert [found.key for found in usable(tmp_path)] == ["yj-2024"]
    assert problems(tmp_path) == [Problem("yj-2021.toml", "", "", "is not TOML: Invalid value (at end of document)")]
