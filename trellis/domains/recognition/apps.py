from django.apps import AppConfig


class RecognitionConfig(AppConfig):
    name = "trellis.domains.recognition"
    label = "recognition"
