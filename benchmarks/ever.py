"""All inspections ever, in bulk: answers by COPY, and meetings that have decided on most of them."""

from collections.abc import Iterator
from random import Random

from django.db import connection, transaction

from accounts import clock
from accounts.models import User
from benchmarks import data
from cases.models import Case, Kind
from inspections.models import Inspection
from ratings.models import Decision, Meeting
from ratings.queries.everywhere import tallies_of_all
from ratings.rules import Tally
from ratings.rules.shares import key_question
from ratings.rules.standard import permitted_ratings
from standards import loader

COPY = """
COPY cases_answer (case_id, inspection_id, question, is_key, value, na_reason, evidence, version, changed_at,
  changed_by_id, despite_reason, change_reason) FROM STDIN
"""
GONE = "UPDATE cases_case SET left_at = now(), left_reason = 'Replaced' WHERE id % 97 = 0"
TABLE, QUESTION = "V1", "V1.2"
WORDS = (
    "plan",
    "family",
    "move",
    "school",
    "health",
    "asked",
    "shared",
    "looked",
    "agreed",
    "visit",
    "again",
)


def load(people: dict[str, User], inspections: int, children: int, victims: int) -> int:
    """Gives the number of answers. Foreign keys are not checked: every row is of this run's own making."""
    made = data.inspections(inspections, people["head"])
    with transaction.atomic():
        for inspection in made:
            data.sample(inspection, Kind.CHILD, children, people["reader"])
            data.sample(inspection, Kind.VICTIM, victims, people["reader"])
    answers = copy_answers(made, people["reader"])
    with connection.cursor() as cursor:
        cursor.execute(GONE)
        cursor.execute("VACUUM ANALYZE")
    decide(made, people["head"])
    return answers


def copy_answers(made: list[Inspection], reader: User) -> int:
    standards, chance = loader.load(data.KEY), Random(5)  # noqa: S311  nothing secret hangs on it
    codes = {kind: list(data.questions(standards, kind).items()) for kind in Kind}
    number, tail = 0, f"1\t{clock.now().isoformat()}\t{reader.pk}\t\t\n"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        with cursor.copy(COPY) as copy:
            for inspection in made:
                lines = list(answers_of(inspection, codes, chance, tail))
                number += len(lines)
                copy.write("".join(lines))
    return number


def answers_of(inspection: Inspection, codes: dict, chance: Random, tail: str) -> Iterator[str]:
    """One service is better than another, so that every rating occurs."""
    good = chance.uniform(0.4, 0.97)
    for case, kind in Case.objects.filter(inspection=inspection).values_list("pk", "kind"):
        for code, is_key in codes[kind]:
            drawn = chance.random()
            value = "na" if drawn > 0.97 else "yes" if drawn < good else "no"
            reason = "kind_of_work" if value == "na" else ""
            evidence = " ".join(chance.choices(WORDS, k=36)) if chance.random() < 0.25 else ""
            yield f"{case}\t{inspection.pk}\t{code}\t{'t' if is_key else 'f'}\t{value}\t{reason}\t{evidence}\t{tail}"


def decide(made: list[Inspection], by: User) -> None:
    """Nine in ten have met: V1.2 is answered, and V1 chosen from what the table then permits."""
    now, chance, tallies = clock.now(), Random(7), tallies_of_all()  # noqa: S311
    meetings = Meeting.objects.bulk_create(
        Meeting(
            inspection=each, started_at=now, started_by=by, evidence_version=0, evidence={}, evidence_digest="0" * 64
        )
        for number, each in enumerate(made)
        if number % 10
    )
    decisions = []
    for meeting in meetings:
        answer = chance.random() < 0.5
        choice = chance.choice(permitted(tallies[meeting.inspection_id]["V1.1"], answer))
        for item, value in ((QUESTION, "yes" if answer else "no"), (TABLE, choice)):
            decisions.append(
                Decision(meeting=meeting, item=item, value=value, reason="Bench", decided_at=now, decided_by=by)
            )
    Decision.objects.bulk_create(decisions, 2_000)


def permitted(tally: Tally, answer: bool) -> tuple[str, ...]:
    standards = loader.load(data.KEY)
    start = key_question(standards, "V1.1", tally).rating
    return permitted_ratings(standards.table(TABLE), start, answer) or ()
