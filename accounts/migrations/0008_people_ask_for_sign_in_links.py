"""Contacts of services sign in with a link or a code from an e-mail."""

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_people_choose_how_they_hear"),
    ]

    operations = [
        migrations.CreateModel(
            name="SignInRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.CharField(max_length=254)),
                ("sender", models.GenericIPAddressField(null=True)),
                ("next_page", models.CharField(blank=True, max_length=500)),
                ("asked_at", models.DateTimeField()),
                ("looked_up_at", models.DateTimeField(null=True)),
                ("token_digest", models.CharField(blank=True, max_length=64)),
                ("code_digest", models.CharField(blank=True, max_length=64)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("used_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(help_text="When its person's access ended.", null=True)),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sign_in_requests",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("email", django.db.models.functions.text.Lower("email"))),
                        name="sign_in_email_is_lower_case",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("person__isnull", True), ("looked_up_at__isnull", False), _connector="OR"),
                        name="sign_in_person_was_looked_up",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("code_digest", ""), ("token_digest", ""), ("used_at__isnull", True)),
                            models.Q(
                                ("person__isnull", False),
                                models.Q(("token_digest", ""), _negated=True),
                                models.Q(("code_digest", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="sign_in_link_is_of_a_person",
                    ),
                    models.CheckConstraint(condition=models.Q(("tries__lte", 5)), name="sign_in_code_tries_are_few"),
                    models.UniqueConstraint(
                        condition=models.Q(("token_digest", ""), _negated=True),
                        fields=("token_digest",),
                        name="sign_in_token_is_one",
                    ),
                ],
            },
        ),
    ]
