"""What Django itself costs here: session, user and a page of 20 kB, through the middleware that Trellis' pages have."""

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

PAGE = "<!doctype html><title>Floor</title><p>" + "The quick brown fox jumps over the lazy dog. " * 450


def page(request: HttpRequest) -> HttpResponse:
    """Two statements: the session and the person."""
    return HttpResponse(PAGE.replace("dog", str(request.user.pk), 1))


urlpatterns = [path("", page)]


def _application() -> WSGIHandler:
    made = get_wsgi_application()
    settings.ROOT_URLCONF = "benchmarks.floor"
    return made


application = _application()
