from typing import Any

from django.core.management.commands.flush import Command as PlainFlush

from trellis.kit.journal.seal import break_seal, seal


class Command(PlainFlush):
    """Emptying the database empties the journal too, which otherwise refuses to lose an entry."""

    def handle(self, **options: Any) -> None:
        break_seal(options["database"])
        try:
            super().handle(**options)
        finally:
            seal(options["database"])
