from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from trellis.kit.access import public, signed_in
from trellis.kit.ui.components import COMPONENTS, PATTERNS
from trellis.kit.ui.middleware import KNOWN
from trellis.kit.ui.styleguide import SampleForm, requirements


def _back(request: HttpRequest) -> HttpResponse:
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return HttpResponseRedirect(target if safe else "/")  # redirect() would take a word for the name of a view


@public
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Remember the language on this device and, signed in, with the person, so that mail comes in it too."""
    response = _back(request)
    language = request.POST.get("language", "")
    if language in KNOWN:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, language, max_age=settings.LANGUAGE_COOKIE_AGE, samesite="Lax"
        )
        if request.user.is_authenticated and request.user.language != language:
            request.user.language = language
            request.user.save(update_fields=["language"])
    return response


@public
@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Remember light, dark or the device's own on this device."""
    response = _back(request)
    theme = request.POST.get("theme", "")
    if theme in {"auto", "light", "dark"}:
        response.set_cookie("theme", theme, max_age=settings.LANGUAGE_COOKIE_AGE, samesite="Lax")
    return response


@signed_in
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component with its properties, and every pattern, in every state."""
    samples = {"form": SampleForm({"name": "Linh", "way": "a", "kind": "a"}), "requirements": requirements()}
    return render(request, "ui/styleguide.html", {"components": COMPONENTS, "patterns": PATTERNS, **samples})
