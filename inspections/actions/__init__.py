"""Every change of an inspection. What other apps call stands here by name; each subject has its own file."""

from inspections.actions.inspections import StageRefused, back_to_rating, mark_evidence_changed, reach_stage
from inspections.actions.mail import write_mail
from inspections.actions.notifications import tell
from inspections.actions.timeline import call_for_step, step_not_needed

__all__ = [
    "StageRefused",
    "back_to_rating",
    "call_for_step",
    "mark_evidence_changed",
    "reach_stage",
    "step_not_needed",
    "tell",
    "write_mail",
]
