"""E-mails may go to somebody who has no account."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0015_services_ask_for_changes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="outgoingmail",
            name="address",
            field=models.EmailField(blank=True, help_text="Of somebody who has no account here.", max_length=254),
        ),
        migrations.AlterField(
            model_name="outgoingmail",
            name="link",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AlterField(
            model_name="outgoingmail",
            name="person",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="outgoing_mail",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="outgoingmail",
            constraint=models.UniqueConstraint(
                condition=models.Q(("address", ""), _negated=True),
                fields=("address", "key"),
                name="outgoing_mail_once_an_address",
            ),
        ),
        migrations.AddConstraint(
            model_name="outgoingmail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("address", ""), ("person__isnull", False)),
                    models.Q(("person__isnull", True), models.Q(("address", ""), _negated=True), ("link", "")),
                    _connector="OR",
                ),
                name="outgoing_mail_to_a_person_or_an_address",
            ),
        ),
    ]
