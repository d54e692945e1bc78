"""Declaring tasks and when they run by themselves."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ParamSpec, TypeVar

from django.utils import timezone
from django_tasks import task as plain_task
from django_tasks.base import Task

P = ParamSpec("P")
T = TypeVar("T")

_retries: dict[str, int] = {}
_schedule: dict[str, "Planned"] = {}


@dataclass(frozen=True)
class Planned:
    """A task on the schedule: every so many minutes, or daily from an hour of the company's time zone on."""

    task: Task
    minutes: int = 0
    hour: int = 0

    def next_after(self, moment: datetime) -> datetime:
        """The first moment after the given one at which it is due."""
        if self.minutes:
            return moment + timedelta(minutes=self.minutes)
        local = timezone.localtime(moment)
        due = local.replace(hour=self.hour, minute=0, second=0, microsecond=0)
        return due if due > local else due + timedelta(days=1)


def task(*, retries: int = 3) -> Callable[[Callable[P, T]], "Task[P, T]"]:
    """A function of plain values that runs in the background, and again with growing pauses when it fails.

    It may run twice (a machine can die between doing and noting), so it must be idempotent.
    """

    def declare(function: Callable[P, T]) -> "Task[P, T]":
        declared = plain_task()(function)
        _retries[declared.module_path] = retries
        return declared

    return declare


def every(*, minutes: int) -> Callable[["Task[P, T]"], "Task[P, T]"]:
    """Run the task again and again."""
    return lambda declared: _plan(declared, Planned(declared, minutes=minutes))


def daily(*, hour: int) -> Callable[["Task[P, T]"], "Task[P, T]"]:
    """Run the task once a day, from that hour of the company's time zone on."""
    return lambda declared: _plan(declared, Planned(declared, hour=hour))


def _plan(declared: "Task[P, T]", planned: Planned) -> "Task[P, T]":
    _schedule[declared.module_path] = planned
    return declared


def retries_of(path: str) -> int:
    """How often the task at that path is tried again after its first failure."""
    return _retries.get(path, 0)


def schedule() -> dict[str, Planned]:
    """Everything that runs by itself, by the task's path."""
    return dict(_schedule)
