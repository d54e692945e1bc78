"""What happens in one working life, written down by hand."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trellis.domains.people.access import STAFF, reach_of
from trellis.domains.people.actions import history
from trellis.domains.people.asking import Asked
from trellis.domains.people.models import Person
from trellis.domains.people.queries import current_holding
from trellis.domains.people.web.change_forms import JOINED, LEFT, ChangeForm, NewPersonForm
from trellis.kit import clock
from trellis.kit.access import needs, require

# Of each refusal: the field it speaks of, and what to do.
REFUSALS = {
    "already_here": (None, gettext_lazy("This person works here already.")),
    "before_last_day": (
        "on",
        gettext_lazy("The former employment lasts until this day or longer. Choose a later day."),
    ),
    "not_here": (None, gettext_lazy("This person holds no position here, so nothing of that kind can be recorded.")),
    "same_place": ("position", gettext_lazy("This is the present position and unit. Choose another of either.")),
    "not_after_present": (
        "on",
        gettext_lazy("The present position began on this day or later. Choose a day after its beginning."),
    ),
    "before_joining": ("on", gettext_lazy("The last day lies before the day of joining. Choose a later one.")),
    "known_id": ("employee_id", gettext_lazy("Somebody has this employee id already. Each person needs an own one.")),
    "known_email": ("email", gettext_lazy("Somebody has this address already. Each person needs an own one.")),
    "oneself": (
        None,
        gettext_lazy("What happens in your own working life is recorded by somebody else. Ask a colleague of HR."),
    ),
}


@needs("people.manage")
def new_change(request: Asked, person_id: int) -> HttpResponse:
    """Moved, promoted, left, or came back."""
    person = get_object_or_404(Person, pk=person_id, erased_at=None)
    require(request, "people.manage", person)
    if person == request.user:
        messages.error(request, str(REFUSALS["oneself"][1]))
        return redirect("web:person", person.pk)
    form = _form_for(request, person)
    if request.method == "POST" and form.is_valid() and _is_done(form, _record(person, request.user, form)):
        messages.success(request, _("It is recorded in the career of %(name)s.") % {"name": person.name})
        return redirect("web:person", person.pk)
    return render(request, "people/change.html", {"person": person, "form": form}, status=422 if form.errors else 200)


@needs("people.manage")
def new_person(request: Asked) -> HttpResponse:
    """Somebody joins who was not known before."""
    form = NewPersonForm(request.POST or None, reach=reach_of(request.user, *STAFF), initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid():
        outcome = history.take_on(actor=request.user, **form.cleaned_data)
        if _is_done(form, outcome) and outcome.holding:
            messages.success(request, _("%(name)s is added.") % {"name": outcome.holding.person.name})
            return redirect("web:person", outcome.holding.person_id)
    return render(request, "people/new.html", {"form": form}, status=422 if form.errors else 200)


def _form_for(request: Asked, person: Person) -> ChangeForm:
    held = current_holding(person)
    initial: dict[str, Any] = {"on": clock.today()}
    if held:
        initial |= {"position": held.position_id, "unit": held.unit_id}
    is_here = person.employments.filter(ended_on=None).exists()
    return ChangeForm(request.POST or None, initial=initial, reach=reach_of(request.user, *STAFF), is_here=is_here)


def _record(person: Person, actor: Person, form: ChangeForm) -> history.HistoryOutcome:
    said = form.cleaned_data
    if said["what"] == LEFT:
        return history.leave(person=person, on=said["on"], leaving=said["leaving"], reason=said["reason"], actor=actor)
    place = {"position": said["position"], "unit": said["unit"], "on": said["on"]}
    if said["what"] == JOINED:
        return history.join(person=person, actor=actor, **place)
    write = history.promote if said["what"] == "promoted" else history.move
    return write(person=person, actor=actor, reason=said["reason"], **place)


def _is_done(form: ChangeForm | NewPersonForm, outcome: history.HistoryOutcome) -> bool:
    """Whether it was written; if not, the form says why."""
    if outcome.reason:
        form.add_error(*REFUSALS[outcome.reason])
    return outcome.done
