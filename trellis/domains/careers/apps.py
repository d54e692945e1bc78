from django.apps import AppConfig


class CareersConfig(AppConfig):
    name = "trellis.domains.careers"
    label = "careers"
