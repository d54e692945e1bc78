"""One's goals: the list, the plan of one, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from trellis.domains.growth.actions import goals as actions
from trellis.domains.growth.models import Goal
from trellis.domains.growth.queries import goals as queries
from trellis.domains.growth.web.goal_forms import GoalForm, words_of
from trellis.domains.growth.web.sharing import discussion_on, seen
from trellis.domains.people.asking import Asked
from trellis.kit import clock
from trellis.kit.access import require, signed_in
from trellis.kit.paging import page_of

A_PAGE = 20
BECOMES: dict[str, tuple[Callable[..., None], Any]] = {
    "reached": (actions.reach, gettext_lazy("Reached! It stays here, with everything that led to it.")),
    "dropped": (actions.drop, gettext_lazy("Let go. Nothing of it is lost: it waits under “Let go”.")),
    "back": (actions.bring_back, gettext_lazy("It is on the way again, as it was.")),
}


def own_goal(request: Asked, pk: int) -> Goal:
    """A goal of the asker's own."""
    goal = get_object_or_404(Goal.objects.select_related("position"), pk=pk)
    require(request, "growth.own", goal)
    return goal


@signed_in
def goals(request: Asked) -> HttpResponse:
    """All of one's goals: on the way, reached, let go."""
    page = page_of(request, queries.goals_of(request.user), size=A_PAGE)
    found = queries.plans(list(page.object_list))
    context = {
        "page": page,
        "under_way": [plan for plan in found if not plan.goal.reached_on and not plan.goal.dropped_at],
        "reached": [plan for plan in found if plan.goal.reached_on and not plan.goal.dropped_at],
        "dropped": [plan for plan in found if plan.goal.dropped_at],
        "year": clock.today().year,
    }
    return render(request, "growth/goals.html", context)


@signed_in
def goal(request: Asked, pk: int) -> HttpResponse:
    """The plan of one goal, for its owner and for whom it is shared with."""
    shown = get_object_or_404(Goal.objects.select_related("position", "owner"), pk=pk)
    require(request, "growth.read", shown)
    audience = seen(request, shown)
    context = {
        "plan": queries.plans([shown], cards_for=request.user)[0],
        "goal": shown,
        "is_mine": audience.is_mine,
        "audience": audience,
        "discussion": discussion_on(shown, audience),
        "year": clock.today().year,
    }
    return render(request, "growth/goal.html", context)


@signed_in
def new_goal(request: Asked) -> HttpResponse:
    """Write down one more goal."""
    form = GoalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.set_goal(wish=form.wish(), once=form.cleaned_data["once"], actor=request.user)
        return redirect("growth:goal", made.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "growth/goal_form.html", {"form": form, "back": "/goals/"}, status=status)


@signed_in
def edit_goal(request: Asked, pk: int) -> HttpResponse:
    """Say it in other words."""
    goal = own_goal(request, pk)
    form = GoalForm(request.POST or None, goal=goal, initial=words_of(goal))
    newer = None
    if request.method == "POST" and form.is_valid():
        kept = actions.change_goal(goal=goal, wish=form.wish(), revision=form.seen(), actor=request.user)
        if kept.ok:
            return redirect("growth:goal", goal.pk)
        newer = Goal.objects.select_related("position").get(pk=goal.pk)
        form.show_newer(kept.revision)
    context = {"form": form, "goal": goal, "newer": newer, "back": f"/goals/{goal.pk}/"}
    return render(request, "growth/goal_form.html", context, status=422 if request.method == "POST" else 200)


@signed_in
@require_POST
def becomes(request: Asked, pk: int, what: str) -> HttpResponse:
    """Reached, let go, or on the way again."""
    act, said = BECOMES[what]
    act(goal=own_goal(request, pk), actor=request.user)
    messages.success(request, said)
    return redirect("growth:goal", pk)


@signed_in
def example(request: Asked, pk: int) -> HttpResponse:
    """Show the sentence of a goal to those who look for one, or no more; the page says what they see of it."""
    goal = own_goal(request, pk)
    if request.method == "POST":
        shown = request.POST.get("shown") == "yes"
        actions.show_as_example(goal=goal, shown=shown, actor=request.user)
        messages.success(request, _("It is an example now.") if shown else _("Nobody sees it as an example any more."))
        return redirect("growth:goal", pk)
    return render(request, "growth/example.html", {"goal": goal})
