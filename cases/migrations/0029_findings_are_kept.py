"""What a finding said, what it rested on and who agreed with it stays as it was."""

from django.db import migrations

from accounts.append_only import only_ever_added_to


class Migration(migrations.Migration):
    dependencies = [("cases", "0028_evidence_and_findings"), ("accounts", "0002_audit_events_are_chained")]

    operations = [
        only_ever_added_to("cases_findingversion"),
        only_ever_added_to("cases_findingsupport"),
        only_ever_added_to("cases_findingagreement"),
    ]
