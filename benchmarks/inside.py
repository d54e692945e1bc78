"""What is measured inside Trellis' own process: `python benchmarks/inside.py <step> <argument>`; prints JSON.

Each step runs in a process of its own, on the database that TRELLIS_DATA and DATABASE_URL name.
"""

import gc
import json
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trellis.project.settings")
CLASS, MEETINGS, CARDS = 250, 20, 1000


@contextmanager
def clocked(found: dict[str, float], name: str) -> Iterator[None]:
    """Wall and CPU seconds of the block."""
    gc.collect()
    wall, cpu = time.perf_counter(), time.process_time()
    yield
    found[f"{name}_s"] = time.perf_counter() - wall
    found[f"{name}_cpu_s"] = time.process_time() - cpu


def prepare(size: int) -> dict[str, Any]:
    """An empty database, migrated, with the demo company of the size and a class of 250 people and 20 meetings."""
    from django.core.management import call_command

    from trellis.project.prepare import build

    found: dict[str, Any] = {}
    with redirect_stdout(sys.stderr):
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        build()
        with clocked(found, "load_demo"):
            call_command("load_demo", size=size)
        with clocked(found, "big_class"):
            session = big_class()
    _analyse()
    found["pages"] = pages(session)
    return found


def _analyse() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def big_class() -> int:
    """A course of 20 meetings for 250 people, twelve of them held; returns the thirteenth. Written in bulk."""
    from trellis.domains.learning import actions as learning
    from trellis.domains.learning.models import Course
    from trellis.domains.people.models import Person
    from trellis.domains.sessions.actions import PlannedSession
    from trellis.domains.sessions.models import Mark
    from trellis.kit import clock

    academy = Person.objects.get(email="mai@pixel.example")
    teacher = Person.objects.get(email="huong@pixel.example")
    first = clock.today() - timedelta(weeks=12)
    starts = [clock.at_time(first + timedelta(weeks=n)) for n in range(MEETINGS)]
    offering = learning.open_offering(
        course=Course.objects.get(code="english-at-work"),
        name="English for everybody",
        starts_on=first,
        ends_on=first + timedelta(weeks=MEETINGS),
        places=CLASS,
        actor=academy,
        teachers=[teacher],
        sessions=[PlannedSession("", start, start + timedelta(hours=2), [teacher]) for start in starts],
    )
    people = list(Person.objects.here().exclude(pk=teacher.pk).order_by("pk").values_list("pk", flat=True)[:CLASS])
    learning.enrol(offering=offering, person_ids=people, way_in="staff", actor=academy)
    sessions = list(offering.series.sessions.order_by("starts_at"))
    values = ("present",) * 17 + ("late", "absent", "excused")
    Mark.objects.bulk_create(
        [
            Mark(session=session, person_id=pk, value=values[(pk * 7 + n * 3) % 20], marked_by=teacher)
            for n, session in enumerate(sessions[:12])
            for pk in people
        ],
        batch_size=1000,
    )
    return sessions[12].pk


def big_board(owner: Any) -> int:
    """A board of a thousand cards in five columns; returns its id. Written in bulk."""
    from trellis.domains.growth.models import Board, Card, Column
    from trellis.kit import clock

    board = Board.objects.create(owner=owner, name="A thousand cards")
    columns = Column.objects.bulk_create(Column(board=board, name=f"Column {n}", rank=f"{n:02}") for n in range(5))
    Card.objects.bulk_create(
        Card(
            column=columns[n % 5],
            rank=f"{n:05}",
            title=f"Card {n} of a thousand",
            due_on=clock.today() + timedelta(days=n % 60) if n % 3 == 0 else None,
        )
        for n in range(CARDS)
    )
    return board.pk


def pages(session: int) -> dict[str, dict[str, str]]:
    """Page -> its address and the cookie of who looks at it."""
    from django.db.models import Count

    from trellis.domains.people.models import Person
    from trellis.domains.programmes.models import Cohort, Journey
    from trellis.domains.sessions.models import Session

    nam = Person.objects.get(email="nam@pixel.example")
    hoa = Person.objects.get(email="hoa@pixel.example")
    teacher = Person.objects.get(email="huong@pixel.example")
    journey = Journey.objects.filter(person=nam).latest("joined_at")
    offering = Session.objects.get(pk=session).series.offering.pk
    mai = Person.objects.get(email="mai@pixel.example")
    largest = Cohort.objects.annotate(people=Count("journeys")).order_by("-people", "pk")[0].pk
    own, hr, host, academy = _cookie(nam), _cookie(hoa), _cookie(teacher), _cookie(mai)
    board = big_board(nam)
    return {
        "home": {"path": "/", "cookie": own},
        "journey": {"path": f"/journeys/{journey.pk}/", "cookie": own},
        "position": {"path": "/positions/team-leader/", "cookie": own},
        "map": {"path": "/pathways/", "cookie": own},
        "register": {"path": f"/sessions/{session}/register/", "cookie": host},
        "roster": {"path": f"/offerings/{offering}/", "cookie": host},
        "people": {"path": "/people/?page=3", "cookie": hr},
        "week": {"path": "/sessions/calendar/?view=week", "cookie": own},
        "today": {"path": "/today/", "cookie": academy},
        "queue": {"path": "/waiting/", "cookie": academy},
        "cohort": {"path": f"/cohorts/{largest}/", "cookie": academy},
        "dates": {"path": f"/cohorts/{largest}/dates/", "cookie": academy},
        "funnel": {"path": "/funnel/", "cookie": academy},
        "pool": {"path": "/pool/", "cookie": academy},
        "supply": {"path": "/pool/supply/", "cookie": academy},
        "board": {"path": f"/boards/{board}/", "cookie": own},
        "card_search": {"path": "/boards/search/?q=thousand", "cookie": own},
        "goals": {"path": "/goals/", "cookie": own},
        "mentors": {"path": "/mentors/find/", "cookie": own},
        "mentor_supply": {"path": "/mentors/supply/", "cookie": academy},
    }


