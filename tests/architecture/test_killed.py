"""The process is killed at any point of a batch: after a restart each thing is done once, or not at all.

The work is done in a process of its own that kills itself (SIGKILL: nothing is tidied up) before its n-th statement; a
second process then does what a restart does, and a look at the books ends it. On SQLite each point begins from a copy
of the same file; on PostgreSQL the kills follow each other on one database, which is what a bad night looks like.
"""

import json
import os
import shutil
import signal
import sqlite3
import traceback
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.models import Count
from django_tasks import task_backends
from django_tasks_db.backend import DatabaseBackend
from django_tasks_db.models import DBTaskResult

from trellis.domains.credentials import actions as credentials
from trellis.domains.credentials import tasks as credential_tasks
from trellis.domains.credentials.models import Ceremony, Certificate
from trellis.domains.opportunities import actions as opportunities
from trellis.domains.opportunities.models import Opening, PassingOver, Placement
from trellis.domains.people.models import Employment, Holding, Person
from trellis.domains.programmes.models import Journey
from trellis.domains.programmes.tests.story import LATER, approve, carry_to_review, join, load, open_cohort
from trellis.domains.recognition import actions as recognition
from trellis.domains.recognition.models import PayrollLine, PayrollRun, Transfer
from trellis.domains.recognition.queries import bonuses, unlisted
from trellis.kit import clock
from trellis.kit.journal.models import Entry
from trellis.kit.journal.outbox import deliver
from trellis.kit.notices.models import Notice
from trellis.kit.tasks.jobs import start_job
from trellis.kit.tasks.models import Beat, Job
from trellis.kit.tasks.worker import Worker, take_back_lost
from trellis.surfaces.exchange.models import ImportRun
from trellis.surfaces.exchange.people_import import actions as imports

pytestmark = [pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]
Work = Callable[[], Any]
POINTS = 12  # of each batch; a statement more or less moves them all, so that over time every point is met
GRADUATES = 4


class Killed:
    """What `in_a_process` gives back of a process that was killed."""


def in_a_process(work: Work, *, file: Path | None, kill_before: int = 0) -> Any:
    """What the work gives back, done in a process of its own; or `Killed`. `kill_before`: which statement kills it."""
    answer, told = os.pipe()
    connection.close()
    child = os.fork()
    if not child:  # pragma: no cover, another process
        try:
            os.write(told, json.dumps(_alone(work, file, kill_before)).encode())
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
    os.close(told)
    with os.fdopen(answer) as reader:
        said = reader.read()
    _pid, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return Killed
    assert os.WEXITSTATUS(status) == 0, "the work broke; its fault is printed above"
    return json.loads(said)


