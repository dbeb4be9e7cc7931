"""Concerns, and the notes that are added to them and stay as they are."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from accounts.append_only import only_ever_added_to


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0004_answers_set_aside_are_kept"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Concern",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("once", models.UUIDField(unique=True)),
                ("seen", models.TextField()),
                (
                    "told",
                    models.CharField(
                        choices=[("yes", "Yes, the service has been told"), ("not_yet", "Not yet")], max_length=7
                    ),
                ),
                ("told_whom", models.CharField(blank=True, max_length=200)),
                ("told_at", models.DateTimeField(blank=True, null=True)),
                ("raised_at", models.DateTimeField()),
                (
                    "escalated_at",
                    models.DateTimeField(blank=True, help_text="When the head of programme was told.", null=True),
                ),
                ("acknowledged_at", models.DateTimeField(blank=True, null=True)),
                ("done", models.TextField(blank=True)),
                (
                    "acknowledged_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="concerns", to="cases.case"
                    ),
                ),
                (
                    "raised_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-raised_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="ConcernNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("told_whom", models.CharField(max_length=200)),
                ("told_at", models.DateTimeField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "concern",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notes", to="cases.concern"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.AddIndex(
            model_name="concern",
            index=models.Index(
                condition=models.Q(("acknowledged_at__isnull", True)), fields=["raised_at"], name="concern_waiting"
            ),
        ),
        migrations.AddConstraint(
            model_name="concern",
            constraint=models.CheckConstraint(
                condition=models.Q(("told__in", ["yes", "not_yet"])), name="concern_told_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="concern",
            constraint=models.CheckConstraint(
                condition=models.Q(("seen", ""), _negated=True), name="concern_says_what_was_seen"
            ),
        ),
        migrations.AddConstraint(
            model_name="concern",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("told", "yes"), ("told_at__isnull", False), models.Q(("told_whom", ""), _negated=True)),
                    models.Q(("told", "not_yet"), ("told_at__isnull", True), ("told_whom", "")),
                    _connector="OR",
                ),
                name="concern_told_somebody_or_not_yet",
            ),
        ),
        migrations.AddConstraint(
            model_name="concern",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("acknowledged_at__isnull", True), ("acknowledged_by__isnull", True), ("done", "")),
                    models.Q(
                        ("acknowledged_at__isnull", False),
                        ("acknowledged_by__isnull", False),
                        models.Q(("done", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="concern_acknowledged_by_someone_who_did_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="concernnote",
            constraint=models.CheckConstraint(
                condition=models.Q(("told_whom", ""), _negated=True), name="concern_note_says_who_was_told"
            ),
        ),
        only_ever_added_to("cases_concernnote"),
    ]
