"""What a goal means this year, the numbers that tell, and how they went."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from trellis.domains.growth.actions import key_results as actions
from trellis.domains.growth.actions.cards import put_on_my_board
from trellis.domains.growth.models import KeyResult, Objective
from trellis.domains.growth.queries import goals as queries
from trellis.domains.growth.rules import goals as rules
from trellis.domains.growth.web.goal_forms import KeyResultForm, ObjectiveForm, numbers_of
from trellis.domains.growth.web.goals import own_goal
from trellis.domains.people.asking import Asked
from trellis.kit.access import require, signed_in


def _own_objective(request: Asked, pk: int) -> Objective:
    objective = get_object_or_404(Objective.objects.select_related("goal"), pk=pk)
    require(request, "growth.own", objective.goal)
    return objective


def _own_result(request: Asked, pk: int) -> KeyResult:
    result = get_object_or_404(KeyResult.objects.select_related("objective__goal"), pk=pk)
    require(request, "growth.own", result.objective.goal)
    return result


def _form(request: Asked, context: dict[str, Any]) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    return render(request, "growth/measure_form.html", context, status=status)


@signed_in
def new_objective(request: Asked, pk: int) -> HttpResponse:
    """One more objective of a goal."""
    goal, form = own_goal(request, pk), ObjectiveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("title", "year", "once")}
        made = actions.set_objective(goal=goal, actor=request.user, **said)
        return redirect(f"/goals/{goal.pk}/#objective-{made.pk}")
    return _form(request, {"form": form, "goal": goal, "heading": _("What does it mean in one year?")})


@signed_in
def edit_objective(request: Asked, pk: int) -> HttpResponse:
    """Say an objective in other words."""
    one, newer = _own_objective(request, pk), None
    shown = {"title": one.title, "year": one.year, "revision": one.revision}
    form = ObjectiveForm(request.POST or None, objective=one, initial=shown)
    if request.method == "POST" and form.is_valid():
        said = {"title": form.cleaned_data["title"], "year": form.cleaned_data["year"]}
        kept = actions.change_objective(objective=one, revision=form.seen(), actor=request.user, **said)
        if kept.ok:
            return redirect(f"/goals/{one.goal_id}/#objective-{one.pk}")
        newer = Objective.objects.get(pk=one.pk)
        form.show_newer(kept.revision)
    return _form(request, {"form": form, "goal": one.goal, "newer": newer, "heading": _("The objective")})


@signed_in
@require_POST
def drop_objective(request: Asked, pk: int) -> HttpResponse:
    """Let an objective go, or bring it back."""
    one, dropped = _own_objective(request, pk), request.POST.get("back") != "yes"
    actions.drop_objective(objective=one, dropped=dropped, actor=request.user)
    messages.success(request, _("Let go; its numbers are kept.") if dropped else _("It is back, as it was."))
    return redirect("growth:goal", one.goal_id)


@signed_in
def new_key_result(request: Asked, pk: int) -> HttpResponse:
    """One more number for an objective."""
    one, form = _own_objective(request, pk), KeyResultForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        once = form.cleaned_data["once"]
        actions.set_key_result(objective=one, measure=form.measure(), once=once, actor=request.user)
        return redirect(f"/goals/{one.goal_id}/#objective-{one.pk}")
    return _form(request, {"form": form, "goal": one.goal, "heading": _("How will you know?")})


@signed_in
def edit_key_result(request: Asked, pk: int) -> HttpResponse:
    """Measure otherwise; the check-ins stay."""
    one, newer = _own_result(request, pk), None
    form = KeyResultForm(request.POST or None, initial=numbers_of(one))
    if request.method == "POST" and form.is_valid():
        kept = actions.change_key_result(
            key_result=one, measure=form.measure(), revision=form.seen(), actor=request.user
        )
        if kept.ok:
            return redirect("growth:key-result", one.pk)
        newer = KeyResult.objects.get(pk=one.pk)
        form.show_newer(kept.revision)
    goal = one.objective.goal
    return _form(request, {"form": form, "goal": goal, "result": one, "newer": newer, "heading": _("The key result")})


@signed_in
@require_POST
def drop_key_result(request: Asked, pk: int) -> HttpResponse:
    """Let a key result go, or bring it back."""
    one, dropped = _own_result(request, pk), request.POST.get("back") != "yes"
    actions.drop_key_result(key_result=one, dropped=dropped, actor=request.user)
    messages.success(request, _("Let go; its check-ins are kept.") if dropped else _("It is back, as it was."))
    return redirect("growth:goal", one.objective.goal_id)


@signed_in
def key_result(request: Asked, pk: int) -> HttpResponse:
    """How a number went, for its owner and for whom the goal is shared with."""
    result = get_object_or_404(queries.with_now().select_related("objective__goal"), pk=pk)
    goal = result.objective.goal
    require(request, "growth.read_number", result)
    told = queries.history(result)
    values = [(timezone.localtime(one.at).date(), one.check_in.value) for one in reversed(told) if one.check_in]
    begun = (timezone.localtime(result.made_at).date(), result.start)
    drawn = rules.drawing([begun, *(v for v in values if v[0] >= begun[0])], start=result.start, target=result.target)
    context = {
        "one": queries.measured(result),
        "goal": goal,
        "told": told,
        "drawing": drawn,
        "is_mine": goal.owner_id == request.user.pk,
    }
    return render(request, "growth/key_result.html", context)


@signed_in
@require_POST
def add_card(request: Asked, pk: int) -> HttpResponse:
    """A card for this key result, in the first column of one's board."""
    one, title = _own_result(request, pk), request.POST.get("title", "").strip()
    if not title or len(title) > 200:
        messages.error(request, _("Say in at most 200 characters what you will do."))
    else:
        key = request.POST.get("key", "")[:40]
        goal = one.objective.goal
        card = put_on_my_board(owner=request.user, title=title, goal=goal, key_result=one, key=key)
        messages.success(request, _("The card is on your board, in “%(column)s”.") % {"column": card.column.name})
    return redirect(f"/goals/{one.objective.goal_id}/#objective-{one.objective_id}")
