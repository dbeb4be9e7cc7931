"""Loads the youth justice services of England and Wales (inspections/data/services.csv)."""

import csv
from pathlib import Path

from django.db import migrations

SERVICES = Path(__file__).resolve().parents[1] / "data" / "services.csv"


def load(apps, schema_editor):
    """Those that are there already stay as they are, so that it can be run again on a longer list."""
    with SERVICES.open(newline="", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    service = apps.get_model("inspections", "Service")
    service.objects.bulk_create(
        (service(name=row["service"], nation=row["nation"]) for row in rows), ignore_conflicts=True
    )


class Migration(migrations.Migration):
    dependencies = [("inspections", "0001_initial")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
