"""What the team writes about a discussion: who came by agency, what it added to each judgement, and notes."""

from dataclasses import dataclass

ATTENDED, ADDED, NOTES = "attended", "added", "notes"
PARTS = {
    ATTENDED: "Who attended",
    ADDED: "What the discussion added to the judgement",
    NOTES: "Notes",
}
CONFIRMED = "confirmed"


@dataclass(frozen=True)
class Said:
    """What one box holds; an empty one holds nothing of it. `choice` is what the discussion did to the judgement."""

    count: int | None = None
    choice: str = ""
    text: str = ""


def field_of(part: str, code: str = "") -> str:
    return f"{part}-{code}" if code else part


def faults(part: str, said: Said) -> dict[str, str]:
    """What is to be put right, by the name of the box; empty where it can be kept."""
    if part == ATTENDED and said.text and not said.count:
        return {"count": "Enter how many came, or remove their roles"}
    if part == ADDED and said.text and not said.choice:
        return {"choice": "Select what the discussion did to this judgement"}
    if part == ADDED and said.choice and said.choice != CONFIRMED and not said.text:
        return {"text": "Write what the discussion changed or added"}
    return {}
