from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "trellis.kit.journal"
    label = "journal"
