"""Large pages, one after the other within a process."""

from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import Any, TypeVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
PATIENCE = 10.0  # seconds; who waited so long goes along with the others
_turn = Lock()


def in_turn(view: View) -> View:
    """For a view that weighs or draws hundreds of people: it waits until no other such view is at work in the process.

    Threads of one process take turns at Python anyway, so four such pages at once are done no sooner than one after the
    other. But each would hold its rows and pieces of page meanwhile, and that memory is never given back.
    """

    @wraps(view)
    def waiting(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        is_mine = _turn.acquire(timeout=PATIENCE)
        try:
            return view(request, *args, **kwargs)
        finally:
            if is_mine:
                _turn.release()

    return waiting  # type: ignore[return-value]
