from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from trellis.domains.people.asking import Asked
from trellis.domains.sessions.models import Session
from trellis.kit.access import public, require, signed_in
from trellis.surfaces.exchange.calendars import feeds
from trellis.surfaces.exchange.models import CalendarFeed

TYPE = "text/calendar; charset=utf-8"


@public
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """A person's sessions for their calendar. The address is the key; a calendar that has it all is told so (304)."""
    from trellis.surfaces.exchange.calendars import ics  # here, since it brings a library that other pages need not

    found = feeds.feed_at(token)
    if found is None:
        raise Http404
    with translation.override(found.person.language or settings.LANGUAGE_CODE):
        sessions = ics.coming_and_recent(found.person)
        etag = ics.fingerprint(sessions, translation.get_language())
        feeds.keep_read(found, etag)
        tag, changed = f'"{etag}"', int(found.changed_at.timestamp())
        answer = get_conditional_response(request, etag=tag, last_modified=changed)
        if answer is None:
            answer = HttpResponse(ics.written(sessions, name=_("Academy")), content_type=TYPE)
            answer["Content-Disposition"] = 'inline; filename="academy.ics"'
    answer["ETag"], answer["Last-Modified"] = tag, http_date(changed)
    answer["Cache-Control"] = "private, max-age=0, must-revalidate"
    answer["X-Robots-Tag"] = "noindex"
    return answer


@signed_in
@require_safe
def one_session(request: Asked, pk: int) -> HttpResponse:
    """One session as a file for a calendar."""
    from trellis.surfaces.exchange.calendars import ics

    session = get_object_or_404(ics.loaded(Session.objects.all()), pk=pk)
    require(request, "sessions.see", session)
    answer = HttpResponse(ics.written([session]), content_type=TYPE)
    answer["Content-Disposition"] = f'attachment; filename="session-{pk}.ics"'
    return answer


@signed_in
def my_calendar(request: Asked) -> HttpResponse:
    """The address of one's own feed: make it, copy it, change it, take it back."""
    if request.method == "POST":
        return _changed(request)
    found = CalendarFeed.objects.filter(person=request.user).first()
    token = feeds.token_of(found) if found else ""
    address = f"{settings.SITE_URL}{reverse('exchange:feed', args=[token])}" if token else ""
    subscribing = f"webcal://{address.split('://', 1)[1]}" if address else ""
    page = {"feed": found, "address": address, "subscribing": subscribing}
    answer = render(request, "exchange/calendar.html", page)
    answer["Cache-Control"] = "private, no-store"
    return answer


def _changed(request: Asked) -> HttpResponse:
    if "revoke" in request.POST:
        feeds.revoke_feed(person=request.user)
        messages.success(request, _("The address is taken back; calendars that had it learn nothing more."))
    elif (seen := request.POST.get("renew", "")).isdecimal():
        feeds.renew_feed(person=request.user, seen=int(seen[:9]))
        messages.success(request, _("There is a new address. Give it to the calendars that have the old one."))
    else:
        feeds.open_feed(person=request.user)
    return redirect("exchange:calendar")
