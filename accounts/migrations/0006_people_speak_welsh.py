"""Whether a person reads cases and holds interviews in Welsh."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_records_are_sealed"),
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
