"""A service lists the people whom the team will meet."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0013_contacts_invite_colleagues"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="persontomeet",
            name="available",
            field=models.CharField(
                blank=True, help_text="When they can be met, in the service's words.", max_length=300
            ),
        ),
        migrations.AddField(
            model_name="persontomeet",
            name="listed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="persontomeet",
            name="listed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="persontomeet",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("listed_at__isnull", True), ("listed_by__isnull", True)),
                    models.Q(("listed_at__isnull", False), ("listed_by__isnull", False)),
                    _connector="OR",
                ),
                name="person_to_meet_listed_by_someone",
            ),
        ),
    ]
