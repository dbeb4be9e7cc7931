"""Contacts invite colleagues to a few places, and choose their language."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0012_mail_answers_sign_in_requests"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="servicecontact",
            name="invited_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="servicecontact",
            name="invited_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="servicecontact",
            name="language",
            field=models.CharField(blank=True, choices=[("en", "English"), ("cy", "Welsh")], max_length=2),
        ),
        migrations.AddField(
            model_name="servicecontact",
            name="needs",
            field=models.CharField(
                blank=True, help_text="What helps them to take part, in their own words.", max_length=500
            ),
        ),
        migrations.AddField(
            model_name="servicecontact",
            name="place",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="servicecontact",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until__isnull", True)),
                fields=("service", "place"),
                name="service_contact_one_a_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="servicecontact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("invited_at__isnull", True), ("invited_by__isnull", True), ("place__isnull", True)),
                    models.Q(("invited_at__isnull", False), ("invited_by__isnull", False), ("place__range", (1, 5))),
                    _connector="OR",
                ),
                name="service_contact_invited_to_one_of_five_places",
            ),
        ),
        migrations.AddConstraint(
            model_name="servicecontact",
            constraint=models.CheckConstraint(
                condition=models.Q(("language__in", ["", "en", "cy"])), name="service_contact_language_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="servicecontact",
            constraint=models.CheckConstraint(
                condition=models.Q(("needs", ""), models.Q(("language", ""), _negated=True), _connector="OR"),
                name="service_contact_needs_with_language",
            ),
        ),
    ]
