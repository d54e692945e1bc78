from django.apps import AppConfig
from django.db.models.signals import post_migrate


class JournalConfig(AppConfig):
    name = "trellis.kit.journal"
    label = "journal"

    def ready(self) -> None:
        from trellis.kit.journal.seal import after_migrating

        post_migrate.connect(after_migrating, sender=self, dispatch_uid="journal-seal")
