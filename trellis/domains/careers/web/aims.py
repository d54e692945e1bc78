"""Choosing the position to step to, and letting it go."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from trellis.domains.careers import actions
from trellis.domains.people.asking import Asked
from trellis.domains.people.models import Position
from trellis.kit.access import signed_in


@signed_in
@require_POST
def set_aim(request: Asked, code: str) -> HttpResponse:
    position = get_object_or_404(Position, code=code, closed_on=None)
    actions.set_aim(person=request.user, position=position)
    messages.success(request, _("%s is your aim now.") % position)
    return redirect(f"/positions/{position.code}/")


@signed_in
@require_POST
def drop_aim(request: Asked, code: str) -> HttpResponse:
    actions.drop_aim(person=request.user)
    messages.success(request, _("You have no aim now. Choose another whenever you like."))
    return redirect(f"/positions/{code}/")
