from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "trellis.kit.tasks"
    label = "kit_tasks"
