"""What was decided about a reactive inspection stays as it was."""

from django.db import migrations

from accounts.append_only import only_ever_added_to


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0018_alerts_and_reactive_inspections"),
        ("accounts", "0002_audit_events_are_chained"),
    ]

    operations = [only_ever_added_to("inspections_reactivedecision")]
