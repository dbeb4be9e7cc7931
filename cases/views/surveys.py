"""Text surveys: answers are uploaded, questions are chosen, and what was said is shown without who said it."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.models import User
from accounts.sent import sent
from cases.actions import surveys as actions
from cases.forms.surveys import QuestionsForm, RemoveForm, SurveyForm
from cases.models import Survey
from cases.queries import surveys as queries
from inspections import access
from inspections.actions.refused import Refused
from inspections.guards import inspection_page
from inspections.models import Inspection
from inspections.queries import may
from inspections.views.pages import paginated

QUOTES_A_PAGE = 50
READ_AGAIN = "The answers have been read again with the questions that you chose. Check them, then import them."


@inspection_page(see=access.WRITE_VOICES, do=access.WRITE_VOICES)
def upload(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    person, form = cast(User, request.user), SurveyForm(sent(request), request.FILES or None)
    if request.method == "POST" and form.is_valid() and form.sheet:
        label = str(form.cleaned_data["file"].name)
        try:
            actions.keep_survey(by=person, inspection=inspection, label=label, content=form.content, sheet=form.sheet)
        except Refused as refused:
            form.add_error("file", str(refused))
        else:
            return redirect("cases:survey-check", ref=inspection.ref)
    page = {"inspection": inspection, "form": form, "waiting": queries.upload_of(inspection, person)}
    return render(request, "cases/survey_upload.html", page)


@inspection_page(see=access.WRITE_VOICES, do=access.WRITE_VOICES)
def check(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    page = queries.checked_or_404(inspection, cast(User, request.user))
    form = QuestionsForm(sent(request), page=page)
    if request.method == "POST" and form.is_valid():
        try:
            survey = act(form, by=cast(User, request.user), importing="import" in request.POST)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The survey is imported." if survey else READ_AGAIN)
            return redirect("cases:survey", ref=inspection.ref, survey=survey.pk) if survey else redirect(request.path)
    return render(request, "cases/survey_check.html", {"inspection": inspection, "page": page, "form": form})


def act(form: QuestionsForm, *, by: User, importing: bool) -> Survey | None:
    """A survey is imported as its page showed it. What was chosen differently is shown first. Raises Refused."""
    upload = form.page.upload
    if importing and form.chosen == upload.chosen:
        return actions.import_survey(by=by, upload=upload, sheet=form.page.sheet)
    actions.choose_questions(by=by, upload=upload, chosen=form.chosen)
    return None


@inspection_page(see=access.SEE_VOICES, do=access.WRITE_VOICES)
def survey(request: HttpRequest, inspection: Inspection, survey: int) -> HttpResponse:
    found, form = queries.survey_or_404(inspection, survey), RemoveForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.remove_survey(by=cast(User, request.user), survey=found, reason=form.cleaned_data["reason"])
        except Refused as refused:
            messages.warning(request, f"{refused}.")
        else:
            messages.success(request, "The survey is removed.")
        return redirect("cases:participation", ref=inspection.ref)
    page = {
        "inspection": inspection,
        "survey": found,
        "questions": queries.asked_in(found),
        "form": form if may(inspection, access.WRITE_VOICES) else None,
    }
    return render(request, "cases/survey_read.html", page)


@inspection_page(see=access.SEE_VOICES)
def question(request: HttpRequest, inspection: Inspection, survey: int, asked: int) -> HttpResponse:
    found = queries.question_or_404(queries.survey_or_404(inspection, survey), asked)
    pages = paginated(request, found.answers.order_by("place"), QUOTES_A_PAGE)
    page = {"inspection": inspection, "question": found, "pages": pages}
    return render(request, "cases/survey_question.html", page)
