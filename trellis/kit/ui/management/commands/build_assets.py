from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from trellis.kit.ui.assets import UnknownIconError, build


class Command(BaseCommand):
    help = "Build the style sheet, the icon sprite and the scripts."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            built = build(settings.BUILD, [settings.ROOT / "trellis"])
        except UnknownIconError as unknown:
            raise CommandError(str(unknown)) from None
        self.stdout.write(f"style sheet {built.css_bytes} bytes, {len(built.icons)} icons")
