from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "trellis.kit.ui"
    label = "ui"
