"""A framework can demand that its samples are drawn in groups by columns of the list."""

import tomllib

import pytest

from cases.queries.draws import GROUPS
from standards.loader import DATA, StandardsError, load
from standards.schema import STRATA
from tests.standards.test_loader import named, toml


@pytest.fixture
def values():
    return tomllib.loads((DATA / "yj-2024.toml").read_text())


def test_nothing_is_demanded_where_the_file_says_nothing():
    assert [kind.strata for kind in load("yj-2024").case_kinds] == [(), ()]


def test_a_file_demands_columns_of_the_list(values, tmp_path):
    named(values["case_kinds"], "child")["strata"] = ["work_type"]
    (tmp_path / "yj-2024.toml").write_text(toml(values))
    assert [kind.strata for kind in load("yj-2024", tmp_path).case_kinds] == [("work_type",), ()]


def test_a_column_that_no_list_has_is_refused(values, tmp_path):
    named(values["case_kinds"], "child")["strata"] = ["postcode"]
    (tmp_path / "yj-2024.toml").write_text(toml(values))
    with pytest.raises(StandardsError, match=r"case_kinds.* child: strata|strata: 'postcode' is not one of work_type"):
        load("yj-2024", tmp_path)


def test_what_can_be_demanded_is_what_the_lead_inspector_can_choose():
    assert set(GROUPS["child"]) == set(STRATA)
