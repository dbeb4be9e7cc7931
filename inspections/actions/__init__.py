"""Every change of an inspection. What other apps call stands here by name; each subject has its own file."""

from inspections.actions.inspections import StageRefused, back_to_rating, mark_evidence_changed, reach_stage
from inspections.actions.mail import write_mail
from inspections.actions.notifications import tell

__all__ = ["StageRefused", "back_to_rating", "mark_evidence_changed", "reach_stage", "tell", "write_mail"]
