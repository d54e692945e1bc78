"""The dry run of a definition: choose the people, see who would pass which gate today, and what the others lack."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from trellis.domains.people.asking import Asked
from trellis.domains.people.models import Person, Position
from trellis.domains.programmes.actions.trials import KIND, try_out
from trellis.domains.programmes.leaf_wording import OUTCOMES, title_of
from trellis.domains.programmes.models import Draft
from trellis.domains.programmes.queries.dry_run import Who, people_to_choose, positions_of, words_of
from trellis.domains.programmes.queries.journey import text_of
from trellis.domains.programmes.queries.offers import latest_versions
from trellis.domains.programmes.queries.standings import definition_of
from trellis.domains.programmes.rules import Definition, read_loosely
from trellis.domains.programmes.rules.trial import Tried, trial_from
from trellis.kit.access import needs
from trellis.kit.files.tables import csv_response
from trellis.kit.tasks.jobs import Job

Positions = dict[str, Position]
SIZE, SHOWN = 50, 4  # people on a page; what is told of what each of them lacks


class TrialForm(forms.Form):
    """Whom to look at, and as what."""

    who = forms.ChoiceField(label=gettext_lazy("People"))
    towards = forms.ChoiceField(
        label=gettext_lazy("Position to step to"),
        required=False,
        help_text=gettext_lazy("For everybody who is not under way; who is keeps their own."),
    )

    def __init__(self, *args: Any, people: list[tuple[str, str]], positions: Positions, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everybody = _("Everybody it is open to")
        self.fields["who"].choices = [("everyone:0", everybody), *people]  # type: ignore[attr-defined]
        self.fields["towards"].choices = list(positions.items())  # type: ignore[attr-defined]
        if not positions:
            del self.fields["towards"]

    def chosen(self) -> Who:
        kind, _colon, pk = self.cleaned_data["who"].partition(":")
        return Who(kind, int(pk), self.cleaned_data.get("towards", ""))


@needs("programmes.run")
def of_programme(request: Asked, code: str) -> HttpResponseBase:
    """Of the version that holds now."""
    version = get_object_or_404(latest_versions(), programme__code=code)
    back = (reverse("programmes:programme", args=[code]), version.programme)
    return _trial(request, definition_of(version), back, reverse("programmes:dry_run", args=[code]))


@needs("programmes.run")
def of_draft(request: Asked, draft_id: int) -> HttpResponseBase:
    """Of a draft, as far as it can be read."""
    draft = get_object_or_404(Draft, pk=draft_id)
    definition, _faults = read_loosely(draft.body)
    back = (reverse("programmes:draft", args=[draft_id]), draft.title)
    return _trial(request, definition, back, reverse("programmes:dry_run_draft", args=[draft_id]))


def _trial(request: Asked, definition: Definition, back: tuple[str, Any], here: str) -> HttpResponseBase:
    run = _run(request)
    people, positions = people_to_choose(definition), positions_of(definition)
    form = TrialForm(request.POST or None, people=people, positions=positions, initial=_chosen_for(run))
    if request.method == "POST" and form.is_valid():
        begun = try_out(definition=definition, who=form.chosen(), then=here, actor=request.user)
        return redirect(f"{here}?run={begun.pk}" if begun.is_over else reverse("tasks:job", args=[begun.pk]))
    page: dict[str, Any] = {"form": form, "back": back, "title": text_of(definition.name)}
    if run:
        result = _Result(run, positions, request)
        if request.GET.get("as") == "csv":
            return csv_response(name=f"{definition.code}-dry-run.csv", head=result.head(), rows=result.table())
        page |= {"result": result, "run": run}
    return render(request, "programmes/dry_run.html", page, status=422 if form.errors else 200)


def _run(request: Asked) -> Job | None:
    """The run the address names: one's own, and over."""
    number = request.GET.get("run", "")
    if not number.isdecimal():
        return None
    return get_object_or_404(Job, pk=number, kind=KIND, owner=request.user, state=Job.State.DONE)


