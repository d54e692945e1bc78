from django.apps import AppConfig


class MentoringConfig(AppConfig):
    name = "trellis.domains.mentoring"
    label = "mentoring"
