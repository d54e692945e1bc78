"""Bringing the demo company in: definitions, people by the import, then the academy's story through its actions."""

import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from trellis.domains.careers import actions as careers
from trellis.domains.careers.models import Competency, Evidence, ProfileItem
from trellis.domains.people.models import Holding, Person, RoleGrant
from trellis.domains.programmes import actions as programmes
from trellis.domains.programmes.models import ProgrammeVersion
from trellis.kit import clock
from trellis.kit.notices.models import Notice
from trellis.project.demo import history
from trellis.project.demo.boards import fill_boards
from trellis.project.demo.calendars import keep_time
from trellis.project.demo.cast import CAST, PASSWORD
from trellis.project.demo.delegation import say_who_decides
from trellis.project.demo.drafts import write_drafts
from trellis.project.demo.goals import want_things
from trellis.project.demo.joining import fill_and_move
from trellis.project.demo.meetings import meet_mentors
from trellis.project.demo.mentors import find_mentors
from trellis.project.demo.office import act_on_some
from trellis.project.demo.people import bring_in
from trellis.project.demo.programmes import begin_the_makers_year, define_the_others
from trellis.project.demo.qingdao import live_in_qingdao
from trellis.project.demo.rooms import fill_rooms, open_rooms
from trellis.project.demo.season import holders, live_through
from trellis.project.demo.shelves import fill_shelves
from trellis.project.demo.six_days import plan_the_days
from trellis.project.demo.story import hear
from trellis.project.demo.trusting import trust_and_offer
from trellis.project.demo.wishes import want_and_need

Say = Callable[[str], None]


def load(*, size: int, until: date, say: Say, seed: int = 8) -> None:
    """Load the company into an empty database, whole or not at all.

    Reactions run as the story goes; what would only send mail about the past is dropped with the transaction's
    callbacks.
    """
    began = time.monotonic()

    def told(what: str) -> None:
        say(f"{time.monotonic() - began:5.1f} s  {what}")

    with transaction.atomic():
        content = history.people_file(size, until, seed)
        bring_in(content, actor=_first_person("hoa", content))
        told(f"{size:,} people here now, {Person.objects.get_queryset().count():,} in eight years")
        cast = {part.key: Person.objects.get(email=part.email) for part in CAST}
        _let_in(cast)
        with clock.moved(to=until - timedelta(days=600)):
            version = define(cast["mai"])
            define_the_others(cast["mai"])
            open_rooms(cast["mai"])
        told("positions, competencies, courses and five programmes are defined")
        told(f"{_what_they_can(until):,} pieces of evidence")
        with clock.moved(to=until - timedelta(days=40)):
            _talk(cast)
        live_through(version=version, cast=cast, until=until, size=size, say=told)
        begin_the_makers_year(cast, until)
        write_drafts(version, cast["mai"], until)
        plan_the_days(cast=cast, holders=holders(cast, until), until=until)
        with clock.moved(to=clock.at_time(until - timedelta(days=1), 21)):
            fill_rooms(cast, until)
        told(fill_and_move(cast=cast, until=until))
        act_on_some(cast, until)
        keep_time(cast, until)
        told(want_things(cast, until))
        fill_boards(cast, until)
        say_who_decides(cast, until)
        want_and_need(cast, until)
        fill_shelves(cast, until)
        find_mentors(cast, until)
        meet_mentors(cast, until)
        trust_and_offer(cast, until)
        live_in_qingdao(cast, until)
        hear()
        Notice.objects.exclude(mail=Notice.Mail.NOT_WANTED).update(mail=Notice.Mail.NOT_WANTED)
        Notice.objects.filter(created_at__lt=clock.at_time(until - timedelta(days=15))).update(
            read_at=clock.at_time(until - timedelta(days=5))
        )
        # Every reaction has run; what is left would post letters about things long past.
        transaction.get_connection().run_on_commit.clear()
    told("loaded")


