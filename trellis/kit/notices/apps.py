from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "trellis.kit.notices"
    label = "notices"
