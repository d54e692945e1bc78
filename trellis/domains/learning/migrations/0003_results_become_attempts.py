"""Every result so far was the one attempt at the one part of its run; the corrections keep their order."""

from django.db import migrations


def as_attempts(apps, schema_editor):
    result_model, attempt_model = apps.get_model("learning", "Result"), apps.get_model("learning", "Attempt")
    made = {}
    for result in result_model.objects.order_by("id"):
        made[result.pk] = attempt_model.objects.create(
            offering_id=result.offering_id,
            person_id=result.person_id,
            part="result",
            sat_on=result.graded_at.date(),
            state="graded",
            score=result.score,
            graded_at=result.graded_at,
            graded_by_id=result.graded_by_id,
            reason=result.reason,
            replaces=made.get(result.replaces_id),
            is_current=result.is_current,
        )


class Migration(migrations.Migration):
    dependencies = [("learning", "0002_assessments_attempts_credits")]

    operations = [migrations.RunPython(as_attempts, migrations.RunPython.noop)]
