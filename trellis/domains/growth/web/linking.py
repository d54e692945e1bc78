"""What a card belongs to, and the other way round: something of the growth map onto one's own board."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from trellis.domains.growth.actions.cards import put_on_my_board
from trellis.domains.growth.actions.links import FIELDS, link_card
from trellis.domains.growth.queries.linking import linkable, thing_called
from trellis.domains.growth.web.cards import own_card
from trellis.domains.people.asking import Asked
from trellis.kit.access import signed_in

NAMES: dict[str, Any] = {
    "goal": gettext_lazy("Goals"),
    "key_result": gettext_lazy("Key results"),
    "position": gettext_lazy("Positions"),
    "competency": gettext_lazy("Skills"),
    "course": gettext_lazy("Courses"),
}


@signed_in
def links(request: Asked, pk: int) -> HttpResponse:
    """What the card belongs to: choose by a few words, or take it off."""
    card = own_card(request, pk)
    if request.method == "POST":
        field, key = request.POST.get("field", ""), request.POST.get("key", "")
        thing = thing_called(request.user, field, key) if key else None
        if field not in FIELDS or (key and thing is None):
            messages.error(request, _("It is not here any more. Choose another one."))
            return redirect("growth:card-links", pk)
        link_card(card=card, field=field, thing=thing)
        return redirect("growth:card", pk)
    words = request.GET.get("q", "").strip()[:100]
    found = linkable(request.user, words)
    groups = [(NAMES[field], [one for one in found if one.field == field]) for field in FIELDS]
    page = {"card": card, "board": card.column.board, "words": words, "groups": [group for group in groups if group[1]]}
    return render(request, "growth/links.html", page)


@signed_in
@require_POST
def put(request: Asked) -> HttpResponse:
    """Put a position, a skill, a course or a step of one's journey on one's own board, once, and go back there."""
    field, key = request.POST.get("field", ""), request.POST.get("key", "")
    step, _blank, title = request.POST.get("what", "").partition(" ")  # a step of a journey: its key and its words
    if field == "journey":
        key = f"{request.POST.get('within', '')}:{step}"
    thing = thing_called(request.user, field, key)
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        back = "/board/"
    title = title.strip()[:200] or str(thing or "")[:200]
    if not title or field not in ("journey", "position", "competency", "course"):
        messages.error(request, _("It is not here any more, so no card was made."))
        return HttpResponseRedirect(back)
    more = {field: thing} if thing else {}
    card = put_on_my_board(owner=request.user, title=title, origin=f"{field}:{key}"[:90], **more)
    words = _("It is on your board.") if not card.archived_at else _("It was on your board and is in the archive.")
    messages.success(request, format_html('{} <a href="/cards/{}/">{}</a>', words, card.pk, _("Open the card")))
    return HttpResponseRedirect(back)
