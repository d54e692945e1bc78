"""What machines ask: is it alive, and where is its picture."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static

from trellis.kit.access import public


@public
def healthz(request: HttpRequest) -> HttpResponse:
    """200 and `ok` while requests are answered and the database answers too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


@public
def favicon(request: HttpRequest) -> HttpResponse:
    """Where browsers look that do not read the page's own link."""
    return redirect(static("ui/icon.svg"))
