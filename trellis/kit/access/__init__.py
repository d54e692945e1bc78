"""Who may. Every view says who it is for with one of these marks; a test refuses a view without one.

`@public` for everybody, `@signed_in` for any person, `@needs("people.import")` for who holds the permission. What a
person may do with one *object* is asked with `require(request, "programmes.see_journey", journey)`.
Permissions are the predicates registered in each domain's `access.py` with the library `rules`.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class SignedOutError(PermissionDenied):
    """Somebody sends something who is signed in no more: it is not taken in, and what they wrote is not lost."""


def public(view: View) -> View:
    """For everybody, also without signing in."""
    view.audience = "public"  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """For any person who is signed in."""
    guarded = _for_persons(view)
    guarded.audience = "signed_in"  # type: ignore[attr-defined]
    return guarded


def _for_persons(view: View) -> View:
    """To the sign-in and back; but a form that was sent would come back as a question, without what was written.

    A script of ours sees that it was sent elsewhere, and keeps what it sent.
    """
    to_sign_in = login_required(view)

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and not request.user.is_authenticated and "HX-Request" not in request.headers:
            raise SignedOutError
        return to_sign_in(request, *args, **kwargs)

    return guarded  # type: ignore[return-value]


def needs(permission: str) -> Callable[[View], View]:
    """For a person who holds the permission (without looking at one object)."""

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            require(request, permission)
            return view(request, *args, **kwargs)

        wrapped = _for_persons(guarded)
        wrapped.audience = permission  # type: ignore[attr-defined]
        return wrapped  # type: ignore[return-value]

    return mark


def require(request: HttpRequest, permission: str, target: Any = None) -> None:
    """Refuse (403, and a line in the journal) who does not hold the permission on the target."""
    if not request.user.has_perm(permission, target):
        raise PermissionDenied(permission)
