from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from trellis.domains.careers.definitions import write
from trellis.domains.careers.models import Framework
from trellis.domains.careers.queries import definitions_of


class Command(BaseCommand):
    help = "Write a framework out as YAML, as load_careers reads it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("framework", help="its code")

    def handle(self, *args: Any, **options: Any) -> None:
        framework = Framework.objects.filter(code=options["framework"]).first()
        if framework is None:
            known = ", ".join(Framework.objects.values_list("code", flat=True)) or "none"
            raise CommandError(f"There is no framework {options['framework']}; there are: {known}.")
        self.stdout.write(write(definitions_of(framework)), ending="")
