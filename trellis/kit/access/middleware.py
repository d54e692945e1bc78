from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from trellis.kit.journal.facts import Fact, announce, fact


@fact("access.refused")
@dataclass(frozen=True)
class Refused(Fact):
    permission: str
    path: str
    method: str


class RefusalMiddleware:
    """Who was refused what is in the journal."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        if isinstance(exception, PermissionDenied) and request.user.is_authenticated:
            refusal = Refused(permission=str(exception)[:80], path=request.path[:300], method=request.method or "")
            announce(refusal, actor=request.user)
