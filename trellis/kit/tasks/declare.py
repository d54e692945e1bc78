"""Declaring tasks."""

from collections.abc import Callable
from typing import Any

from django_tasks import task as plain_task


def task(*, retries: int = 3) -> Callable[[Callable[..., Any]], Any]:
    """A function of plain values that runs in the background."""

    def declare(function: Callable[..., Any]) -> Any:
        return plain_task()(function)

    return declare


def every(*, minutes: int) -> Callable[[Any], Any]:
    """Run the task again and again."""
    return lambda declared: declared


def daily(*, hour: int) -> Callable[[Any], Any]:
    """Run the task once a day, from that hour of the company's time zone on."""
    return lambda declared: declared
