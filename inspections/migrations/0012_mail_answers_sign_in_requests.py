"""E-mails answer those who asked for a sign-in link."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0008_people_ask_for_sign_in_links"),
        ("inspections", "0011_evidence_is_asked_for"),
    ]

    operations = [
        migrations.AddField(
            model_name="outgoingmail",
            name="sign_in",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="accounts.signinrequest",
            ),
        ),
    ]
