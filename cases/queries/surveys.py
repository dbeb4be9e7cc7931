"""What is read about text surveys. A file that is being checked is seen by whoever uploaded it, and nobody else."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Prefetch, QuerySet
from django.http import Http404

from accounts.models import User
from cases.models import Survey, SurveyAnswer, SurveyQuestion, SurveyUpload
from cases.queries.meetings import small
from cases.queries.names import names_on_lists
from cases.rules import surveys as rules
from cases.rules.identifiers import warnings
from inspections.models import Inspection

SHOWN_ROWS = 20
SHOWN_PROBLEMS = 20
SHOWN_QUOTES = 5


@dataclass(frozen=True)
class Checked:
    """A file that is being checked, as it would be imported with the questions that are chosen so far."""

    upload: SurveyUpload

    @cached_property
    def sheet(self) -> rules.Sheet:
        held = self.upload
        kept = tuple((number, tuple(cells)) for number, cells in held.rows)
        unusable = tuple((number, why) for number, why in held.problems)
        return rules.Sheet(tuple(held.headings), kept, unusable, held.telephones)

    @cached_property
    def columns(self) -> list[rules.Column]:
        return rules.columns(self.sheet)

    @property
    def left_out(self) -> list[str]:
        return rules.left_out(self.sheet)

    @cached_property
    def answered(self) -> int:
        return rules.answered(self.sheet, self.upload.chosen)

    @cached_property
    def problems(self) -> list[tuple[int, str]]:
        return rules.problems(self.sheet, self.upload.chosen)

    @property
    def first_problems(self) -> list[tuple[int, str]]:
        return self.problems[:SHOWN_PROBLEMS]

    @property
    def more_problems(self) -> int:
        return max(0, len(self.problems) - SHOWN_PROBLEMS)

    @property
    def questions(self) -> list[str]:
        return [column.label for column in self.columns if column.place in self.upload.chosen]

    @property
    def first_rows(self) -> list[tuple[int, list[str]]]:
        places = [column.place for column in self.columns if column.place in self.upload.chosen]
        rows = self.sheet.rows[:SHOWN_ROWS]
        return [(number, [cells[each] if each < len(cells) else "" for each in places]) for number, cells in rows]

    @cached_property
    def noticed(self) -> list[tuple[int, str]]:
        """By row, what in its answers could tell who somebody is. It never stands in the way."""
        names = names_on_lists(self.upload.inspection_id)
        said = rules.texts(self.sheet, self.upload.chosen)
        return [(number, found.text) for number, text in said for found in warnings(text, names)]

    @property
    def first_noticed(self) -> list[tuple[int, str]]:
        return self.noticed[:SHOWN_PROBLEMS]

    @property
    def more_noticed(self) -> int:
        return max(0, len(self.noticed) - SHOWN_PROBLEMS)


def upload_of(inspection: Inspection, by: User) -> SurveyUpload | None:
    found: SurveyUpload | None = inspection.survey_uploads.filter(uploaded_by=by).first()
    return found


def checked_or_404(inspection: Inspection, by: User) -> Checked:
    upload = upload_of(inspection, by)
    if upload is None:
        raise Http404
    return Checked(upload)


def surveys_of(inspection: Inspection) -> QuerySet[Survey]:
    """The latest first, those that were removed too."""
    return inspection.surveys.select_related("imported_by", "removed_by").order_by("-pk")


def survey_or_404(inspection: Inspection, pk: int) -> Survey:
    found = surveys_of(inspection).filter(pk=pk, removed_at=None).first() if small(pk) else None
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True)
class Asked:
    """A question with its answers: counted where few short ones come again and again, quoted otherwise."""

    question: SurveyQuestion
    answers: Sequence[SurveyAnswer]

    @property
    def total(self) -> int:
        return sum(answer.times for answer in self.answers)

    @property
    def is_choice(self) -> bool:
        return rules.is_choice([(answer.text, answer.times) for answer in self.answers])

    @property
    def bars(self) -> list[dict[str, object]]:
        most = max(answer.times for answer in self.answers)
        return [
            {"name": answer.text, "percent": 100 * answer.times / most, "text": answer.times} for answer in self.answers
        ]

    @property
    def first(self) -> Sequence[SurveyAnswer]:
        return self.answers[:SHOWN_QUOTES]

    @property
    def more(self) -> bool:
        return len(self.answers) > SHOWN_QUOTES


def asked_in(survey: Survey) -> list[Asked]:
    questions = survey.questions.order_by("number")
    found = questions.prefetch_related(Prefetch("answers", SurveyAnswer.objects.order_by("place")))
    return [Asked(question, list(question.answers.all())) for question in found]


def question_or_404(survey: Survey, number: int) -> SurveyQuestion:
    found: SurveyQuestion | None = survey.questions.filter(number=number).first() if number < 2**15 else None
    if found is None:
        raise Http404
    return found
