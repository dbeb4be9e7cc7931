"""Agreement between first and second reads, by question, over every inspection that the person may see."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Case as When
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models import When as Where

from accounts.models import User
from cases.models import Answer, AnswerVersion
from cases.rules.consistency import FEWEST_PAIRS, Agreement, agreement
from inspections import access
from inspections.queries import relations
from inspections.queries.permission import seen_by
from standards import loader
from standards.schema import Standards

ON_INSPECTION = ("inspection", "inspection__service")


@dataclass(frozen=True)
class Row:
    """One question; without `agreement` where there are too few pairs to show."""

    code: str
    text: str
    is_key: bool
    agreement: Agreement | None


@dataclass(frozen=True)
class Consistency:
    """`reads` is how many pairs of reads it is made of, None below the fewest that are shown."""

    standards: Standards
    reads: int | None
    rows: list[Row]


def pairs_seen_by(person: User) -> QuerySet[Answer]:
    """Answers of second reads, where both reads are sent."""
    seen = Answer.objects.filter(
        case__second_of__isnull=False, case__left_at__isnull=True, case__sent_at__isnull=False
    ).filter(case__second_of__sent_at__isnull=False)
    return seen.alias(**relations(person, *ON_INSPECTION)).filter(
        seen_by(person, access.SEE_PROGRESS, "inspection__stage")
    )


def frameworks_seen_by(person: User) -> list[Standards]:
    """The standards under which there are pairs, the newest first."""
    keys = pairs_seen_by(person).order_by().values_list("inspection__standards_key", flat=True).distinct()
    return sorted(map(loader.load, keys), key=lambda found: found.key, reverse=True)


def years_seen_by(person: User) -> list[int]:
    years = pairs_seen_by(person).order_by().values_list("inspection__fieldwork_start__year", flat=True).distinct()
    return sorted(years, reverse=True)


def consistency_of(person: User, standards: Standards, year: int | None) -> Consistency:
    chosen = Q(inspection__standards_key=standards.key)
    chosen &= Q(inspection__fieldwork_start__year=year) if year else Q()
    answers = pairs_seen_by(person).filter(chosen)
    reads = answers.aggregate(reads=Count("case", distinct=True))["reads"]
    return Consistency(standards, reads if reads >= FEWEST_PAIRS else None, list(_rows(standards, _counted(answers))))


def _counted(answers: QuerySet[Answer]) -> dict[str, dict[tuple[str, str], int]]:
    """By question, how often the two reads gave each pair of values. One statement."""
    first = Answer.objects.filter(case=OuterRef("case__second_of"), question=OuterRef("question"))
    both = answers.annotate(
        theirs=blind_value(), ours=Subquery(first.annotate(blind=blind_value()).values("blind")[:1])
    )
    judged = both.exclude(ours=None).exclude(ours="").exclude(theirs=None).exclude(theirs="").order_by()
    found: dict[str, dict[tuple[str, str], int]] = defaultdict(dict)
    for question, ours, theirs, count in judged.values_list("question", "ours", "theirs").annotate(Count("pk")):
        found[question][ours, theirs] = count
    return found


def blind_value() -> When:
    """Before anything was changed because of what was said about it: such a change carries a reason."""
    versions = AnswerVersion.objects.filter(answer=OuterRef("pk"), change_reason="").order_by("-version")
    return When(Where(change_reason="", then=F("value")), default=Subquery(versions.values("value")[:1]))


def _rows(standards: Standards, counted: dict[str, dict[tuple[str, str], int]]) -> Iterator[Row]:
    """Every question that a case read asks, in its order, also those without a pair."""
    for _, question in standards.key_questions():
        if question.case_kind:
            yield Row(question.code, question.text, True, agreement(counted.get(question.code, {})))
            for prompt in question.prompts:
                yield Row(prompt.code, prompt.text, False, agreement(counted.get(prompt.code, {})))
