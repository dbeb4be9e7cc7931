"""Compares the journals of the writers with the database that they wrote to."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import namedtuple_row

from cases.rules.answers import Content

VERSIONS = """
SELECT v.save_id::text, v.version, v.answer_id, a.question, a.version AS latest, a.is_key, c.ref, i.ref AS inspection,
  v.value, v.na_reason, v.evidence, v.despite_reason, v.change_reason, v.at, v.by_id,
  (a.value, a.na_reason, a.evidence, a.despite_reason, a.change_reason, a.changed_at, a.changed_by_id)
    = (v.value, v.na_reason, v.evidence, v.despite_reason, v.change_reason, v.at, v.by_id) AS as_answered,
  c.started_at IS NOT NULL AND c.started_at <= v.at AS begun
FROM cases_answerversion v JOIN cases_answer a ON a.id = v.answer_id
JOIN cases_case c ON c.id = a.case_id JOIN inspections_inspection i ON i.id = c.inspection_id
ORDER BY v.answer_id, v.version
"""
EVENTS = """
SELECT inspection, subject, (detail ->> 'version')::int, detail ->> 'sha256', at, person_id
FROM accounts_auditevent WHERE verb = 'answer saved'
"""
CHAIN = """
SELECT count(*) FROM (
  SELECT position, previous, digest, audit_event_digest(e) AS expected,
    row_number() OVER w AS counted, coalesce(lag(digest) OVER w, '') AS before
  FROM accounts_auditevent e WINDOW w AS (PARTITION BY inspection ORDER BY position)
) event WHERE position <> counted OR previous <> before OR digest <> expected
"""
STALE = """
SELECT count(*) FROM inspections_inspection i
WHERE evidence_version <> coalesce((SELECT max(evidence_version) FROM ratings_snapshot WHERE inspection_id = i.id), 0)
"""


class Comparison:
    """`sent`, `acknowledged` and `failed` are what the journals say of each save id."""

    def __init__(self, database_url: str, journals: Iterable[Path]) -> None:
        self.sent: dict[str, dict[str, Any]] = {}
        self.acknowledged: dict[str, set[int]] = defaultdict(set)
        self.failed: dict[str, float] = {}
        for path in journals:
            for line in map(json.loads, path.read_text().splitlines()):
                self.take_in(line["save_id"], line)
        self.read(database_url)

    def take_in(self, save_id: str, line: dict[str, Any]) -> None:
        if line["what"] == "sent":
            self.sent[save_id] = line
        elif line["what"] == "acknowledged":
            self.acknowledged[save_id].add(line["version"])
        elif line["what"] == "failed":
            self.failed[save_id] = line["at"]

    def read(self, database_url: str) -> None:
        with psycopg.connect(database_url, row_factory=namedtuple_row) as connection:
            self.versions = connection.execute(VERSIONS).fetchall()
            self.events = Counter(tuple(event) for event in connection.execute(EVENTS).fetchall())
            self.broken_chain = connection.execute(CHAIN).fetchall()[0][0]
            counted = connection.execute("SELECT ref, evidence_version FROM inspections_inspection").fetchall()
            self.counted = {row.ref: row.evidence_version for row in counted}
        self.kept = {version.save_id: version for version in self.versions}

    def lost(self) -> Iterator[str]:
        """Acknowledged, and not there as it was sent, under the version that was said."""
        for save_id, said in self.acknowledged.items():
            kept, sent = self.kept.get(save_id), self.sent[save_id]
            if kept is None:
                yield f"{save_id} was acknowledged and is not there"
            elif (said, self.as_sent(kept)) != ({kept.version}, self.as_journalled(sent)):
                yield f"{save_id} is there as {self.as_sent(kept)}, version {kept.version}, acknowledged as {said}"

    def doubled(self) -> Iterator[str]:
        """There twice, or by nobody, or over something that its writer had not seen."""
        for save_id, times in Counter(version.save_id for version in self.versions).items():
            if times > 1:
                yield f"{save_id} is there {times} times"
        expected = 0
        answer = None
        for version in self.versions:
            expected, answer = (expected + 1 if version.answer_id == answer else 1), version.answer_id
            if version.version != expected:
                yield f"version {version.version} of an answer stands where {expected} should"
            sent = self.sent.get(version.save_id)
            if sent is None:
                yield f"{version.save_id} was sent by nobody"
            elif sent["base"] + 1 != version.version or self.as_sent(version) != self.as_journalled(sent):
                yield f"{version.save_id} was sent on {sent['base']} and is version {version.version}"

    def half_written(self) -> Iterator[str]:
        """A version without its answer, its event, its case's start, or its count."""
        expected = Counter(self.event_of(version) for version in self.versions)
        yield from (f"no event, or not one: {event}" for event in (expected - self.events) + (self.events - expected))
        for version in self.versions:
            if not version.as_answered and version.version >= version.latest:
                yield f"the answer is not as its last version {version.save_id}"
            if not version.begun:
                yield f"the case of {version.save_id} never began"
        last = {version.answer_id: version for version in self.versions}
        yield from (f"version {v.latest} is missing" for v in last.values() if v.version != v.latest)
        keys = Counter(version.inspection for version in self.versions if version.is_key)
        yield from (f"{ref} counts {n}, not {keys[ref]}" for ref, n in self.counted.items() if n != keys[ref])
        if self.broken_chain:
            yield f"{self.broken_chain} audit events are out of their chain"

    def saved_unheard(self) -> int:
        """Saves that were committed by an attempt of which the writer heard nothing, for something was killed then."""
        kept = (self.kept[save_id] for save_id in self.failed if save_id in self.kept)
        return sum(version.at.timestamp() < self.failed[version.save_id] for version in kept)

    def unheard(self) -> tuple[int, int]:
        """Of the saves whose writer never heard: how many are there, and how many are not."""
        never = [save_id for save_id in self.sent if save_id not in self.acknowledged]
        there = sum(save_id in self.kept for save_id in never)
        return there, len(never) - there

    @staticmethod
    def as_sent(version: Any) -> tuple[str, str, str]:
        return f"/inspections/{version.inspection}/cases/{version.ref}/answers/", version.question, digest_of(version)

    @staticmethod
    def as_journalled(sent: dict[str, Any]) -> tuple[str, str, str]:
        return sent["address"], sent["question"], sent["digest"]

    @staticmethod
    def event_of(version: Any) -> tuple[Any, ...]:
        subject = f"{version.ref} {version.question}"
        return version.inspection, subject, version.version, digest_of(version), version.at, version.by_id


def digest_of(version: Any) -> str:
    words = (version.value, version.na_reason, version.evidence, version.despite_reason, version.change_reason)
    return Content(*words).digest()


def ratings_are_current(database_url: str) -> bool:
    with psycopg.connect(database_url) as connection:
        return connection.execute(STALE).fetchone() == (0,)
