"""Whether a person reads cases and holds interviews in Welsh."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_unsent_answers_have_keys"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="speaks_welsh",
            field=models.BooleanField(
                db_default=False, default=False, help_text="Reads cases and holds interviews in Welsh."
            ),
        ),
    ]
