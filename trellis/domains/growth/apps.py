from django.apps import AppConfig


class GrowthConfig(AppConfig):
    name = "trellis.domains.growth"
    label = "growth"
