"""The day for inspections whose service has been told already, from the timeline."""

from django.db import migrations

TOLD = """
UPDATE inspections_inspection i SET told_on = COALESCE(
  (SELECT t.actual FROM inspections_timelinestep t WHERE t.inspection_id = i.id AND t.step = 'service_told'),
  CURRENT_DATE)
WHERE i.stage = 'told'
"""


class Migration(migrations.Migration):
    dependencies = [("inspections", "0009_services_have_been_told")]

    operations = [migrations.RunSQL(TOLD, migrations.RunSQL.noop)]
