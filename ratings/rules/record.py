"""What is signed: the digest of anything that JSON can hold, and the record of a meeting."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from ratings.rules.results import Result
from ratings.rules.trace import node_to_json


def digest(values: Mapping[str, Any]) -> str:
    """SHA-256, as hex, over the values as JSON with sorted keys and no spaces."""
    text = json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def result_to_json(result: Result) -> dict[str, Any]:
    return {**result.as_json(), "trace": node_to_json(result.trace)}


def record_of(
    inspection: str, number: int, evidence_digest: str, decisions: Iterable[Mapping[str, Any]], result: Result
) -> dict[str, Any]:
    """Of a first version. The next one's also says what it replaces, and why: see `replacing`."""
    return {
        "inspection": inspection,
        "meeting": number,
        "evidence_digest": evidence_digest,
        "decisions": [dict(decision) for decision in decisions],
        "result": result_to_json(result),
    }


def replacing(record: Mapping[str, Any], *, record_digest: str, because: str) -> dict[str, Any]:
    """The digest of the replaced record makes the versions a chain: whoever signs the last signs which came before."""
    return {**record, "replaces": record_digest, "because": because}
