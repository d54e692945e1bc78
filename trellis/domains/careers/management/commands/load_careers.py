from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from trellis.domains.careers.actions import load_definitions
from trellis.domains.people.models import Person


class Command(BaseCommand):
    help = "Load a framework (competencies, positions, pathways) from a YAML file. With a fault nothing is loaded."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--actor", default="", help="employee id of who loads it, for the journal")
        parser.add_argument("--preview", action="store_true", help="say what would change, and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        actor = Person.objects.get_queryset().filter(employee_id=options["actor"]).first()
        if options["actor"] and actor is None:
            raise CommandError(f"There is nobody with the employee id {options['actor']}.")
        try:
            text = options["file"].read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{options['file']} cannot be read as UTF-8 text: {error}") from error
        outcome = load_definitions(source=text, actor=actor, preview=options["preview"])
        if outcome.faults:
            listed = "\n".join(str(fault) for fault in outcome.faults)
            raise CommandError(f"{listed}\nFaults: {len(outcome.faults)}. Nothing was loaded.")
        for change in outcome.changes:
            self.stdout.write(f"{change.how} {change.what}: {change.name}")
        self.stdout.write(f"{len(outcome.changes)} changes" + (" would be made." if options["preview"] else "."))