def _cookie(person: Any) -> str:
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "trellis.domains.people.signing_in.Backend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return f"sessionid={session.session_key}"


def statements(described: str) -> dict[str, Any]:
    """Page -> SQL statements, bytes of HTML, status; the second time it is asked for."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    found: dict[str, Any] = {}
    for name, page in json.loads(described).items():
        client = Client(headers={"host": "127.0.0.1"}, raise_request_exception=False)
        client.cookies["sessionid"] = page["cookie"].split("=", 1)[1]
        client.get(page["path"])
        with CaptureQueriesContext(connection) as caught:
            answer = client.get(page["path"])
        found[name] = {"statements": len(caught), "bytes": len(answer.content), "status": answer.status_code}
    return found


def bring_people(size: int) -> dict[str, Any]:
    """Import a list of so many people into an empty database, then again unchanged; memory of the process."""
    from django.core.management import call_command

    from trellis.domains.people.models import Person
    from trellis.kit import clock
    from trellis.project.demo.history import people_file

    with redirect_stdout(sys.stderr):
        call_command("migrate", interactive=False, verbosity=0)
    content = people_file(size, clock.today(), history=False)
    actor = Person.objects.create_user(email="office@pixel.example", employee_id="OFFICE", name="Office")
    found: dict[str, Any] = {"bytes": len(content)}
    before = _most_memory()
    found["first_reason"] = _import(content, actor, found, "first")
    found["people"] = Person.objects.get_queryset().count() - 1
    found["again_reason"] = _import(content, actor, found, "again")
    found["memory_mb"], found["memory_before_mb"] = _most_memory(), before
    return found


def _import(content: bytes, actor: Any, found: dict[str, Any], name: str) -> str:
    from trellis.surfaces.exchange.people_import import actions

    with clocked(found, name):
        run = actions.bring(content=content, file_name="people.csv", actor=actor)
        actions.look(run=run)
        return actions.apply(run=run, actor=actor).reason


def _most_memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def readiness(positions: int) -> dict[str, Any]:
    """Everyone here against so many positions, with reasons; and the kernel alone."""
    from trellis.domains.careers import queries
    from trellis.domains.careers.models import ProfileItem
    from trellis.domains.people.models import Person, Position
    from trellis.kit import clock

    known = list(Position.objects.filter(profile__isnull=False).distinct().prefetch_related("profile"))
    for number in range(len(known), positions):
        like = known[number % len(known)]
        position, _new = Position.objects.get_or_create(
            code=f"measured-{number}", defaults={"name": f"Measured {number}"}
        )
        if not position.profile.exists():
            ProfileItem.objects.bulk_create(
                ProfileItem(position=position, competency_id=i.competency_id, level=max(1, i.level - number % 2))
                for i in like.profile.all()
            )
    found: dict[str, Any] = {"people": Person.objects.here().count()}
    queries.readiness_of_everyone(clock.today())
    kernel = _count_kernel(queries)
    with clocked(found, "whole"):
        queries.readiness_of_everyone(clock.today())
    found["kernel_s"] = kernel()
    found["positions"] = Position.objects.filter(profile__isnull=False).distinct().count()
    found["memory_mb"] = _most_memory()
    return found


def _count_kernel(queries: Any) -> Callable[[], float]:
    """Time spent in the pure function that decides; its input, a bit for each person, is made while rows are read."""
    from trellis.domains.careers import rules

    spent = [0.0]

    def timed(function: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            began = time.perf_counter()
            try:
                return function(*args, **kwargs)
            finally:
                spent[0] += time.perf_counter() - began

        return wrapped

    rules.readiness = timed(rules.readiness)
    return lambda: spent[0]


def dry_run() -> dict[str, Any]:
    """Every programme tried out on everybody it is open to, the slowest told; what is kept of it, in kilobytes."""
    from trellis.domains.people.models import Person
    from trellis.domains.programmes.queries.dry_run import Who
    from trellis.domains.programmes.queries.dry_run import dry_run as try_out
    from trellis.domains.programmes.queries.offers import latest_versions
    from trellis.domains.programmes.queries.standings import definition_of
    from trellis.kit import clock

    slowest: dict[str, Any] = {"people": Person.objects.here().count(), "whole_s": 0.0}
    for version in latest_versions():
        found: dict[str, Any] = {"programme": version.programme.code}
        with clocked(found, "whole"):
            trial = try_out(definition_of(version), Who(), on=clock.today())
        found |= {"tried": len(trial.rows), "kept_kb": len(json.dumps(trial.as_data())) / 1024}
        if found["whole_s"] >= slowest["whole_s"]:
            slowest |= found
    return slowest | {"memory_mb": _most_memory()}


STEPS: dict[str, Callable[..., dict[str, Any]]] = {
    "prepare": lambda size: prepare(int(size)),
    "statements": statements,
    "import": lambda size: bring_people(int(size)),
    "readiness": lambda positions: readiness(int(positions)),
    "dry_run": lambda _unused: dry_run(),
}

if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(STEPS[sys.argv[1]](sys.argv[2])))
