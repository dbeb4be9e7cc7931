"""Each person has a key a day for what their browsers have not sent yet."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import accounts.models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_audit_events_are_chained"),
    ]

    operations = [
        migrations.CreateModel(
            name="DraftKey",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("key", models.BinaryField()),
                ("day", models.DateField()),
                ("made_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="draft_keys",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-day"],
                "constraints": [
                    models.UniqueConstraint(fields=("person", "day"), name="draft_key_is_one_a_day"),
                    models.CheckConstraint(condition=accounts.models.IsAesKey("key"), name="draft_key_has_256_bits"),
                ],
            },
        ),
    ]
