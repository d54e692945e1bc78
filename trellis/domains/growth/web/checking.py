"""Looking at all of one's key results at once, in half a minute; and a first goal in two."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trellis.domains.growth.actions import first as beginning
from trellis.domains.growth.actions.goals import Wish
from trellis.domains.growth.actions.key_results import check_in as keep
from trellis.domains.growth.queries.goals import to_look_at
from trellis.domains.growth.web.goal_forms import FirstForm, LookForm, Once
from trellis.domains.people.asking import Asked
from trellis.kit import clock
from trellis.kit.access import signed_in


@signed_in
def check_in(request: Asked) -> HttpResponse:
    """Where do my numbers stand?"""
    sent = request.POST if request.method == "POST" else None
    key = Once(sent)
    rows = [
        (aimed, [LookForm(sent, one=one) for one in aimed.key_results])
        for aimed in to_look_at(request.user, on=clock.today())
    ]
    forms = [form for _aimed, some in rows for form in some]
    valid = [form.is_valid() for form in forms]  # of every form, so that each says what is wrong with it
    if key.is_valid() and all(valid):
        looks = [form.look() for form in forms]
        count = keep(looks=looks, once=key.cleaned_data["once"], actor=request.user)
        said = ngettext("Kept: %(count)s key result.", "Kept: %(count)s key results.", count) % {"count": count}
        messages.success(request, said)
        return redirect("growth:goals")
    context = {"rows": rows, "key": key}
    return render(request, "growth/check_in.html", context, status=200 if sent is None else 422)


@signed_in
def first(request: Asked) -> HttpResponse:
    """From a wish to a week in one form."""
    form = FirstForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        goal = beginning.begin(
            wish=Wish(said["title"]),
            objective=said["objective"],
            year=clock.today().year,
            measure=form.measure(),
            steps=form.steps(),
            once=said["once"],
            actor=request.user,
        )
        messages.success(request, _("That is your goal. Nobody but you can see it."))
        return redirect("growth:goal", goal.pk)
    context = {"form": form, "year": clock.today().year}
    return render(request, "growth/first.html", context, status=422 if request.method == "POST" else 200)
