"""What was there is looked into like what comes from now on: nothing has given it out so far."""

from django.db import migrations


def tell_kept_from_checked(apps, schema_editor):
    documents = apps.get_model("documents", "Document").objects
    documents.filter(state="received").update(kept=False)
    documents.update(state="received")


def as_it_was(apps, schema_editor):
    documents = apps.get_model("documents", "Document").objects
    documents.update(state="kept")
    documents.filter(kept=False).update(state="received")


class Migration(migrations.Migration):
    dependencies = [("documents", "0004_documents_are_checked")]

    operations = [migrations.RunPython(tell_kept_from_checked, as_it_was)]
