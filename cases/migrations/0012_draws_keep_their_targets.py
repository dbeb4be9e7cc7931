"""A draw keeps the targets that the lead inspector set for its groups."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0011_slots_cover_cases"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="draw",
            name="targets",
            field=models.JSONField(default=list, help_text="[values of a group, cases]: all, once the lead set them."),
        ),
    ]
