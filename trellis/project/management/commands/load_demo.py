from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from trellis.domains.people.models import Person
from trellis.kit import clock


class Command(BaseCommand):
    help = "Load the demo company, Pixel House, into an empty database: people, definitions and a year of Next Step."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--size", type=int, default=600, help="people employed at the end (600; at least 300)")
        parser.add_argument("--until", type=date.fromisoformat, help="the last day of its history (today)")
        parser.add_argument("--seed", type=int, default=8, help="another number, other people (8)")
        parser.add_argument("--if-empty", action="store_true", help="do nothing when there are people already")

    def handle(self, *_args: Any, **options: Any) -> None:
        from trellis.project.demo.load import load

        if options["size"] < 300:
            raise CommandError("The demo company has at least 300 people; its cohorts need them.")
        if Person.objects.get_queryset().exists():
            if options["if_empty"]:
                return
            raise CommandError("There are people in this database already; the demo company goes into an empty one.")
        load(
            size=options["size"],
            until=options["until"] or clock.today(),
            seed=options["seed"],
            say=lambda line: self.stdout.write(line),
        )
