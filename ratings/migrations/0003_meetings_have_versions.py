"""Signed ratings can be opened again: the next version of the meeting replaces the one before, and says why."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("ratings", "0002_signed_ratings_stand")]

    operations = [
        migrations.AddField(
            model_name="meeting",
            name="replaces",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaced_by",
                to="ratings.meeting",
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="because",
            field=models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=Q(number=1, replaces__isnull=True, because="")
                | (Q(number__gt=1, replaces__isnull=False) & ~Q(because="")),
                name="meeting_replaces_for_a_reason",
            ),
        ),
    ]
