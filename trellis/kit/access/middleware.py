from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from trellis.kit import clock
from trellis.kit.journal.facts import Fact, announce, fact
from trellis.kit.journal.models import Entry

REFUSALS_KEPT_AN_HOUR = 30


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
