"""`manage.py import_people FILE`: what the wizard does, for a file on the server and for scripts."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trellis.domains.people.models import Person
from trellis.surfaces.exchange.models import ImportMapping
from trellis.surfaces.exchange.people_import import actions, texts
from trellis.surfaces.exchange.people_import.finding import Found
from trellis.surfaces.exchange.people_rules.faults import Unreadable
from trellis.surfaces.exchange.people_rules.reading import read_people

SHOWN = 100


class Command(BaseCommand):
    help = "Import people from a CSV or XLSX file: all rows or none, unless --partial."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--actor", metavar="EMAIL", help="who is named as the one who did it")
        parser.add_argument("--mapping", default="", metavar="NAME", help="columns as kept under this name")
        parser.add_argument("--sheet", default="", help="the sheet of a workbook")
        parser.add_argument("--dry-run", action="store_true", help="only say what would change")
        parser.add_argument("--partial", action="store_true", help="take the good rows and leave out the others")
        parser.add_argument("--missing-left", action="store_true", help="who is not in the file has left")

    def handle(self, *, file: Path, **options: Any) -> None:
        actor = self._actor(options["actor"])
        if options["mapping"] and not ImportMapping.objects.filter(name=options["mapping"]).exists():
            raise CommandError(_("There is no mapping called %(name)s.") % {"name": options["mapping"]})
        try:
            content = file.read_bytes()
            table = read_people(content, sheet=options["sheet"])
            run = actions.bring(
                content=content, file_name=file.name, actor=actor, sheet=options["sheet"], mapping=options["mapping"]
            )
        except OSError as fault:
            raise CommandError(f"{file}: {fault.strerror}") from None
        except Unreadable as fault:
            raise CommandError(f"{file}: {texts.of_file(fault)}") from None
        wishes = {"partial": options["partial"], "missing_left": options["missing_left"]}
        actions.choose(run=run, columns=run.columns, date_order=run.date_order, **wishes)
        found = actions.look(run=run, table=table)
        self._tell(found)
        if options["dry_run"] or not found.may_apply:
            actions.discard(run=run)
        if not found.may_apply:
            raise CommandError(str(texts.OUTCOMES["faults"]))
        if not options["dry_run"]:
            outcome = actions.apply(run=run, actor=actor, table=table)
            if outcome.reason == "nothing_new":
                actions.discard(run=run)
            self.stdout.write(str(texts.OUTCOMES[outcome.reason]) if outcome.reason else _("Done."))

    def _actor(self, email: str | None) -> Person | None:
        if not Person.objects.get_queryset().exists():
            return None  # nobody is here yet who could be named
        if not email:
            raise CommandError(_("Say who does it: --actor EMAIL."))
        found = Person.objects.get_queryset().filter(email__iexact=email).first()
        if not found:
            raise CommandError(_("Nobody here has the address %(email)s.") % {"email": email})
        return found

    def _tell(self, found: Found) -> None:
        counts = found.plan.counts
        for kind, name in texts.KIND_NAMES.items():
            if counts.get(kind):
                self.stdout.write(f"{name}: {counts[kind]}")
        self.stdout.write(_("Unchanged: %(count)s") % {"count": counts.get("unchanged", 0)})
        faults = found.plan.faults
        for fault in faults[:SHOWN]:
            field = texts.FIELD_NAMES[fault.field]
            where = _("row %(row)s, %(field)s") % {"row": fault.row, "field": field}
            self.stderr.write(f"{where}: {fault.value!r}: {texts.of_fault(fault)}")
        more = len(faults) - SHOWN
        if more > 0:
            self.stderr.write(ngettext("and %(n)s more fault", "and %(n)s more faults", more) % {"n": more})