def _alone(work: Work, file: Path | None, kill_before: int) -> Any:
    if file:  # the file instead of the database in memory, which another process cannot share
        connection.connection = None
        connection.settings_dict["NAME"] = str(file)
    count = 0

    def counting(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal count
        count += 1
        if count == kill_before:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(counting):
        given = work()
    connection.close()
    return {"given": given, "statements": count}


def killed_everywhere(tmp_path: Path, work: Work, again: Work, look: Work) -> None:
    """Kill the work at many points; after each, and after `again`, what `look` finds must be all right (empty)."""
    if connection.vendor != "sqlite":
        for point in (3, 9, 14, 22, 31, 43, 60):
            in_a_process(work, file=None, kill_before=point)
        in_a_process(again, file=None)
        assert in_a_process(look, file=None)["given"] == {}
        return
    whole = tmp_path / "whole.sqlite3"
    with sqlite3.connect(whole) as copy:
        connection.ensure_connection()
        connection.connection.backup(copy)
    copy.close()

    def fresh() -> Path:
        for old in tmp_path.glob("one.sqlite3*"):
            old.unlink()
        one = tmp_path / "one.sqlite3"
        one.write_bytes(whole.read_bytes())
        if files.exists():  # what is put away once the work is done
            shutil.copytree(files, tmp_path / "files", dirs_exist_ok=True)
        return one

    files = tmp_path / "files-before"
    if (tmp_path / "files").exists():
        shutil.copytree(tmp_path / "files", files)

    statements = in_a_process(work, file=fresh())["statements"]
    killed, wrong = 0, {}
    for point in range(1, statements + 1, max(1, statements // POINTS)):
        one = fresh()
        killed += in_a_process(work, file=one, kill_before=point) is Killed
        in_a_process(again, file=one)
        if found := in_a_process(look, file=one)["given"]:
            wrong[point] = found
    assert killed >= POINTS // 2, f"of {statements} statements, few were met"
    assert not wrong


@pytest.fixture
def data(tmp_path, settings):
    settings.DATA = tmp_path
    return tmp_path


@pytest.fixture
def due(company, data, mai, thuy, minh, hire):
    """Four people who were approved."""
    cohort = open_cohort(load(mai), mai, thuy)
    people = [hire(f"Graduate{n}") for n in range(GRADUATES)]
    holders = [minh, thuy, *(hire(f"Holder{n}", position=company.team_leader) for n in range(GRADUATES - 2))]
    journeys = [join(person, cohort) for person in people]
    for journey, holder in zip(journeys, holders, strict=True):
        approve(carry_to_review(journey, thuy, holder), mai)
    with clock.moved(to=LATER):
        yield journeys


def once(model: Any, field: str, many: int) -> dict[str, Any]:
    """Empty when there are so many rows and no two with the same value."""
    counts = dict(model.objects.order_by().values_list(field).annotate(n=Count("pk")))
    good = len(counts) == many and set(counts.values()) == {1}
    return {} if good else {model.__name__: [len(counts), sum(counts.values())]}


def facts(kind: str, many: int) -> dict[str, Any]:
    found = Entry.objects.filter(kind=kind).count()
    return {} if found == many else {kind: found}


def do_what_waits() -> None:
    worker = Worker()
    while worker.do_one():
        pass


def restart() -> None:
    """A new process: tasks of the one that is gone are taken back, then everything that waits is done."""
    Beat.objects.all().delete()
    DBTaskResult.objects.running().update(started_at=clock.machine_now() - timedelta(hours=1))
    take_back_lost()
    do_what_waits()


@pytest.fixture
def _in_the_background(monkeypatch):
    monkeypatch.setattr(task_backends._connections, "default", DatabaseBackend("default", {}), raising=False)


@pytest.mark.usefixtures("_in_the_background")
def test_the_certificates_of_a_graduation(data, due, mai):
    evening = clock.at_time(LATER, 18)
    ceremony = credentials.plan_ceremony(
        starts_at=evening, ends_at=evening + timedelta(hours=2), place="Hall", journeys=due, actor=mai
    ).ceremony
    deliver()
    DBTaskResult.objects.all().delete()

    def work() -> None:
        start_job(credential_tasks.issue_all, owner=mai, ceremony_id=ceremony.pk, only_present=False)
        do_what_waits()

    def again() -> None:
        restart()
        assert not Job.objects.filter(state=Job.State.RUNNING).exists(), "a job that fell over says so"
        work()
        deliver()

    def look() -> dict[str, Any]:
        assert Ceremony.objects.count() == 1
        return {
            **once(Certificate, "journey", GRADUATES),
            **once(Transfer, "key", GRADUATES),
            **facts("credentials.issued", GRADUATES),
            **facts("programmes.completed", GRADUATES),
            **({} if not Journey.objects.filter(completed_at=None).exists() else {"journeys": "not complete"}),
            **(
                {}
                if Notice.objects.filter(kind="credentials.issued").values("person").distinct().count()
                == Notice.objects.filter(kind="credentials.issued").count()
                == GRADUATES
                else {"notices": Notice.objects.filter(kind="credentials.issued").count()}
            ),
        }

    killed_everywhere(data, work, again, look)


def test_the_list_for_payroll(data, due, mai, hoa):
    for journey in due:
        assert credentials.issue(journey=journey, actor=mai, on=clock.today()).ok

    def work() -> None:
        recognition.make_list(actor=hoa)

    def look() -> dict[str, Any]:
        numbers = list(PayrollRun.objects.order_by("number").values_list("number", flat=True))
        return {
            **once(PayrollLine, "transfer", GRADUATES),
            **({} if numbers == [1] else {"numbers": numbers}),
            **facts("recognition.list_made", 1),
            **({} if not unlisted().exists() and bonuses().count() == GRADUATES else {"left": unlisted().count()}),
        }

    killed_everywhere(data, work, work, look)


def test_the_choice_and_the_promotion(data, company, due, mai, hoa):
    for journey in due:
        credentials.issue(journey=journey, actor=mai, on=clock.today())
    opening = opportunities.open_post(
        position=company.team_leader, unit=company.team, closes_on=clock.today(), actor=hoa
    )
    deliver()
    first, second = (journey.person for journey in due[:2])

    def work() -> None:
        outcome = opportunities.choose(
            opening=Opening.objects.get(pk=opening.pk),
            person=Person.objects.get_queryset().get(pk=second.pk),
            on=clock.today() + timedelta(days=20),
            reasons={first.pk: "Moves abroad in May"},
            actor=hoa,
        )
        assert outcome.ok, outcome.code
        deliver()

    def look() -> dict[str, Any]:
        held = list(Holding.objects.filter(person=second).order_by("began_on").values_list("began", "ended_on"))
        good = [began for began, _end in held] == ["joined", "promoted"] and held[0][1] and not held[1][1]
        told = Notice.objects.filter(kind="opportunities.chosen").count()
        return {
            **once(Placement, "person", 1),
            **once(PassingOver, "person", 1),
            **({} if good else {"history": [began for began, _end in held]}),
            **({} if Opening.objects.get().closed_at else {"opening": "still open"}),
            **facts("people.promoted", 1),
            **facts("opportunities.closed", 1),
            **({} if told == 1 else {"told": told}),
        }

    killed_everywhere(data, work, work, look)


def test_an_import_of_people(data, company, hoa):
    rows = "\n".join(f"N-{n},New {n},{company.team.name},{company.photo_editor.name},2026-02-02" for n in range(30))
    content = f"Employee ID,Name,Department,Position,Hire date\n{rows}\n".encode()
    run = imports.bring(content=content, file_name="new.csv", actor=hoa)
    assert not imports.look(run=run).faults

    def work() -> None:
        outcome = imports.apply(run=ImportRun.objects.get(pk=run.pk), actor=hoa)
        assert outcome.done, outcome.reason

    def look() -> dict[str, Any]:
        new = Person.objects.get_queryset().filter(employee_id__startswith="N-")
        counts = [new.count(), Employment.objects.filter(person__in=new).count()]
        counts.append(Holding.objects.filter(person__in=new).count())
        return {} if counts == [30] * 3 else {"people": counts}

    killed_everywhere(data, work, work, look)
