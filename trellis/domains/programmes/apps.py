from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ProgrammesConfig(AppConfig):
    name = "trellis.domains.programmes"
    label = "programmes"

    def ready(self) -> None:
        from trellis.domains.programmes.seal import seal

        post_migrate.connect(seal, sender=self)
