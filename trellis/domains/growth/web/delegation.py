"""Who decides what in a team: its board, a secret round, one reveal, and what was agreed."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_POST

from trellis.domains.growth.actions import delegation as actions
from trellis.domains.growth.levels import SEVEN
from trellis.domains.growth.models import Decision, Round
from trellis.domains.growth.queries import delegation as queries
from trellis.domains.people.asking import Asked
from trellis.domains.people.models import Unit
from trellis.kit import clock
from trellis.kit.access import require, signed_in
from trellis.kit.files.tables import csv_response
from trellis.kit.ids import id_in
from trellis.kit.paging import page_of

REFUSALS: dict[str, Any] = {
    "alone": gettext_lazy("There is nobody else in the team: a secret choice takes two. Add people, or decide alone."),
    "dropped": gettext_lazy("This was taken off the board meanwhile."),
    "no_level": gettext_lazy("Choose one of the seven levels."),
    "revealed": gettext_lazy(
        "The choices were revealed a moment before, so yours does not count. Choose again for a new round."
    ),
    "too_few": gettext_lazy("Fewer than two have chosen: a reveal now would single somebody out. Wait for one more."),
    "not_asked": gettext_lazy("Those who chose the highest and the lowest explain."),
    "not_revealed": gettext_lazy("Nothing was revealed yet; the team agrees after the reveal."),
    "round_open": gettext_lazy("A new round is open. Reveal it first, then agree."),
    "no_round": gettext_lazy("That round is not of this decision. Look at the page again."),
    "changed": gettext_lazy("Somebody wrote down a level meanwhile. Look at it; yours was not kept."),
}
NO_ROUND = actions.Done("no_round")


class DecisionForm(forms.ModelForm[Decision]):
    """What is to be decided, in the team's words."""

    class Meta:
        model = Decision
        fields = ["title", "detail"]
        widgets = {"title": forms.TextInput(attrs={"placeholder": gettext_lazy("Who approves holidays")})}


class AgreeForm(forms.Form):
    """The level that was agreed, and in place of what (an id; empty: nothing yet)."""

    level = forms.TypedChoiceField(
        label=gettext_lazy("Level agreed"), coerce=int, choices=[("", "–"), *((s.number, s.name) for s in SEVEN)]
    )
    note = forms.CharField(label=gettext_lazy("Note"), required=False, max_length=300)
    replaces = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        level = self.fields["level"]
        assert isinstance(level, forms.TypedChoiceField)  # noqa: S101, for the type checker
        level.choices = [("", "–"), *((s.number, f"{s.number} · {s.name}") for s in SEVEN)]


@signed_in
def decisions(request: Asked) -> HttpResponse:
    """The teams one decides with, and those that show everybody what they agreed."""
    page = page_of(request, queries.open_teams(request.user))
    return render(
        request, "growth/decisions.html", {"teams": queries.teams_of(request.user), "page": page, "levels": SEVEN}
    )


def _team(request: Asked, unit_id: int, permission: str) -> Unit:
    unit = get_object_or_404(Unit.objects.select_related("head"), pk=unit_id)
    require(request, permission, unit)
    return unit


def _decision(request: Asked, pk: int, permission: str = "growth.decide") -> Decision:
    found = get_object_or_404(Decision.objects.select_related("unit", "added_by"), pk=pk)
    require(request, permission, found.unit)
    return found


@signed_in
def team(request: Asked, unit_id: int) -> HttpResponse:
    """The board of one team; what is new on it is added here."""
    is_post = request.method == "POST"
    unit = _team(request, unit_id, "growth.decide" if is_post else "growth.see_agreed")
    form = DecisionForm(request.POST if is_post else None)
    if is_post and form.is_valid():
        kept = actions.list_decision(unit=unit, actor=request.user, **form.cleaned_data)
        return redirect("growth:decision", kept.pk)
    page = {
        "unit": unit,
        "lines": queries.board_of(unit, request.user),
        "levels": SEVEN,
        "form": form,
        "takes_part": is_post or request.user.has_perm("growth.decide", unit),
        "is_open": queries.is_open(unit),
    }
    return render(request, "growth/delegation_board.html", page, status=422 if form.errors else 200)


@signed_in
def team_csv(request: Asked, unit_id: int) -> HttpResponseBase:
    """What the team agreed, as a file."""
    unit = _team(request, unit_id, "growth.see_agreed")
    head = [
        pgettext("of a team", "Decision"),
        _("Level"),
        pgettext("of a level of delegation", "Name"),
        _("Agreed on"),
        _("Note"),
    ]
    rows = [
        [
            line.decision.title,
            line.level or "",
            str(SEVEN[line.level - 1].name) if line.level else "",
            line.since,
            line.note,
        ]
        for line in queries.board_of(unit, request.user)
    ]
    return csv_response(name=f"decisions-{unit.code}.csv", head=head, rows=rows)


