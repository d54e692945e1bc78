"""Two hundred people check in within a minute: none lost, none twice, no error page.

Against the server that is run in earnest, as processes of their own, on a copy of the tests' database.
"""

import http.client
import os
import socket
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session as SignedIn
from django.db import connection
from django.utils import timezone

from tests.architecture.academy import BACKEND
from tests.architecture.sources import ROOT
from trellis.domains.people.models import Employment, Person
from trellis.domains.sessions import actions
from trellis.domains.sessions.models import CheckIn, Mark, Session
from trellis.domains.sessions.rules.check_in import code_of
from trellis.kit import clock

PEOPLE, AT_ONCE, CLICKING_TWICE = 200, 24, 20
TOKEN = "a" * 32

pytestmark = [pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def session(mai) -> Iterator[Session]:
    """A session that begins in five minutes of the machine's own time, with its check-in open."""
    with clock.moved(to=clock.machine_now()):
        starts = clock.now() + timedelta(minutes=5)
        series = actions.open_series(name="All hands", kind="event", actor=mai)
        session = actions.schedule(
            series=series,
            title="",
            starts_at=starts,
            ends_at=starts + timedelta(hours=1),
            hosts=[mai],
            actor=mai,
        )
        assert actions.open_check_in(session=session, actor=mai) == "opened"
        yield session


@pytest.fixture
def cookies(session, mai) -> list[str]:
    """Two hundred people who are expected, each signed in: their cookies."""
    people = Person.objects.bulk_create(
        [Person(employee_id=f"L-{n}", name=f"Learner {n:03}", email=f"l{n}@pixel.example") for n in range(PEOPLE)]
    )
    Employment.objects.bulk_create([Employment(person=person, began_on="2024-01-08") for person in people])
    actions.take_in(series=session.series, person_ids=[person.pk for person in people], actor=mai)
    signed = [
        SignedIn(
            session_key=f"{person.pk:032}",
            session_data=SessionStore().encode(
                {
                    SESSION_KEY: str(person.pk),
                    BACKEND_SESSION_KEY: BACKEND,
                    HASH_SESSION_KEY: person.get_session_auth_hash(),
                }
            ),
            expire_date=timezone.now() + timedelta(days=1),
        )
        for person in people
    ]
    SignedIn.objects.bulk_create(signed)
    return [row.session_key for row in signed]


@pytest.fixture
def database(cookies, tmp_path) -> dict[str, str]:
    """Where the server finds what the test has written: the same PostgreSQL, or a copy of SQLite as a file."""
    if connection.vendor == "postgresql":
        named = urlsplit(os.environ["DATABASE_URL"])
        return {"DATABASE_URL": named._replace(path=f"/{connection.settings_dict['NAME']}").geturl()}
    with sqlite3.connect(tmp_path / "trellis.sqlite3") as copy:
        connection.connection.backup(copy)
    return {}


@pytest.fixture
def port(database, tmp_path) -> Iterator[int]:
    """The server until the test is over: one process on SQLite, two on PostgreSQL, with four threads each."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("TRELLIS", "PYTEST"))}
    workers = "2" if database else "1"
    command = ["granian", "--interface", "wsgi", "--workers", workers, "--blocking-threads", "4", "--port", str(port)]
    log = (tmp_path / "server.log").open("w")
    server = subprocess.Popen(
        [Path(sys.executable).with_name(command[0]), *command[1:], "trellis.project.wsgi:application"],
        cwd=ROOT,
        env={**environment, "TRELLIS_DATA": str(tmp_path), "SECRET_KEY": settings.SECRET_KEY, **database},
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    try:
        _wait_for(port, server)
        yield port
    finally:
        server.terminate()
        server.wait(30)
        log.close()


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and server.poll() is None:
        try:
            if _ask(port, "GET", "/healthz")[0] == 200:
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail("the server did not start; see server.log in the test's folder")


def _ask(port: int, method: str, path: str, body: str = "", **headers: str) -> tuple[int, str]:
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        asked.request(method, path, body, {"Host": f"localhost:{port}", **headers})
        answer = asked.getresponse()
        said = answer.read().decode(errors="replace")
        return answer.status, answer.getheader("Location") or said
    finally:
        asked.close()


def _marks(tmp_path: Any) -> list[tuple[int, str, str]]:
    """(person, value, way) of every mark that the server wrote."""
    if connection.vendor == "postgresql":
        return list(Mark.objects.values_list("person_id", "value", "way"))
    with sqlite3.connect(tmp_path / "trellis.sqlite3") as kept:
        return kept.execute(f"SELECT person_id, value, way FROM {Mark._meta.db_table}").fetchall()  # noqa: S608, our table


def test_two_hundred_check_in_within_a_minute(session, cookies, port, tmp_path):
    secret = CheckIn.objects.get().secret

    def check_in(key: str) -> tuple[int, str]:
        body = urlencode({"code": code_of(secret, session.pk, clock.machine_now())})
        sent = {"Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": TOKEN}
        return _ask(port, "POST", "/check-in/", body, Cookie=f"sessionid={key}; csrftoken={TOKEN}", **sent)

    began = time.monotonic()
    with ThreadPoolExecutor(AT_ONCE) as crowd:
        answers = list(crowd.map(check_in, [*cookies[:CLICKING_TWICE], *cookies]))
    took = time.monotonic() - began

    assert Counter(answers) == {(302, f"/sessions/{session.pk}/"): PEOPLE + CLICKING_TWICE}
    marks = _marks(tmp_path)
    assert len(marks) == len({person for person, _value, _way in marks}) == PEOPLE
    assert {(value, way) for _person, value, way in marks} == {("present", "code")}
    assert took < 60
