from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from trellis.domains.careers.actions import load_definitions
from trellis.domains.careers.queries import known_beside
from trellis.domains.people.models import Person
from trellis.surfaces.exchange.published import CODE, read_published


class Command(BaseCommand):
    help = "Import a published framework of roles and skills from its two CSV files. With a fault nothing is imported."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("roles", type=Path, help="one row for each skill of each level of each role")
        parser.add_argument("skills", type=Path, help="one row for each skill")
        parser.add_argument("--actor", default="", help="employee id of who imports it, for the journal")

    def handle(self, *args: Any, **options: Any) -> None:
        actor = Person.objects.get_queryset().filter(employee_id=options["actor"]).first()
        if options["actor"] and actor is None:
            raise CommandError(f"There is nobody with the employee id {options['actor']}.")
        try:
            roles, skills = options["roles"].read_bytes(), options["skills"].read_bytes()
        except OSError as error:
            raise CommandError(str(error)) from error
        definitions, faults = read_published(roles, skills, known_beside(CODE))
        if definitions is None:
            listed = "\n".join(str(fault) for fault in faults)
            raise CommandError(f"{listed}\nFaults: {len(faults)}. Nothing was imported.")
        outcome = load_definitions(source=definitions, actor=actor)
        self.stdout.write(
            f"{len(definitions.pathways)} pathways, {len(definitions.positions)} positions,"
            f" {len(definitions.competencies)} competencies; {len(outcome.changes)} changes."
        )
