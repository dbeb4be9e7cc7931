"""Runs the tests of the scripts' own rules (tests/front/js) with Node's test runner."""

import re
import subprocess
from pathlib import Path

import pytest

from config.local.frontend import node_and_npm

HERE = Path(__file__).parent
FILES = sorted((HERE / "js").glob("*.test.js"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_scripts_keep_their_own_rules(path):
    node, _ = node_and_npm()
    run = subprocess.run([node, "--test", "--test-reporter=tap", str(path)], capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
    assert int(re.findall(r"^# pass (\d+)$", run.stdout, re.MULTILINE)[0]) > 0


def test_there_are_rules_to_test():
    assert [path.name.removesuffix(".test.js") for path in FILES] == [
        "drafts",
        "interview-words",
        "live",
        "lock",
        "marks",
        "outcome",
        "prompts",
        "queue",
        "unsent-words",
        "words",
    ]
