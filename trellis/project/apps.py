from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "trellis.project"
    label = "project"
