"""What was recorded of an interview stays as it was."""

from django.db import migrations

from accounts.append_only import only_ever_added_to


class Migration(migrations.Migration):
    dependencies = [("cases", "0016_interviews_are_recorded"), ("accounts", "0002_audit_events_are_chained")]

    operations = [only_ever_added_to("cases_interviewrecord")]