@signed_in
@require_POST
def show_to_all(request: Asked, unit_id: int) -> HttpResponse:
    """Let everybody read what the team agreed, or the team alone."""
    unit = _team(request, unit_id, "growth.decide")
    is_open = request.POST.get("open") == "yes"
    actions.show_to_all(unit=unit, is_open=is_open, actor=request.user)
    said = (
        _("Everybody in the company can read what you agreed.") if is_open else _("Only the team sees the board now.")
    )
    messages.success(request, said)
    return redirect("growth:team_decisions", unit.pk)


@signed_in
def decision(request: Asked, pk: int) -> HttpResponse:
    """One decision: the round that is open, the last reveal, and how it came to be what it is."""
    shown = _decision(request, pk)
    going, past = queries.rounds_of(shown)
    agreements = sorted((a for row in past for a in row.agreements), key=lambda a: -a.pk)
    holds = agreements[0] if agreements else None
    page: dict[str, Any] = {"decision": shown, "unit": shown.unit, "levels": SEVEN, "holds": holds, "going": going}
    page |= {"agreements": agreements, "past": past, "today": clock.today()}
    if going:
        page |= queries.so_far(going, request.user)
    elif past:
        page |= {"last": past[0], "asked": past[0].extremes.asks(request.user.pk), "form": _agree_form(past[0], holds)}
        page["settled"] = holds is not None and holds.round_id == past[0].round.pk
        page["own"] = next((c for c in past[0].choices if c.person_id == request.user.pk), None)
    return render(request, "growth/decision.html", page)


def _agree_form(last: queries.Revealed, holds: Any) -> AgreeForm:
    return AgreeForm(initial={"level": last.suggested, "replaces": holds.pk if holds else None})


@signed_in
def count(request: Asked, pk: int) -> HttpResponse:
    """How many chose so far, for the page that waits; after the reveal it is told to look anew."""
    shown = _decision(request, pk)
    going = Round.objects.filter(decision=shown, revealed_at=None).first()
    if not going:
        return HttpResponse(headers={"HX-Refresh": "true"})
    going.decision = shown
    return render(request, "growth/decision.html#so_far", {"decision": shown, **queries.so_far(going, request.user)})


def _answer(request: Asked, shown: Decision, outcome: actions.Done, said: str) -> HttpResponse:
    if outcome.ok:
        messages.success(request, said)
    else:
        messages.error(request, REFUSALS[outcome.why])
    return redirect("growth:decision", shown.pk)


@signed_in
@require_POST
def open_round(request: Asked, pk: int) -> HttpResponse:
    """Begin a secret choice."""
    shown = _decision(request, pk)
    outcome = actions.open_round(decision=shown, actor=request.user)
    return _answer(request, shown, outcome, _("The round is open. The team is told."))


@signed_in
@require_POST
def choose(request: Asked, pk: int) -> HttpResponse:
    """One's own level in the round that the page showed."""
    shown = _decision(request, pk)
    going, chosen = _round(request, shown), id_in(request.POST.get("level"))
    outcome = actions.choose(going=going, level=chosen, person=request.user) if going else NO_ROUND
    return _answer(request, shown, outcome, _("Your choice is kept, and nobody sees it before the reveal."))


def _round(request: Asked, shown: Decision) -> Round | None:
    """The round that the page showed; none: the form came from elsewhere."""
    of = Round.objects.select_related("decision__unit").filter(decision=shown)
    return of.filter(pk=id_in(request.POST.get("round"))).first()


@signed_in
@require_POST
def reveal(request: Asked, pk: int) -> HttpResponse:
    """Show all choices at once."""
    shown = _decision(request, pk)
    going = _round(request, shown)
    outcome = actions.reveal(going=going, actor=request.user) if going else NO_ROUND
    return _answer(request, shown, outcome, _("Revealed. Those at either end say why; then agree, or choose again."))


@signed_in
@require_POST
def explain(request: Asked, pk: int) -> HttpResponse:
    """Why one chose the highest, or the lowest."""
    shown = _decision(request, pk)
    text = request.POST.get("text", "").strip()[:300]
    last = _round(request, shown)
    outcome = actions.explain(shown=last, text=text, person=request.user) if last else NO_ROUND
    return _answer(request, shown, outcome, _("Your sentence is kept."))


@signed_in
@require_POST
def agree(request: Asked, pk: int) -> HttpResponse:
    """Write down the level that the team agreed."""
    shown = _decision(request, pk)
    form = AgreeForm(request.POST)
    if not form.is_valid():
        return _answer(request, shown, actions.Done("no_level"), "")
    last = _round(request, shown)
    outcome = actions.agree(shown=last, actor=request.user, **form.cleaned_data) if last else NO_ROUND
    return _answer(request, shown, outcome, _("Agreed, and kept with today’s date."))


@signed_in
@require_POST
def drop(request: Asked, pk: int) -> HttpResponse:
    """Take a decision off the board."""
    shown = _decision(request, pk)
    actions.drop_decision(decision=shown, actor=request.user)
    messages.success(request, _("Taken off the board. What was agreed stays on record."))
    return redirect("growth:team_decisions", shown.unit_id)
