from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class AccessConfig(AppConfig):
    name = "trellis.kit.access"
    label = "access"

    def ready(self) -> None:
        autodiscover_modules("access", "events", "reactions", "tasks")