def _chosen_for(run: Job | None) -> dict[str, str]:
    """What the form said that began it."""
    if run is None:
        return {}
    return {"who": f"{run.params['kind']}:{run.params['pk']}", "towards": run.params["towards"]}


@dataclass(frozen=True)
class GateShown:
    place: int
    name: str
    counts: list[tuple[str, Any, int]]  # outcome, its look, people
    lacked: list[tuple[str, str, int]]  # key, what is asked, people


class _Result:
    """What a page shows of a run: every gate, and the people of the one that is chosen."""

    def __init__(self, run: Job, positions: Positions, request: Asked) -> None:
        self.definition, _faults = read_loosely(run.params["definition"])
        self.trial = trial_from(run.result)
        self.total = len(self.trial.rows)
        self.positions = positions
        leaves, names = words_of(self.definition, self.trial, positions)
        self.titles = {key: title_of(leaf, names) for key, leaf in leaves.items()}
        asked = request.GET.get("gate", "")
        self.at = int(asked) if asked.isdecimal() and int(asked) < len(self.definition.gates) else 0
        self.outcome, self.key = request.GET.get("outcome", ""), request.GET.get("key", "")
        self.page_number = request.GET.get("page")

    def gates(self) -> Iterator[GateShown]:
        for place, gate in enumerate(self.definition.gates):
            counts = [(code, OUTCOMES[code], n) for code, n in self.trial.counts(place).items()]
            lacked = [(key, self.titles.get(key, key), n) for key, n in self.trial.most_lacked(place)]
            yield GateShown(place, text_of(gate.name), counts, lacked)

    @property
    def gate_name(self) -> str:
        return text_of(self.definition.gates[self.at].name) if self.definition.gates else ""

    @property
    def filtered_by(self) -> str:
        """What the list of people is narrowed to, in words."""
        look = OUTCOMES.get(self.outcome)
        return str(look[1]) if look else self.titles.get(self.key, "")

    def _rows(self) -> list[tuple[int, str, Tried]]:
        return self.trial.among(self.at, self.outcome, self.key) if self.definition.gates else []

    def page(self) -> Page[Any]:
        """The people of one page, with what they lack at the gate."""
        rows: list[Any] = self._rows()
        page = Paginator(rows, SIZE).get_page(self.page_number)
        people = Person.objects.get_queryset().only("name").in_bulk([row[0] for row in page.object_list])
        page.object_list = [
            {
                "person": people[pk],
                "position": self.positions.get(code, code),
                "look": OUTCOMES[tried.outcome],
                "lacks": [self.titles.get(key, key) for key in self._asked_first(tried)[:SHOWN]],
                "more": max(0, len(tried.lacks) - SHOWN),
            }
            for pk, code, tried in page.object_list
            if pk in people
        ]
        return page

    def _asked_first(self, tried: Tried) -> list[str]:
        """What somebody lacks, first what the list is about."""
        return sorted(tried.lacks, key=lambda key: key != self.key)

    def head(self) -> list[str]:
        return [
            pgettext("of a person", "Name"),
            _("Employee ID"),
            _("Position to step to"),
            self.gate_name,
            _("What is lacking"),
        ]

    def table(self) -> Iterator[list[str]]:
        rows = self._rows()
        people = {p: (name, number) for p, name, number in _named(rows)}
        for pk, code, tried in rows:
            if pk in people:
                said = "; ".join(self.titles.get(key, key) for key in tried.lacks)
                yield [*people[pk], str(self.positions.get(code, code)), str(OUTCOMES[tried.outcome][1]), said]


def _named(rows: list[tuple[int, str, Tried]]) -> Iterator[tuple[int, str, str]]:
    """Names and numbers of the people, so many at a time as a statement takes."""
    for start in range(0, len(rows), 900):
        these = [pk for pk, _code, _tried in rows[start : start + 900]]
        yield from Person.objects.get_queryset().filter(pk__in=these).values_list("pk", "name", "employee_id")
