"""When news comes by e-mail."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_people_speak_welsh"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="email_news",
            field=models.CharField(
                choices=[
                    ("digest", "In one e-mail at 7:30am on working days"),
                    ("at_once", "At once"),
                    ("none", "Not by e-mail"),
                ],
                db_default="digest",
                default="digest",
                help_text="When news comes by e-mail.",
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(("email_news__in", ["digest", "at_once", "none"])), name="user_email_news_is_known"
            ),
        ),
    ]
