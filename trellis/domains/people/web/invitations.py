from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.forms import SetPasswordForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from trellis.domains.people import tasks
from trellis.domains.people.actions import invitations
from trellis.domains.people.asking import Asked
from trellis.domains.people.models import Person
from trellis.kit.access import needs, public, require
from trellis.kit.notices.post import language_of
from trellis.kit.tasks.jobs import start_job

BACKEND = "trellis.domains.people.signing_in.Backend"


def _why_not(reason: str) -> str:
    return {
        "no_email": _("No letter went out: this person has no e-mail address. Add one by import, then invite again."),
        "signs_in_already": _("No letter went out: this person has a password already and can ask for a new one."),
        "not_here": _("No letter went out: this person does not work here at present."),
    }[reason]


@needs("people.manage")
@require_POST
def invite(request: Asked, person_id: int) -> HttpResponse:
    """Send one person the letter, or send it again."""
    person = get_object_or_404(Person, pk=person_id, erased_at=None)
    require(request, "people.manage", person)
    outcome = invitations.invite(person=person, actor=request.user)
    if outcome.sent:
        messages.success(request, _("A letter is on its way to %(email)s.") % {"email": person.email})
    else:
        messages.error(request, _why_not(outcome.reason))
    return redirect(f"/people/{person.pk}/")


@needs("people.manage")
@require_POST
def invite_everybody(request: Asked) -> HttpResponse:
    """Send it to everybody one manages who cannot sign in yet, in the background."""
    job = start_job(tasks.invite_everybody, owner=request.user, then="/people/")
    return redirect("tasks:job", job.pk)


@public
@never_cache
@sensitive_post_parameters()
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """What the link of a letter opens: choose a password, and be in."""
    invitation = invitations.open_invitation(token)
    if invitation is None:
        return render(request, "people/invitation_over.html", status=410)
    form = SetPasswordForm(invitation.person, request.POST or None)
    if request.method == "POST" and form.is_valid():
        if invitations.accept(invitation=invitation, password=form.cleaned_data["new_password1"]):
            login(request, invitation.person, backend=BACKEND)
        return redirect("/")
    chosen_here = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    with translation.override(chosen_here or language_of(invitation.person)):
        return render(request, "people/invitation.html", {"form": form, "person": invitation.person})
