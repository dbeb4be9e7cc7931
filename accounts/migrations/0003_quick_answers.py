"""Who wants to may answer by single keys."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_audit_events_are_chained"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="quick_answers",
            field=models.BooleanField(
                db_default=False, default=False, help_text="Single keys answer the questions of a case read."
            ),
        ),
    ]
