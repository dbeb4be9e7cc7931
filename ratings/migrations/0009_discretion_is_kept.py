"""What a meeting says of discretion is only ever added to, and nothing more once its record is frozen."""

from django.db import migrations

from accounts.append_only import only_ever_added_to


class Migration(migrations.Migration):
    dependencies = [("ratings", "0008_discretion_and_findings"), ("accounts", "0002_audit_events_are_chained")]

    operations = [
        only_ever_added_to("ratings_discretionnote"),
        migrations.RunSQL(
            "CREATE TRIGGER frozen_takes_no_discretion BEFORE INSERT ON ratings_discretionnote "
            "FOR EACH ROW EXECUTE FUNCTION refuse_decision_when_frozen()",
            "DROP TRIGGER frozen_takes_no_discretion ON ratings_discretionnote",
        ),
    ]
