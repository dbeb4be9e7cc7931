"""The announcement as it was sent, and the notes of the planning meeting."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0016_mail_to_addresses"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Announcement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("letter", models.JSONField()),
                ("letter_cy", models.TextField(blank=True)),
                ("contacts", models.JSONField(help_text="The names of the contacts of the service who were told.")),
                ("yjb_email", models.EmailField(max_length=254)),
                ("sent_on", models.DateField()),
                (
                    "reason",
                    models.CharField(blank=True, help_text="Why it was not sent on a Wednesday.", max_length=300),
                ),
                ("sent_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="PlanningMeeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("answers", models.JSONField(default=dict)),
                ("decisions", models.TextField(blank=True)),
                (
                    "language",
                    models.CharField(
                        blank=True, choices=[("en", "English"), ("cy", "Welsh"), ("both", "Both")], max_length=4
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("saved_at", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="announcement",
            name="inspection",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="announcement", to="inspections.inspection"
            ),
        ),
        migrations.AddField(
            model_name="announcement",
            name="sent_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="planningmeeting",
            name="inspection",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="planning_meeting",
                to="inspections.inspection",
            ),
        ),
        migrations.AddField(
            model_name="planningmeeting",
            name="saved_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="announcement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("sent_on__iso_week_day", 3), models.Q(("reason", ""), _negated=True), _connector="OR"
                ),
                name="announcement_on_a_wednesday_or_for_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="planningmeeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("language__in", ["", "en", "cy", "both"])),
                name="planning_meeting_language_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="planningmeeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("version__gte", 1)), name="planning_meeting_was_saved"
            ),
        ),
    ]
