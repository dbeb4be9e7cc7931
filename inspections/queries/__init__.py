"""What is read about inspections. What other apps need stands here by name; each subject has its own file."""

from inspections.queries.permission import inspection_for, inspections_of, may, parties_of, relations, seen_by

__all__ = ["inspection_for", "inspections_of", "may", "parties_of", "relations", "seen_by"]
