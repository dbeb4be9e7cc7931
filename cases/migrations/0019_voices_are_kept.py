"""What meeting notes said, and who agreed with a theme, stays as it was."""

from django.db import migrations

from accounts.append_only import only_ever_added_to


class Migration(migrations.Migration):
    dependencies = [("cases", "0018_voices"), ("accounts", "0002_audit_events_are_chained")]

    operations = [only_ever_added_to("cases_meetingnoteversion"), only_ever_added_to("cases_themeagreement")]
