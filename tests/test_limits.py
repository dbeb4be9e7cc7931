"""The limits of size and shape hold, and the measure notices when they do not."""

from pathlib import Path

import pytest

from tests import limits

LONG = "def f():\n" + "    x = 1\n" * 70


def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, name: str = "cases/views.py") -> limits.Source:
    monkeypatch.setattr(limits, "ROOT", tmp_path)
    path = tmp_path / name
    path.parent.mkdir(parents=True)
    path.write_text(text)
    return limits.Source(path)


@pytest.mark.parametrize("figure", limits.figures(), ids=lambda figure: figure.name)
def test_the_code_is_within_its_limit(figure: limits.Figure) -> None:
    assert figure.kept, str(figure)


@pytest.mark.parametrize(("share", "value"), [(0.5, 2), (0.95, 4), (0.25, 1), (1.0, 4)])
def test_a_percentile_is_a_value_that_occurs(share: float, value: int) -> None:
    assert limits.percentile([4, 1, 3, 2], share) == value


def test_a_long_function_is_measured_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = [source(tmp_path, monkeypatch, LONG)]
    assert limits.longest(limits.function_lengths(code)) == (71, "cases/views.py:1 f")


def test_an_import_inside_a_function_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "import cases\n\ndef f():\n    from ratings import rules\n    import math\n"
    code = [source(tmp_path, monkeypatch, text)]
    assert limits.first_party_imports_in_functions(code) == ["cases/views.py:4"]


@pytest.mark.parametrize(
    "line", ["from django.dispatch import receiver", "from django.db.models.signals import pre_save"]
)
def test_a_signal_receiver_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    assert limits.signal_receivers([source(tmp_path, monkeypatch, line)]) == ["cases/views.py:1"]


def test_a_foreign_import_of_standards_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "import tomllib\nfrom standards import schema\nimport django\n"
    code = [source(tmp_path, monkeypatch, text, "standards/loader.py")]
    assert limits.foreign_imports_of_standards(code) == ["standards/loader.py:3"]


def test_a_module_without_a_docstring_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert limits.modules_without_docstring([source(tmp_path, monkeypatch, "x = 1\n")]) == ["cases/views.py"]


def test_a_package_counts_as_its_layer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = source(tmp_path, monkeypatch, "", "cases/views/reads.py")
    assert [layer for layer in ("views", "tasks", "cases") if found.is_layer(layer)] == ["views"]
