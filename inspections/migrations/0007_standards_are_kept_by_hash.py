"""The text of the standards that an inspection begins under is kept, and only ever added to."""

from django.db import migrations, models

from accounts.append_only import only_ever_added_to


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0006_timetables_are_sent"),
        ("accounts", "0002_audit_events_are_chained"),
    ]

    operations = [
        migrations.CreateModel(
            name="StandardsText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("hash", models.CharField(max_length=64, unique=True)),
                ("key", models.CharField(max_length=20)),
                ("content", models.TextField()),
                ("kept_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "hash",
                                models.Func(
                                    models.Func(
                                        models.Func(
                                            models.F("content"),
                                            models.Value("UTF8"),
                                            function="convert_to",
                                            output_field=models.BinaryField(),
                                        ),
                                        function="sha256",
                                        output_field=models.BinaryField(),
                                    ),
                                    models.Value("hex"),
                                    function="encode",
                                    output_field=models.TextField(),
                                ),
                            )
                        ),
                        name="standards_text_has_its_hash",
                    )
                ],
            },
        ),
        only_ever_added_to("inspections_standardstext"),
    ]
