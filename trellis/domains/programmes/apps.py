from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "trellis.domains.programmes"
    label = "programmes"
