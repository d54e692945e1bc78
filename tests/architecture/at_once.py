"""Several do something at the same moment, each with a connection of their own."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

from django.db import connection


def at_once(*what: Callable[[], Any]) -> list[Any]:
    """What each gives back, in no order; none may break."""
    start, given, broken = Barrier(len(what)), [], []

    def run(one: Callable[[], Any]) -> None:
        try:
            start.wait(10)
            given.append(one())
        except Exception as error:
            broken.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(one,)) for one in what]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not broken, broken
    return given
