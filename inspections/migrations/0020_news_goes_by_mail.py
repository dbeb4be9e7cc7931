"""Which e-mail says that there is something new."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0019_reactive_decisions_are_kept"),
    ]

    operations = [
        migrations.AddField(
            model_name="notification",
            name="mail",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="notifications",
                to="inspections.outgoingmail",
            ),
        ),
        migrations.AddIndex(
            model_name="notification",
            index=models.Index(
                condition=models.Q(("mail__isnull", True), ("read_at__isnull", True)),
                fields=["created_at"],
                name="notification_not_mailed",
            ),
        ),
    ]
