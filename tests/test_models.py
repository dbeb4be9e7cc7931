"""Every model, walked: what the database itself must hold. A new model that forgets one of these fails here."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.db.models import CheckConstraint, Model, Q

OURS = ("accounts", "inspections", "documents", "cases", "ratings")
MODELS = [model for app in OURS for model in apps.get_app_config(app).get_models()]
RECORDS = {
    "accounts.AuditEvent",
    "accounts.Seal",
    "inspections.ReactiveDecision",
    "cases.AnswerVersion",
    "cases.SetAside",
    "cases.ConcernNote",
    "cases.EntryVersion",
    "cases.FindingVersion",
    "cases.FindingSupport",
    "cases.FindingAgreement",
    "cases.InterviewRecord",
    "cases.MeetingNoteVersion",
    "cases.NoteVersion",
    "cases.QueryMessage",
    "cases.ReviewMark",
    "cases.Settlement",
    "cases.ThemeAgreement",
    "inspections.StandardsText",
    "ratings.Decision",
    "ratings.DiscretionNote",
    "ratings.Signature",
    "ratings.Outcome",
    "ratings.Pack",
}
# A row that means nothing without the other may go with it.
GOES_WITH = {
    ("accounts.Session", "person"),
    ("cases.CaseloadRow", "caseload"),
    ("inspections.Booking", "slot"),
    ("inspections.OutgoingMail", "sign_in"),
    ("cases.SlotCase", "slot"),
}
# Pairs whose names do not share a stem.
PAIRS = {("inspections.TimelineStep", "actual", "recorded_by")}


def fields(kind: type[models.Field]) -> list[tuple[type[Model], models.Field]]:
    return [(model, field) for model in MODELS for field in model._meta.local_fields if isinstance(field, kind)]


def checked_fields(model: type[Model]) -> list[set[str]]:
    """The fields that each check constraint of the model speaks of."""
    checks = [constraint for constraint in model._meta.constraints if isinstance(constraint, CheckConstraint)]
    return [named(check.condition) for check in checks]


def named(condition: Q) -> set[str]:
    found: set[str] = set()
    for part in condition.children:
        found |= named(part) if isinstance(part, Q) else {part[0].split("__")[0]}
    return found


def who_and_when() -> list[tuple[type[Model], str, str]]:
    """Every optional time with the optional person who did it, by the stem of their names."""
    found = []
    for model in MODELS:
        optional = {field.name for field in model._meta.local_fields if field.null}
        for name in sorted(optional):
            stem = name.removesuffix("_at")
            if name.endswith("_at") and f"{stem}_by" in optional:
                found.append((model, name, f"{stem}_by"))
    return found + [(apps.get_model(label), when, who) for label, when, who in sorted(PAIRS)]


def label(value: object) -> str:
    return getattr(value, "__name__", None) or getattr(value, "name", None) or str(value)


@pytest.mark.parametrize(("model", "when", "who"), who_and_when(), ids=label)
def test_who_and_when_are_checked_together(model, when, who):
    assert any({when, who} <= checked for checked in checked_fields(model))


def test_the_walk_finds_who_and_when():
    assert ("Case", "sent_at", "sent_by") in {(model.__name__, when, who) for model, when, who in who_and_when()}


@pytest.mark.parametrize(("model", "field"), fields(models.ForeignKey), ids=label)
def test_nothing_that_is_referred_to_can_be_deleted(model, field):
    behaviour = models.CASCADE if (model._meta.label, field.name) in GOES_WITH else models.PROTECT
    assert field.remote_field.on_delete is behaviour


CHOICES = [(model, field) for model, field in fields(models.Field) if field.choices]


@pytest.mark.parametrize(("model", "field"), CHOICES, ids=label)
def test_a_field_of_choices_takes_nothing_else_in_the_database(model, field):
    assert {field.name} in checked_fields(model)


@pytest.mark.django_db
@pytest.mark.parametrize("model", MODELS, ids=label)
def test_every_constraint_of_the_model_is_in_the_database(model):
    with connection.cursor() as cursor:
        present = connection.introspection.get_constraints(cursor, model._meta.db_table)
    assert {constraint.name for constraint in model._meta.constraints} - set(present) == set()


@pytest.mark.django_db
def test_exactly_the_records_are_guarded_against_change():
    guarded = "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'only_ever_added_to' AND tgenabled = 'O'"
    with connection.cursor() as cursor:
        cursor.execute(guarded)
        tables = {table for (table,) in cursor.fetchall()}
    assert tables == {apps.get_model(label)._meta.db_table for label in RECORDS}


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
@pytest.mark.parametrize("record", sorted(RECORDS))
def test_the_database_refuses_to_change_a_record(record, statement):
    table = apps.get_model(record)._meta.db_table
    with pytest.raises(IntegrityError, match="it is only ever added to"), transaction.atomic():
        connection.cursor().execute(statement.format(table))
