"""Doing the tasks: one thread takes one after the other.

Inside the web process it is a thread (`run_in_thread`), for larger companies a process of its own (`run_forever`).
Several may run at once; the rows they take are locked, the schedule is leased, and what one that died had taken is
taken back.
"""

import atexit
import contextlib
import logging
import os
import secrets
import signal
import socket
import threading
from datetime import timedelta

from django.db import DatabaseError, close_old_connections, connection, transaction
from django_tasks.signals import task_enqueued
from django_tasks_db.models import DBTaskResult

from trellis.kit import clock
from trellis.kit.tasks.declare import retries_of, schedule
from trellis.kit.tasks.jobs import lose, run_job
from trellis.kit.tasks.models import Beat, Timer

log = logging.getLogger(__name__)
SECONDS_IDLE = 1.0
SECONDS_BETWEEN_BEATS = 15
LOST_AFTER = timedelta(minutes=2)

_wake = threading.Event()


def _woken(**_ignored: object) -> None:
    transaction.on_commit(_wake.set)


class Worker:
    """Takes what is due until it is told to stop; a task under way is finished first."""

    def __init__(self) -> None:
        self.name = f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(4)}"
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []

    def start(self) -> "Worker":
        """Work in a thread of this process."""
        task_enqueued.connect(_woken, dispatch_uid="trellis-worker")
        for name, function in (("tasks", self.work), ("beats", self._beat)):
            thread = threading.Thread(target=function, name=name, daemon=True)
            thread.start()
            self._threads.append(thread)
        return self

    def stop(self, *, seconds: float = 20) -> None:
        """Take nothing new, and give what is under way so long to end."""
        self._stop.set()
        _wake.set()
        for thread in self._threads:
            thread.join(seconds)

    def work(self) -> None:
        while not self._stop.is_set():
            _wake.clear()
            try:
                close_old_connections()
                start_due()
                busy = self.do_one()
            except DatabaseError:
                # A database that is away for a moment must not end the only thread that would notice its return.
                log.exception("the worker could not reach the database")
                connection.close()
                busy = False
            if not busy:
                _wake.wait(SECONDS_IDLE)
        connection.close()

    def do_one(self) -> bool:
        """Take the task that is due first and do it; False when there is none."""
        due = DBTaskResult.objects.ready()
        if not due.exists():  # without the lock that taking one needs
            return False
        with transaction.atomic():
            taken = due.get_locked()
            if taken is None:
                return False
            taken.claim(self.name)
        run(taken)
        return True

    def _beat(self) -> None:
        while not self._stop.is_set():
            with contextlib.suppress(DatabaseError):
                close_old_connections()
                Beat.objects.update_or_create(worker=self.name, defaults={"seen_at": clock.machine_now()})
                take_back_lost()
            self._stop.wait(SECONDS_BETWEEN_BEATS)
        with contextlib.suppress(DatabaseError):
            Beat.objects.filter(worker=self.name).delete()
        connection.close()


def run(taken: DBTaskResult) -> None:
    """Do one task that was taken, and note how it went."""
    try:
        result = taken.task_result
        taken.set_successful(result.task.call(*result.args, **result.kwargs))
    except Exception as fault:
        log.exception("task %s failed", taken.task_path)
        _try_again_or_fail(taken, fault)


def _try_again_or_fail(taken: DBTaskResult, fault: Exception) -> None:
    attempts = len(taken.worker_ids)
    if attempts > retries_of(taken.task_path):
        taken.set_failed(fault)
        if taken.task_path == run_job.module_path:
            lose(taken.args_kwargs["args"][0])
        return
    taken.status = "READY"
    taken.run_after = clock.machine_now() + timedelta(seconds=5 * 4**attempts)
    taken.save(update_fields=["status", "run_after"])


def take_back_lost() -> int:
    """Tasks whose worker gave no sign of life: to be done again, or failed when they were tried enough."""
    alive = set(Beat.objects.filter(seen_at__gte=clock.machine_now() - LOST_AFTER).values_list("worker", flat=True))
    lost = 0
    for taken in DBTaskResult.objects.running().filter(started_at__lt=clock.machine_now() - LOST_AFTER):
        if not taken.worker_ids or taken.worker_ids[-1] not in alive:
            _try_again_or_fail(taken, RuntimeError("The worker that did this task is gone."))
            lost += 1
    return lost


def start_due() -> int:
    """Enqueue what the schedule says is due. The timer moves on and the task is written in one transaction, and the
    timer moves only from the moment it was read at, so that of several processes one starts the task."""
    now = clock.machine_now()
    timers = {timer.name: timer.due_at for timer in Timer.objects.all()}
    started = 0
    for name, planned in schedule().items():
        if name not in timers:
            Timer.objects.get_or_create(name=name, defaults={"due_at": planned.next_after(now)})
        elif timers[name] <= now:
            with transaction.atomic():
                moved = Timer.objects.filter(name=name, due_at=timers[name]).update(due_at=planned.next_after(now))
                if moved:
                    planned.task.enqueue()
                    started += 1
    return started


_running: Worker | None = None


def run_in_thread() -> Worker:
    """The worker of this process, started once."""
    global _running
    if _running is None:
        _running = Worker().start()
        atexit.register(_running.stop, seconds=10)
    return _running


def run_forever() -> None:
    """Work until the process is asked to end."""
    worker = Worker()
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_ignored: ended.set())
    worker.start()
    ended.wait()
    worker.stop()
