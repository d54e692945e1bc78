from datetime import date, timedelta

import pytest
from django.utils import timezone
from django_tasks import task_backends
from django_tasks_db.backend import DatabaseBackend
from django_tasks_db.models import DBTaskResult

from trellis.kit import clock
from trellis.kit.tasks import declare
from trellis.kit.tasks.declare import Planned, every, task
from trellis.kit.tasks.models import Beat, Timer
from trellis.kit.tasks.worker import LOST_AFTER, Worker, start_due, take_back_lost

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
done: list[str] = []


@task(retries=2)
def greet(name: str) -> None:
    done.append(name)
    if name == "nobody":
        raise ValueError("who?")


@task()
def count() -> None:
    done.append("counted")


@pytest.fixture(autouse=True)
def in_the_database(monkeypatch):
    """Tasks wait in the database, as they do outside of tests."""
    done.clear()
    monkeypatch.setattr(task_backends._connections, "default", DatabaseBackend("default", {}), raising=False)


def let_pause_pass() -> None:
    DBTaskResult.objects.update(run_after=timezone.now() - timedelta(seconds=1))


def test_a_task_is_done_once_and_noted():
    greet.enqueue("Linh")
    worker = Worker()
    assert [worker.do_one(), worker.do_one()] == [True, False]
    assert done == ["Linh"]
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"


def test_a_task_that_fails_is_tried_again_with_growing_pauses_and_then_left():
    greet.enqueue("nobody")
    worker, pauses = Worker(), []
    while worker.do_one():
        row = DBTaskResult.objects.get()
        if row.status == "READY":
            pauses.append(row.run_after - timezone.now())
            assert not worker.do_one(), "not before its pause is over"
            let_pause_pass()
    assert len(done) == 3
    assert pauses == sorted(pauses)
    assert DBTaskResult.objects.get().status == "FAILED"


def test_the_task_of_a_worker_that_died_is_done_by_another():
    greet.enqueue("Linh")
    row = DBTaskResult.objects.get()
    row.claim("the dead one")
    DBTaskResult.objects.update(started_at=timezone.now() - LOST_AFTER - timedelta(seconds=1))
    assert take_back_lost() == 1
    let_pause_pass()
    assert Worker().do_one()
    assert done == ["Linh"]


def test_the_task_of_a_worker_that_lives_is_left_alone():
    greet.enqueue("Linh")
    DBTaskResult.objects.get().claim("busy")
    DBTaskResult.objects.update(started_at=timezone.now() - timedelta(hours=3))
    Beat.objects.create(worker="busy", seen_at=timezone.now())
    assert take_back_lost() == 0


def test_the_schedule_starts_a_task_once_though_several_ask(monkeypatch):
    monkeypatch.setattr(declare, "_schedule", {})
    every(minutes=5)(count)
    assert start_due() == 0, "the first time, only the timer is set"
    Timer.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    assert [start_due(), start_due()] == [1, 0]
    assert DBTaskResult.objects.count() == 1


@pytest.mark.parametrize(
    ("planned", "expected"),
    [
        pytest.param(Planned(count, minutes=10), "2026-03-02T08:40", id="every ten minutes"),
        pytest.param(Planned(count, hour=9), "2026-03-02T09:00", id="daily, later today"),
        pytest.param(Planned(count, hour=7), "2026-03-03T07:00", id="daily, its hour has passed"),
    ],
)
def test_when_a_planned_task_is_due_next(planned, expected):
    moment = clock.at_time(date(2026, 3, 2), 8, 30)
    assert timezone.localtime(planned.next_after(moment)).strftime("%Y-%m-%dT%H:%M") == expected


@pytest.mark.django_db(transaction=True)
def test_a_worker_in_a_thread_takes_what_comes_and_stops_when_told():
    greet.enqueue("Linh")  # before it starts: SQLite in memory refuses who writes at once instead of letting them wait
    worker = Worker().start()
    for _moment in range(100):
        if done:
            break
        worker._stop.wait(0.05)
    worker.stop()
    assert done == ["Linh"]
    assert not any(thread.is_alive() for thread in worker._threads)
