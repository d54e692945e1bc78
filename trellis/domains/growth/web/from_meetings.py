"""What somebody took on in a mentor meeting, put on their own board by one tap."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from trellis.domains.growth.actions.cards import put_on_my_board
from trellis.domains.mentoring.actions.minutes import put_on_board
from trellis.domains.mentoring.models import MeetingAction
from trellis.domains.people.asking import Asked
from trellis.kit.access import require, signed_in


@signed_in
@require_POST
def from_meeting(request: Asked, pk: int) -> HttpResponse:
    """A card of one's own, once; the meeting keeps its line."""
    action = get_object_or_404(MeetingAction.objects.select_related("meeting__mentorship"), pk=pk)
    require(request, "mentoring.drop", action)
    with transaction.atomic():
        origin = f"meeting-action:{action.pk}"
        card = put_on_my_board(owner=request.user, title=action.text, due_on=action.due_on, origin=origin)
        put_on_board(action=action)
    messages.success(request, _("It is on your board now, in “%(column)s”.") % {"column": card.column.name})
    return redirect("mentoring:meeting", action.meeting_id)
