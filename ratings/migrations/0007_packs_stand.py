"""A pack is only ever added to; who was at a meeting stands once its record is frozen."""

from django.db import migrations

from accounts.append_only import only_ever_added_to


class Migration(migrations.Migration):
    dependencies = [("ratings", "0006_packs")]

    operations = [
        only_ever_added_to("ratings_pack"),
        migrations.RunSQL(
            "CREATE TRIGGER frozen_keeps_its_members BEFORE INSERT OR UPDATE ON ratings_attendance "
            "FOR EACH ROW EXECUTE FUNCTION refuse_decision_when_frozen()",
            "DROP TRIGGER frozen_keeps_its_members ON ratings_attendance",
        ),
    ]
