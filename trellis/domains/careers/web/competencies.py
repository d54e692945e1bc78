"""What one can be good at, and where a person stands in it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from trellis.domains.careers import actions
from trellis.domains.careers.models import Competency, Evidence
from trellis.domains.careers.queries import skills as asking
from trellis.domains.careers.queries.standpoint import standpoint
from trellis.domains.careers.web.forms import LevelForm
from trellis.domains.people.asking import Asked
from trellis.domains.people.models import Person
from trellis.kit import clock
from trellis.kit.access import require, signed_in


@signed_in
def skills(request: Asked, person_id: int | None = None) -> HttpResponse:
    person = _person(request, person_id)
    stand = standpoint(person, on=clock.today())
    page = {
        "person": person,
        "is_me": person == request.user,
        "stand": stand,
        "skills": asking.skills_of(person, stand),
        "may_assess": request.user.has_perm("careers.assess", person),
    }
    return render(request, "careers/skills.html", page)


@signed_in
def skill(request: Asked, code: str, person_id: int | None = None) -> HttpResponse:
    """One competency of one person: the evidence, and the form for what this reader may say about it."""
    person, found = _person(request, person_id), get_object_or_404(Competency, code=code)
    is_me = person == request.user
    may_say = is_me or request.user.has_perm("careers.assess", person)
    levels = list(found.levels.all())
    form = LevelForm(request.POST or None, levels=levels, is_own=is_me)
    if request.method == "POST":
        if not may_say:
            raise PermissionDenied("careers.assess")
        if form.is_valid():
            return _say(request, person, found, form)
    evidence = asking.evidence_of(person, found)
    page = {"person": person, "is_me": is_me, "may_say": may_say, "competency": found, "levels": levels}
    return render(request, "careers/skill.html", page | {"form": form, "evidence": evidence})


def _person(request: Asked, person_id: int | None) -> Person:
    if person_id is None or person_id == request.user.pk:
        return request.user
    person = get_object_or_404(Person.objects.get_queryset(), pk=person_id)
    require(request, "careers.see_levels", person)
    return person


def _say(request: Asked, person: Person, found: Competency, form: LevelForm) -> HttpResponse:
    is_me = person == request.user
    actions.record_evidence(
        person=person,
        competency=found,
        level=form.cleaned_data["level"],
        source=Evidence.Source.SELF if is_me else Evidence.Source.ASSESSED,
        shown_on=form.cleaned_data.get("shown_on"),
        note=form.cleaned_data["note"],
        actor=request.user,
    )
    messages.success(
        request, _("Kept. It helps you plan; what counts is what others confirm.") if is_me else _("Recorded.")
    )
    return redirect(reverse("careers:skills") if is_me else reverse("careers:skills_of", args=[person.pk]))
