"""What is answered when something is not here, or not for whoever asks: nobody's words are lost."""

from urllib.parse import urlsplit

from django.apps import apps
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from trellis.kit.access import SignedOutError, public

TYPED = {"because", "reason", "text", "words"}  # what forms call it that is told to others anyway


@public
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """There is no such page. What was being changed, and was deleted meanwhile, gives back what was typed into it."""
    gone = request.method == "POST" and request.resolver_match is not None
    words = _typed(request) if gone else []
    part = "#gone" if gone and "HX-Request" in request.headers else ""
    return render(request, f"404.html{part}", {"gone": gone, "words": words, "part": part}, status=404)


@public
def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """It is not for whoever asked. What was sent to something that is shared with them no more gives back the words."""
    words = _typed(request) if request.method == "POST" else []
    if isinstance(exception, SignedOutError):
        return render(request, "401.html", {"words": words, "then": _came_from(request)}, status=401)
    return render(request, "403.html", {"exception": str(exception), "words": words}, status=403)


def _came_from(request: HttpRequest) -> str:
    """The page with the form, to go on there after signing in."""
    page = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    return urlsplit(page).path if is_ours else "/"


def _typed(request: HttpRequest) -> list[str]:
    """The texts that were sent, by the names of fields that hold a person's own words; never a password or a key."""
    policies = (getattr(model, "data_policy", None) for model in apps.get_models())
    names = TYPED.union(*(policy.private for policy in policies if policy))
    sent = ((name.rpartition("-")[2], value) for name, values in request.POST.lists() for value in values)
    return list(dict.fromkeys(str(value).strip() for name, value in sent if name in names and str(value).strip()))
