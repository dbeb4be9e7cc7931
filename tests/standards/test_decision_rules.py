"""Decision rules in a standards file: read as they stand, and refused where they name what there is not."""

import tomllib

import pytest

from standards.loader import DATA, StandardsError, load
from standards.schema import DecisionRule
from tests.standards.test_loader import toml

RULE = {
    "code": "1.1-work",
    "standard": "1.1",
    "words": "Poor work caps leadership.",
    "looks_at": "2.1.1",
    "at_most": "inadequate",
    "expects_at_most": "requires_improvement",
    "source": "product",
}


def loaded(folder, **changed):
    values = tomllib.loads((DATA / "yj-2024.toml").read_text())
    (folder / "yj-2024.toml").write_text(toml(values | {"decision_rules": [RULE | changed]}))
    return load("yj-2024", folder)


def test_a_rule_is_read_with_its_source(tmp_path):
    source = "Not published: this product's default"
    assert loaded(tmp_path).decision_rules == (DecisionRule(**RULE | {"source": source}),)


@pytest.mark.parametrize(
    ("key", "value"),
    [("standard", "2.1"), ("standard", "9.9"), ("looks_at", "V1.2"), ("at_most", "poor"), ("words", "")],
)
def test_a_rule_about_what_there_is_not_is_refused(tmp_path, key, value):
    with pytest.raises(StandardsError) as refused:
        loaded(tmp_path, **{key: value})
    assert [(problem.table, problem.key) for problem in refused.value.problems] == [
        ("[[decision_rules]] 1.1-work", key)
    ]
