"""What the run measures on: inspections in bulk, some with every answer given. Seeded, so every run has the same."""

from datetime import date, timedelta
from random import Random

from django.contrib.auth.hashers import make_password
from django.db import connection

from accounts import clock
from accounts.models import Role, User
from cases.models import Case, CaseloadList, CaseloadRow, Draw, Kind
from documents.models import Document
from inspections.models import Inspection, Membership, Service, Stage, TeamRole, TimelineStep
from standards import loader
from standards.schema import Standards

KEY = "yj-2024"
PASSWORD = "twelve slow brown rivers"
FIRST_MONDAY = date(2027, 6, 7)
CHUNK = 2_000
EVIDENCE = "concat_ws(' ', " + ", ".join(["md5(random()::text)"] * 6) + ")"  # about 200 characters that hardly compress
ANSWERS = f"""
INSERT INTO cases_answer
  (case_id, inspection_id, question, is_key, value, na_reason, evidence, version, changed_at, changed_by_id)
SELECT c.id, c.inspection_id, q.code, q.is_key,
       given.value, CASE WHEN given.value = 'na' THEN 'kind_of_work' ELSE '' END,
       CASE WHEN random() < 0.25 THEN {EVIDENCE} ELSE '' END,
       1, %(now)s, c.reader_id
FROM cases_case c, unnest(%(codes)s::text[], %(is_key)s::bool[]) AS q (code, is_key),
  LATERAL (SELECT CASE WHEN r < 0.72 THEN 'yes' WHEN r < 0.95 THEN 'no' ELSE 'na' END AS value
           FROM (SELECT random() AS r, c.id, q.code) drawn) given
WHERE c.kind = %(kind)s AND c.inspection_id = ANY(%(inspections)s)
"""  # noqa: S608  put together from this file alone
VERSIONS = """
INSERT INTO cases_answerversion (answer_id, version, value, na_reason, evidence, at, by_id, save_id)
SELECT id, 1, value, na_reason, evidence, changed_at, changed_by_id, gen_random_uuid() FROM cases_answer
"""


def people(names: list[str]) -> dict[str, User]:
    password = make_password(PASSWORD)
    return {
        name: User.objects.create(
            email=f"{name}@bench.example", name=name.title(), role=Role.INSPECTOR, password=password
        )
        for name in names
    }


def inspections(count: int, by: User, *, key: str = KEY, first: int = 0) -> list[Inspection]:
    """One service each, fieldwork Mondays over four years."""
    services = Service.objects.bulk_create(
        (Service(name=f"Service {number}", nation="england") for number in range(first, first + count)), CHUNK
    )
    standards, now = loader.load(key), clock.now()
    made = Inspection.objects.bulk_create(
        (
            Inspection(
                ref=f"YB-{number:05d}",
                service=service,
                inspection_type="iyjwcv",
                nation="england",
                standards_key=key,
                standards_hash=standards.content_hash,
                fieldwork_start=FIRST_MONDAY + timedelta(weeks=number % 200),
                stage=Stage.FIELDWORK,
                created_at=now,
                created_by=by,
            )
            for number, service in enumerate(services, start=first)
        ),
        CHUNK,
    )
    timelines(made, standards)
    return made


def timelines(made: list[Inspection], standards: Standards) -> None:
    TimelineStep.objects.bulk_create(
        (
            TimelineStep(
                inspection=inspection,
                step=step.code,
                position=position,
                title=step.title,
                who=step.who,
                rule="Of the benchmark",
                planned=inspection.fieldwork_start + timedelta(weeks=position - 3),
                anticipated=inspection.fieldwork_start + timedelta(weeks=position - 3),
            )
            for inspection in made
            for position, step in enumerate(standards.timeline)
        ),
        CHUNK,
    )


def team(made: list[Inspection], who: User, role: TeamRole) -> None:
    now = clock.now()
    Membership.objects.bulk_create(
        (Membership(inspection=inspection, person=who, role=role, since=now) for inspection in made), CHUNK
    )


def sample(inspection: Inspection, kind: Kind, count: int, reader: User) -> None:
    """An accepted list of exactly these cases, drawn whole and allocated to one reader."""
    now, by = clock.now(), inspection.created_by
    document = Document.objects.create(
        purpose="caseload", label="list.csv", file="-", size=1, sha256="0" * 64, received_at=now, received_from=by
    )
    caseload = CaseloadList.objects.create(
        inspection=inspection,
        kind=kind,
        number=1,
        document=document,
        uploaded_at=now,
        uploaded_by=by,
        accepted_at=now,
        accepted_by=by,
    )
    draw = Draw.objects.create(
        inspection=inspection,
        caseload=caseload,
        kind=kind,
        number=1,
        seed="bench",
        size=count,
        drawn_at=now,
        drawn_by=by,
    )
    drawn = CaseloadRow.objects.bulk_create(row(caseload, number) for number in range(2, count + 2))
    Case.objects.bulk_create(
        Case(
            inspection=inspection,
            kind=kind,
            ref=f"{kind[0].upper()}-{number:02d}",
            row=drawn_row,
            draw=draw,
            reader=reader,
            started_at=now,
        )
        for number, drawn_row in enumerate(drawn, start=1)
    )


def row(caseload: CaseloadList, number: int) -> CaseloadRow:
    chance = Random(f"{caseload.pk} {number}")  # noqa: S311  nothing secret hangs on it
    return CaseloadRow(
        caseload=caseload,
        number=number,
        local_reference=f"L{number:04d}",
        name=f"Bench Child {number}",
        date_of_birth=date(2010, 1, 1) + timedelta(days=chance.randrange(2000)),
        sex=chance.choice(["Male", "Female"]),
        ethnicity=chance.choice(["White", "Black", "Mixed", "Asian"]),
        work_type=chance.choice(["court", "out_of_court"]),
        team=chance.choice(["North", "South"]),
        worker=f"Worker {chance.randrange(9)}",
        started_on=date(2026, 9, 1),
    )


def answers(made: list[Inspection]) -> int:
    """Every question of every case is answered, one in four with evidence. Gives the number of answers."""
    standards = loader.load(KEY)
    with connection.cursor() as cursor:
        cursor.execute("SELECT setseed(0.5)")
        for kind in Kind:
            codes = questions(standards, kind)
            cursor.execute(
                ANSWERS,
                {
                    "now": clock.now(),
                    "codes": list(codes),
                    "is_key": list(codes.values()),
                    "kind": kind,
                    "inspections": [inspection.pk for inspection in made],
                },
            )
        cursor.execute(VERSIONS)
        written = cursor.rowcount
        cursor.execute("VACUUM ANALYZE")
    return written


def questions(standards: Standards, kind: str) -> dict[str, bool]:
    """The code of every question about a case of this kind, and whether it is a key question."""
    found: dict[str, bool] = {}
    for section in standards.sections(kind):
        for key_question in section.key_questions:
            found |= {key_question.code: True} | dict.fromkeys(
                (prompt.code for prompt in key_question.prompts if not prompt.only_if), False
            )
    return found
