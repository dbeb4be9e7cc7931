"""Caseload lists: sent by the service or uploaded for it, checked, compared, accepted."""

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from accounts.guards import public
from accounts.models import User
from cases.actions import caseload as actions
from cases.forms.caseload import AcceptForm, LeaveOutForm, ReasonsForm
from cases.queries import caseload as queries
from cases.queries.comparing import compared
from cases.rules.columns import COLUMNS, template
from inspections.access import DRAW_SAMPLE, SEE_SAMPLE
from inspections.guards import inspection_page
from inspections.models import Inspection
from inspections.queries import may
from inspections.views.pages import paginated

ROWS_A_PAGE = 50


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: also a form that was sent with nothing in it."""
    return request.POST if request.method == "POST" else None


@inspection_page(see=SEE_SAMPLE, do=DRAW_SAMPLE)
def check_list(request: HttpRequest, inspection: Inspection, kind: str, number: int) -> HttpResponse:
    page = queries.checked(inspection, kind, number, with_names=may(inspection, DRAW_SAMPLE))
    forms = Forms(request, page)
    done = forms.act() if request.method == "POST" else ""
    if done:
        messages.success(request, done)
        if forms.wanted == "accept":
            return redirect("cases:choose", ref=inspection.ref, kind=kind)
        return redirect(request.get_full_path())
    context = {
        "inspection": inspection,
        "page": page,
        "forms": forms,
        "rows": paginated(request, queries.problem_rows(page.sent.caseload), ROWS_A_PAGE),
        "compared": compared(inspection, page.sent, with_names=False),
    }
    return render(request, "cases/list_check.html", context)


class Forms:
    """The three forms of the page that checks a list; one of them was sent, known by its button."""

    def __init__(self, request: HttpRequest, page: queries.Checked) -> None:
        self.by, self.page, self.caseload = cast(User, request.user), page, page.sent.caseload
        self.wanted = next((name for name in ("leave_out", "reasons") if name in request.POST), "accept")
        sent = {name: posted(request) if name == self.wanted else None for name in ("leave_out", "reasons", "accept")}
        self.problems = queries.problems_by_kind(self.caseload)
        self.leave_out = LeaveOutForm(sent["leave_out"], problems=self.problems)
        self.reasons = ReasonsForm(sent["reasons"])
        left = {"without_reason": page.sent.without_reason, "left_out": page.sent.left_out}
        self.accept = AcceptForm(sent["accept"], **left)

    @property
    def sent(self) -> LeaveOutForm | ReasonsForm | AcceptForm:
        return cast(LeaveOutForm | ReasonsForm | AcceptForm, getattr(self, self.wanted))

    def act(self) -> str:
        """What was done, in a sentence; "" where something is to be put right first."""
        form = self.sent
        if not form.is_valid():
            return ""
        try:
            return cast(str, getattr(self, f"_{self.wanted}")(**self._decided(form)))
        except actions.ListRefused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
            return ""

    def _decided(self, form: Any) -> dict[str, Any]:
        return {"reasons": form.reasons()} if self.wanted == "reasons" else form.cleaned_data

    def _leave_out(self, problems: list[str], why: str) -> str:
        left = actions.leave_out(by=self.by, caseload=self.caseload, problems=problems, reason=why)
        return f"Rows that are left out for this reason: {left}."

    def _reasons(self, reasons: dict[int, str]) -> str:
        changed = actions.give_reasons(by=self.by, caseload=self.caseload, reasons=reasons)
        return f"Reasons that have been changed: {changed}."

    def _accept(self, reason: str = "") -> str:
        actions.accept_list(by=self.by, caseload=self.caseload, reason=reason)
        return f"List {self.caseload.number} has been accepted."


@inspection_page(see=SEE_SAMPLE)
def compare_list(request: HttpRequest, inspection: Inspection, kind: str, number: int) -> HttpResponse:
    sent = queries.sent_list(inspection, kind, number)
    with_names = may(inspection, DRAW_SAMPLE)
    page = compared(inspection, sent, with_names=with_names)
    what = request.GET.get("what", "")
    context = {
        "inspection": inspection,
        "sent": sent,
        "compared": page,
        "what": what,
        "pages": paginated(request, page.only(what), ROWS_A_PAGE),
        "with_names": with_names,
    }
    return render(request, "cases/list_compare.html", context)


@public()
def list_template(request: HttpRequest, kind: str) -> HttpResponse:
    if kind not in COLUMNS:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="caseload-{kind}.csv"'}
    return HttpResponse("\ufeff" + template(kind), content_type="text/csv; charset=utf-8", headers=headers)
