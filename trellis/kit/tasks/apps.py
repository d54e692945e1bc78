from django.apps import AppConfig
from django.db.models.signals import post_migrate


class TasksConfig(AppConfig):
    name = "trellis.kit.tasks"
    label = "kit_tasks"

    def ready(self) -> None:
        from trellis.kit.tasks.wiping import keep_out_of_statistics

        post_migrate.connect(keep_out_of_statistics, sender=self, dispatch_uid="private-statistics")
