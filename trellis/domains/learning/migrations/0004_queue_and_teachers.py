import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import trellis.kit.clock


class Migration(migrations.Migration):
    dependencies = [
        ("learning", "0003_results_become_attempts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="course",
            name="usual_teachers",
            field=models.ManyToManyField(
                blank=True,
                related_name="courses_taught",
                to=settings.AUTH_USER_MODEL,
                verbose_name="usual teachers",
            ),
        ),
        migrations.AddField(
            model_name="offering",
            name="book_until",
            field=models.DateField(blank=True, null=True, verbose_name="places can be taken until"),
        ),
        migrations.CreateModel(
            name="InQueue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked_at", models.DateTimeField(default=trellis.kit.clock.now)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "offering",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="queue", to="learning.offering"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="waits_for_runs",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "in queue",
                "ordering": ["asked_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)), fields=("offering", "person"), name="run_queue_once"
                    )
                ],
            },
        ),
    ]
