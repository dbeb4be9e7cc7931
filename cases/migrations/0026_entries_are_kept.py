"""What the team wrote about a discussion stays as it was, version by version."""

from django.db import migrations

from accounts.append_only import only_ever_added_to


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0025_themes_come_from_discussions"),
        ("accounts", "0002_audit_events_are_chained"),
    ]

    operations = [only_ever_added_to("cases_entryversion")]
