from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from trellis.kit.ui.assets import build


class Command(BaseCommand):
    help = "Build the style sheet, the icon sprite and the scripts."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        css, icons, ms = build(settings.BUILD, [settings.ROOT / "trellis"])
        self.stdout.write(f"css {css} B, {icons} icons, {ms:.0f} ms")
