from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "trellis.surfaces.web"
    label = "web"
