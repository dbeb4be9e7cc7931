"""What the page that checks a list puts into its boxes."""

from django import template

from cases.forms.caseload import ReasonsForm
from cases.models import CaseloadRow

register = template.Library()


@register.simple_tag
def reason_box(form: ReasonsForm, row: CaseloadRow) -> dict[str, str]:
    """What was typed or is kept, and what is wrong with it."""
    typed = form.typed().get(row.number, row.left_out_reason)
    return {"typed": typed, "wrong": form.wrong().get(row.number, "")}
