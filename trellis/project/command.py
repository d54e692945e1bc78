"""The `trellis` command, for those who run it.

Django is loaded only by the verbs that need it: the process that watches over the web processes stays small.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import CommandError

Verb = Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the words, do the verb, end with its code. Faults an operator can mend are sentences, not tracebacks."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trellis.project.settings")
    os.umask(0o077)  # what is written is about people: nobody else on the machine reads it
    words = _words()
    options = words.parse_args(arguments)
    try:
        code = options.verb(options)
    except ImproperlyConfigured as fault:
        sys.stderr.write(f"{fault}\n")
        code = 2
    except CommandError as fault:
        sys.stderr.write(f"{fault}\n")
        code = 1
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)


def _words() -> argparse.ArgumentParser:
    words = argparse.ArgumentParser(prog="trellis", description="The academy that a company runs inside itself.")
    verbs = words.add_subparsers(required=True, metavar="verb")

    def verb(name: str, does: Verb, help_: str) -> argparse.ArgumentParser:
        parser = verbs.add_parser(name, help=help_, description=help_)
        parser.set_defaults(verb=does)
        return parser

    verb("serve", serve, "Serve the web pages.")
    verb("worker", worker, "Run background tasks (with TRELLIS_TASKS=worker).")
    verb("migrate", migrate, "Make or update the database, and build what is served.")
    bring = verb("import", import_people, "Import people from a CSV or XLSX file, as the wizard does.")
    bring.add_argument("file", type=Path)
    bring.add_argument("rest", nargs=argparse.REMAINDER, help="see `trellis import file --help`")
    name = verb("administrator", administrator, "Make somebody administrator of the whole company, and invite them.")
    name.add_argument("email", help="of somebody who was imported")
    save = verb("backup", backup, "Write database, files and secret key into one archive.")
    save.add_argument("archive", type=Path, help="a new file, such as academy-2026-03-02.tar.gz")
    load = verb("restore", restore, "Put an archive into an empty database, of whichever kind.")
    load.add_argument("archive", type=Path)
    load.add_argument("--force", action="store_true", help="replace what is in the database now")
    show = verb("demo", demo, "Load the demo company, to try things on.")
    show.add_argument("--if-empty", action="store_true", help="do nothing when there are people already")
    show.add_argument("--people", type=int, default=600, help="how many people the company has (600)")
    verb("settings", settings_table, "List what the environment may set.")
    verb("check", check, "Look for faults in the settings and the database.")
    return words


def _django(*, database: bool = True, tables: bool = True) -> None:
    """Load Django, and see that what the verb needs is there before it begins."""
    import django

    django.setup()
    if not database:
        return
    from trellis.project.ready import fault_of_database

    if fault := fault_of_database(tables=tables):
        raise CommandError(fault)


def serve(options: argparse.Namespace) -> int:
    """Build what is out of date, see that the database is, then serve until told to stop."""
    from trellis.project import server

    return server.serve()


def worker(options: argparse.Namespace) -> int:
    """Run tasks until told to stop."""
    _django()
    from trellis.kit.tasks.worker import run_forever

    run_forever()
    return 0


def migrate(options: argparse.Namespace) -> int:
    """Database, cache table, style sheet, catalogues."""
    _django(tables=False)
    from django.core.management import call_command

    from trellis.project.prepare import build

    call_command("migrate", interactive=False, verbosity=1)
    call_command("createcachetable", verbosity=0)
    build()
    return 0


def import_people(options: argparse.Namespace) -> int:
    """Hand over to the importer, which has options of its own."""
    _django()
    from django.core.management import call_command

    call_command("import_people", str(options.file), *options.rest)
    return 0


def administrator(options: argparse.Namespace) -> int:
    """The first one cannot be named by another in the browser; who may use this command may do anything anyhow."""
    _django()
    from trellis.domains.people.actions.invitations import invite
    from trellis.domains.people.actions.roles import grant_role
    from trellis.domains.people.models import Person, RoleGrant

    person = Person.objects.here().filter(email__iexact=options.email).first()
    if person is None:
        return _told((False, f"Nobody employed today has the address {options.email}. Import people first."))
    grant_role(person=person, role=RoleGrant.Role.ADMINISTRATOR, unit=None, actor=None)
    invited = invite(person=person, actor=None).sent
    letter = f"A letter with the way in went to {person.email}." if invited else "They sign in as before."
    return _told((True, f"{person.name} is an administrator. {letter}"))


def backup(options: argparse.Namespace) -> int:
    """Write the archive; the academy may be in use meanwhile."""
    _django()
    from trellis.project.backup import back_up

    return _told(back_up(options.archive))


def restore(options: argparse.Namespace) -> int:
    """Put the archive back, all of it or nothing."""
    _django()
    from trellis.project.restore import put_back

    return _told(put_back(options.archive, force=options.force))


def _told(outcome: tuple[bool, str]) -> int:
    done, sentence = outcome
    if sentence:
        (sys.stdout if done else sys.stderr).write(f"{sentence}\n")
    return 0 if done else 1


def demo(options: argparse.Namespace) -> int:
    """Make the database, load the company into it, tell who can sign in."""
    _django(tables=False)
    from django.core.management import call_command

    from trellis.project.prepare import build

    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    build()
    call_command("load_demo", size=options.people, if_empty=options.if_empty)
    call_command("demo_signins")
    return 0


def settings_table(options: argparse.Namespace) -> int:
    """Every variable with its default and what it is for."""
    from trellis.project import environment

    sys.stdout.write(environment.table() + "\n")
    return 0


def check(options: argparse.Namespace) -> int:
    """Django's checks, those for a server on the open net included, and whether migrations wait."""
    _django(database=False)
    from django.core.management import call_command

    from trellis.project.ready import fault_of_database

    fault = fault_of_database()
    _told((not fault, fault))
    call_command("check", deploy=True, fail_level="WARNING")
    return 1 if fault else 0


if __name__ == "__main__":
    main()
