"""Inspections that began before texts were kept: theirs is the file, where it still has the hash that they began under."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.db import migrations
from django.utils import timezone


def keep_texts(apps, schema_editor):
    wanted = set(apps.get_model("inspections", "Inspection").objects.values_list("standards_hash", flat=True))
    texts = apps.get_model("inspections", "StandardsText").objects
    for path in sorted(Path(settings.BASE_DIR, "standards", "data").glob("*.toml")):
        content = path.read_bytes()
        found = hashlib.sha256(content).hexdigest()
        if found in wanted:
            texts.create(hash=found, key=path.stem, content=content.decode(), kept_at=timezone.now())


class Migration(migrations.Migration):
    dependencies = [("inspections", "0007_standards_are_kept_by_hash")]

    operations = [migrations.RunPython(keep_texts, migrations.RunPython.noop)]
