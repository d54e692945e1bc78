import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.core.handlers.exception import response_for_exception
from django.http import Http404, HttpRequest, HttpResponse, QueryDict

from trellis.kit import clock
from trellis.kit.journal.facts import Fact, announce, fact
from trellis.kit.journal.models import Entry

REFUSALS_KEPT_AN_HOUR = 30
log = logging.getLogger(__name__)


@fact("access.refused")
@dataclass(frozen=True)
class Refused(Fact):
    permission: str
    path: str
    method: str


class RefusalMiddleware:
    """Who was refused what is in the journal; a flood of refusals is told by its beginning."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        if not isinstance(exception, PermissionDenied) or not request.user.is_authenticated:
            return
        hour_ago = clock.now() - timedelta(hours=1)
        recent = Entry.objects.filter(kind=Refused.kind, actor=request.user, at__gte=hour_ago).order_by("-id")
        if len(recent.values_list("pk", flat=True)[:REFUSALS_KEPT_AN_HOUR]) < REFUSALS_KEPT_AN_HOUR:
            refusal = Refused(permission=str(exception)[:80], path=request.path[:300], method=request.method or "")
            announce(refusal, actor=request.user)


class VanishedMiddleware:
    """What was there when its address was looked up, and gone when it was to be changed: not here any more (404).

    Whoever holds a row to change it asks the database once more; somebody may have deleted it in between. Nor is there
    a row by a number of twenty digits, which SQLite takes for no number and PostgreSQL for one it does not have.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        never_was = isinstance(exception, OverflowError) and "SQLite INTEGER" in str(exception)
        if not never_was and (request.method != "POST" or not isinstance(exception, ObjectDoesNotExist)):
            return None
        log.warning("vanished while it was changed: %s", exception)  # names the table, and nothing of the row
        return response_for_exception(request, Http404(str(exception)))


class PrivateMiddleware:
    """What somebody sees who is signed in is kept by no cache on the way, and asked for again by their own browser."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:  # asking for the user would cost public pages a statement
            answer.headers.setdefault("Cache-Control", "private, no-cache")
        return answer


NUL = "\x00"


class KeepableMiddleware:
    """Nothing reaches a view that PostgreSQL cannot keep or compare: no keyboard makes a NUL, so it is left out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
        """An address with a NUL in it leads nowhere."""
        if any(NUL in value for value in kwargs.values() if isinstance(value, str)):
            raise Http404
        if _holds_nul(request.GET):
            request.GET = _without_nul(request.GET)  # type: ignore[assignment]
        if _holds_nul(request.POST):
            request.POST = _without_nul(request.POST)  # type: ignore[assignment]


def _holds_nul(sent: QueryDict) -> bool:
    return any(NUL in name or any(NUL in str(value) for value in values) for name, values in sent.lists())


def _without_nul(sent: QueryDict) -> QueryDict:
    kept = QueryDict(mutable=True)
    for name, values in sent.lists():
        kept.setlist(name.replace(NUL, ""), [str(value).replace(NUL, "") for value in values])
    kept._mutable = False
    return kept
