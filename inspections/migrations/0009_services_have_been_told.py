"""An inspection knows the day on which its service was first told, so that the service keeps seeing what it was told."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inspections", "0008_standards_of_running_inspections_are_kept")]

    operations = [
        migrations.AddField(
            model_name="inspection",
            name="told_on",
            field=models.DateField(
                blank=True, help_text="The day on which the service was first told ratings.", null=True
            ),
        ),
    ]
