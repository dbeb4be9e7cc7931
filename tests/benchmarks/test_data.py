"""What the benchmark measures on: sixty questions, and evidence that does not flatter the page."""

import gzip
from random import Random
from statistics import mean

from benchmarks import standards
from benchmarks.report import Line, missed
from benchmarks.words import evidence
from cases.rules.answers import case_form
from standards import loader


def test_evidence_is_of_the_usual_length_and_no_two_are_alike():
    texts = [evidence(chance) for chance in [Random(60)] for _ in range(60)]
    assert len(set(texts)) == 60
    assert 180 < mean(map(len, texts)) < 270
    assert {text.count(". ") + 1 for text in texts} <= {1, 2, 3, 4}


def test_evidence_compresses_no_better_than_prose():
    whole = "\n".join(evidence(chance) for chance in [Random(60)] for _ in range(60)).encode()
    assert len(gzip.compress(whole)) / len(whole) > 0.3


def test_one_section_asks_sixty_questions(tmp_path, monkeypatch):
    monkeypatch.setattr(loader, "DATA", loader.DATA)
    standards.offer(tmp_path)
    form = case_form(loader.load(standards.KEY), "child")
    assert len(list(form.section(standards.SECTION).questions)) == standards.QUESTIONS == 60


def test_what_is_above_its_bar_is_named():
    lines = [
        Line("A", 1, against="FA", ratio=3.004, bar=3),
        Line("B", 1, against="FA", ratio=2.9, bar=3),
        Line("C", 1, gzipped=30_001),
    ]
    assert missed(lines) == [
        "A: 3.00 x FA, and at most 3 is wanted",
        "C: 30.0 kB compressed, and at most 30 kB is wanted",
    ]
