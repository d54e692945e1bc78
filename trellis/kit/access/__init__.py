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


def public(view: View) -> View:
    """For everybody, also without signing in."""
    view.audience = "public"  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """For any person who is signed in."""
    guarded = login_required(view)
    guarded.audience = "signed_in"  # type: ignore[attr-defined]
    return guarded


def needs(permission: str) -> Callable[[View], View]:
    """For a person who holds the permission (without looking at one object)."""

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            require(request, permission)
            return view(request, *args, **kwargs)

        wrapped = login_required(guarded)
        wrapped.audience = permission  # type: ignore[attr-defined]
        return wrapped  # type: ignore[return-value]

    return mark


def require(request: HttpRequest, permission: str, target: Any = None) -> None:
    """Refuse (403, and a line in the journal) who does not hold the permission on the target."""
    if not request.user.has_perm(permission, target):
        raise PermissionDenied(permission)
