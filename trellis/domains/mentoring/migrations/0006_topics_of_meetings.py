import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("mentoring", "0005_meetings")]

    operations = [
        migrations.RemoveConstraint(model_name="point", name="point_once"),
        migrations.RenameModel(old_name="Point", new_name="MeetingTopic"),
        migrations.AlterField(
            model_name="meetingtopic",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="topics", to="mentoring.meeting"
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingtopic",
            constraint=models.UniqueConstraint(fields=("meeting", "author", "text"), name="meeting_topic_once"),
        ),
    ]
