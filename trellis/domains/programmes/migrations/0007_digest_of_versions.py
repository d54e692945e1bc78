from django.db import migrations, models

from trellis.domains.programmes.models.definitions import digest_of


def fill(apps, schema_editor):
    versions = apps.get_model("programmes", "ProgrammeVersion")
    for version in versions.objects.all():
        versions.objects.filter(pk=version.pk).update(digest=digest_of(version.definition))


class Migration(migrations.Migration):
    dependencies = [("programmes", "0006_acts_on_many")]

    operations = [
        migrations.AddField(
            model_name="programmeversion",
            name="digest",
            field=models.CharField(default="", editable=False, max_length=32),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