def programme_file() -> Path:
    """The programme's definition, in a checkout or beside an installed package."""
    return Path(settings.PROGRAMMES) / "next-step.yaml"


def define(actor: Person) -> ProgrammeVersion:
    """Load the positions and what they ask, the courses, and the programme; all faults stop it with their sentences."""
    outcome = programmes.load_file(text=programme_file().read_text(encoding="utf-8"), actor=actor)
    if outcome.version is None:
        raise ValueError("\n".join(str(fault) for fault in outcome.faults))
    return outcome.version


def _first_person(key: str, content: bytes) -> Person:
    """Somebody has to be there to import the others; the file brings the rest of what is known about her."""
    part = next(part for part in CAST if part.key == key)
    number = next(line.split(",")[0] for line in content.decode().splitlines() if f",{part.email}," in line)
    return Person.objects.create_user(email=part.email, employee_id=number, name=part.name)


def _let_in(cast: dict[str, Person]) -> None:
    """Passwords and roles for the cast."""
    secret = make_password(PASSWORD)  # once: it is slow on purpose
    Person.objects.get_queryset().filter(pk__in=[p.pk for p in cast.values()]).update(password=secret)
    for part in CAST:
        for role in part.roles:
            RoleGrant.objects.get_or_create(
                person=cast[part.key],
                role=role,
                unit=None,
                defaults={"began_on": clock.today() - timedelta(days=500), "granted_by": cast["tuan"]},
            )
    Person.objects.get_queryset().filter(pk=cast["xiaoyu"].pk).update(language="zh-hans")


def _talk(cast: dict[str, Person]) -> None:
    """Thúy talks with two of her team: what she saw them do, and what they think themselves."""
    for key, competency, level, note in (
        ("linh", "leading", 1, "Ran the team for a day while I was away."),
        ("linh", "feedback", 2, "Talks about pictures so that people come back to ask her."),
        ("linh", "written-communication", 1, "Her handovers need no question."),
        ("nam", "feedback", 1, ""),
    ):
        seen = Competency.objects.get(code=competency)
        careers.record_evidence(
            person=cast[key], competency=seen, level=level, source="assessed", actor=cast["thuy"], note=note
        )
    own = Competency.objects.get(code="english")
    careers.record_evidence(person=cast["linh"], competency=own, level=1, source="self", actor=cast["linh"])


def _what_they_can(until: date) -> int:
    """What everybody brought along: their position's profile, one level less here and there, more with the years.

    Written in bulk: as single actions 600 people would take longer than all the rest together.
    """
    profiles: dict[int, list[tuple[int, int]]] = {}
    items = ProfileItem.objects.values_list("position_id", "competency_id", "level")
    for position, competency, level in items:
        profiles.setdefault(position, []).append((competency, level))
    tops = {pk: max((level.level for level in c.levels.all()), default=1) for pk, c in _competencies().items()}
    retouching = [pk for pk, c in _competencies().items() if c.code in {"retouching", "colour"}]
    rows = []
    here = Holding.objects.filter(ended_on=None, person__employments__ended_on=None)
    for person, position, began in here.values_list("person_id", "position_id", "person__employments__began_on"):
        years = (until - began).days / 365
        for competency, level in profiles.get(position, []):
            die = (person * 31 + competency * 17) % 10
            shown = level - (die < 2) + (competency in retouching and years > 1.5 and die > 4)
            if 0 < shown <= tops[competency]:
                rows.append(
                    Evidence(
                        person_id=person,
                        competency_id=competency,
                        level=shown,
                        shown_on=max(began, until - timedelta(days=90 + die * 40)),
                        source=Evidence.Source.IMPORTED,
                        note="Yearly talk",
                        origin="yearly-talk",
                    )
                )
    Evidence.objects.bulk_create(rows, batch_size=5000)
    return len(rows)


def _competencies() -> dict[int, Competency]:
    return {c.pk: c for c in Competency.objects.prefetch_related("levels")}
