from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "trellis.domains.learning"
    label = "learning"
