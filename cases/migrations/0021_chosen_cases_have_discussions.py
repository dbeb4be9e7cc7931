"""Numbers the discussions of cases that were chosen before discussions had rows of their own."""

from collections import Counter

from django.db import migrations


def number_them(apps, schema_editor):
    discussions, given = apps.get_model("cases", "Discussion").objects, Counter()
    for case in apps.get_model("cases", "Case").objects.filter(is_macd=True).order_by("inspection", "ref"):
        given[case.inspection_id] += 1
        discussions.create(inspection_id=case.inspection_id, number=given[case.inspection_id], case=case)


class Migration(migrations.Migration):
    dependencies = [("cases", "0020_discussions_and_their_reviews")]
    operations = [migrations.RunPython(number_them, migrations.RunPython.noop)]
