"""What somebody had written and gave up for another version of an answer is kept, and stays as it was."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from accounts.append_only import only_ever_added_to


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0003_answers_say_why_and_reads_are_reopened"),
        ("accounts", "0002_audit_events_are_chained"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SetAside",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("question", models.CharField(max_length=20)),
                (
                    "value",
                    models.CharField(
                        blank=True, choices=[("yes", "Yes"), ("no", "No"), ("na", "Not applicable")], max_length=3
                    ),
                ),
                ("na_reason", models.CharField(blank=True, max_length=300)),
                ("evidence", models.TextField(blank=True)),
                ("despite_reason", models.CharField(blank=True, max_length=1000)),
                ("change_reason", models.CharField(blank=True, max_length=1000)),
                ("based_on", models.PositiveIntegerField()),
                ("gave_way_to", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                ("save_id", models.UUIDField(unique=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="set_aside", to="cases.case"
                    ),
                ),
            ],
            options={
                "ordering": ["case", "question", "at"],
                "indexes": [models.Index(fields=["case", "question", "gave_way_to"], name="set_aside_of_a_version")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("value__in", ["", "yes", "no", "na"])), name="set_aside_value_is_known"
                    )
                ],
            },
        ),
        only_ever_added_to("cases_setaside"),
    ]
