"""One act on many people of a cohort: choose, look once more, do, see what became of each, undo."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from trellis.domains.learning.models import Offering
from trellis.domains.people.asking import Asked
from trellis.domains.programmes import actions
from trellis.domains.programmes.actions.bulk import CAN_BE_UNDONE, UNDO_DAYS, Wish
from trellis.domains.programmes.actions.making_up import InTheWay, MakeUp
from trellis.domains.programmes.models import BulkAct, Cohort, Journey
from trellis.domains.programmes.queries.offers import latest_version
from trellis.domains.programmes.queries.roster import travellers
from trellis.domains.programmes.web.forms import Day
from trellis.domains.programmes.web.roster import MOST, SHOWN, asked_of, roster
from trellis.domains.programmes.wording_time import TIME_REFUSALS
from trellis.domains.sessions.clash_words import refusals
from trellis.domains.sessions.drafting import moment
from trellis.domains.sessions.models import Room, Session
from trellis.domains.sessions.queries import rooms_in_use, sessions_missed
from trellis.kit import clock
from trellis.kit.access import needs
from trellis.kit.paging import page_of
from trellis.kit.ui.templatetags.ui import day

Kind = BulkAct.Kind
LEFT_OUT: dict[str, Any] = {
    **TIME_REFUSALS,
    "oneself": gettext_lazy("Nobody decides on themselves. Ask a colleague of the academy."),
    "full": gettext_lazy("The run has no place left."),
    "not_asked": gettext_lazy("The way to their position does not ask for this course."),
    "there": gettext_lazy("In this run already."),
    "not_missed": gettext_lazy("They did not miss this session."),
    "made_up": gettext_lazy("They made up for it already."),
    "not_ready": gettext_lazy("Not everything before the review is met."),
    "asked": gettext_lazy("The review is asked for or decided already."),
}
ABOUT: dict[str, Any] = {
    Kind.MESSAGE: gettext_lazy("They read it under their notices; by mail it goes out tomorrow morning."),
    Kind.EXTENSION: gettext_lazy("The end of the journey and every date before it move; each is told."),
    Kind.PAUSE: gettext_lazy("Everything stands still on these days; each is told."),
    Kind.RUN: gettext_lazy("They leave their present run of the course and join this one, while it has places."),
    Kind.MAKE_UP: gettext_lazy("One session for all who missed it, by whoever held it; each who missed it is told."),
    Kind.REVIEW: gettext_lazy("The review is asked for everybody who has all the rest; the others are left out."),
}


class MissedField(forms.ModelChoiceField):
    """A session that some of the people missed, with its day and how many of them they are."""

    def label_from_instance(self, obj: Any) -> str:
        told = {"session": obj, "day": day(obj.starts_at), "n": obj.missed}
        return _("%(session)s, %(day)s: missed by %(n)s") % told


class BulkForm(forms.Form):
    """What an act on many needs to know; only the fields of its kind are there."""

    missed = MissedField(queryset=Session.objects.none(), label=gettext_lazy("Session that was missed"))
    day = forms.DateField(label=gettext_lazy("Day of the make-up"), widget=Day())
    starts = forms.TimeField(label=gettext_lazy("Starts"), widget=forms.TimeInput(attrs={"type": "time"}))
    ends = forms.TimeField(label=gettext_lazy("Ends"), widget=forms.TimeInput(attrs={"type": "time"}))
    room = forms.ModelChoiceField(label=gettext_lazy("Room"), queryset=Room.objects.none(), required=False)
    place = forms.CharField(label=gettext_lazy("or another place"), max_length=200, required=False)
    words = forms.CharField(max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))
    run = forms.ModelChoiceField(queryset=Offering.objects.none(), label=gettext_lazy("Run"))
    from_on = forms.DateField(label=gettext_lazy("First day of the pause"), widget=Day())
    until_on = forms.DateField(widget=Day())

    def __init__(self, data: Any, *, kind: str, people: Sequence[Journey]) -> None:
        super().__init__(data)
        self.fields["words"].label = _("Message") if kind == Kind.MESSAGE else _("Reason")
        self.fields["until_on"].label = _("Last day of the pause") if kind == Kind.PAUSE else _("The new end")
        runs = Offering.objects.filter(ends_on__gte=clock.today()).select_related("course")
        self.fields["run"].queryset = runs.order_by("course__name", "starts_on", "id")  # type: ignore[attr-defined]
        wanted = {
            Kind.MESSAGE: {"words"},
            Kind.EXTENSION: {"words", "until_on"},
            Kind.PAUSE: {"words", "from_on", "until_on"},
            Kind.RUN: {"run"},
            Kind.MAKE_UP: {"missed", "day", "starts", "ends", "room", "place", "words"},
        }.get(Kind(kind), set())
        for name in set(self.fields) - wanted:
            del self.fields[name]
        if kind == Kind.MAKE_UP:
            self.fields["missed"].queryset = sessions_missed([j.person_id for j in people])  # type: ignore[attr-defined]
            if not self.fields["missed"].queryset.exists():  # type: ignore[attr-defined]
                self.fields["missed"].help_text = _("None of these people missed a session.")
            self.fields["room"].queryset = rooms_in_use()  # type: ignore[attr-defined]
            self.fields["words"].required = False
            self.fields["words"].widget.attrs["rows"] = 2
            self.fields["words"].label = _("Why it has to be then, if a room or a host is taken")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if {"day", "starts", "ends"} <= set(data):
            begins, until = (moment(data["day"], data[name]) for name in ("starts", "ends"))
            if begins is None or until is None:
                self.add_error("starts", _("This hour does not exist: the clocks are put forward that day."))
            elif until <= begins:
                self.add_error("ends", _("The end has to be after the start."))
            elif begins <= clock.now():
                self.add_error("day", _("This is over. Choose a time to come."))
            elif data.get("missed"):
                data["make_up"] = MakeUp(data["missed"], begins, until, data["room"], data["place"])
        return data

    def wish(self, kind: str) -> Wish:
        """As the action takes it."""
        names = ("words", "from_on", "until_on", "run", "make_up")
        return Wish(kind, **{name: self.cleaned_data[name] for name in names if name in self.cleaned_data})


@needs("programmes.act_on_many")
def act(request: Asked, cohort_id: int) -> HttpResponse:
    """Whom it is about and what is to be done; nothing happens before the button of this page."""
    cohort = get_object_or_404(Cohort.objects.select_related("version__programme"), pk=cohort_id)
    sent = request.POST if request.method == "POST" else request.GET
    kind = sent.get("kind", "")
    people = _meant(request, cohort)
    form = BulkForm(request.POST or None, kind=kind, people=people) if kind in Kind.values else None
    if request.method == "POST" and form and people and form.is_valid():
        batch = request.POST.get("batch", "")[:32] or uuid4().hex
        ids = [journey.pk for journey in people]
        try:
            done = actions.act_on_many(
                cohort=cohort, wish=form.wish(kind), journey_ids=ids, batch=batch, actor=request.user
            )
            return redirect("programmes:bulk_act", cohort.pk, done.pk)
        except InTheWay as refusal:
            for sentence in refusals(refusal.clashes, [refusal.planned]):
                form.add_error("day", sentence)
            form.add_error("words", _("Choose another time or room, or write here why it has to be so."))
    newest = latest_version(cohort.version.programme)
    page = {
        "cohort": cohort,
        "people": people,
        "form": form,
        "kind": kind,
        "kinds": [(choice, ABOUT[choice.value]) for choice in Kind],
        "about": ABOUT.get(kind, ""),
        "title": Kind(kind).label if form else _("Act on many at once"),
        "batch": sent.get("batch") or uuid4().hex,
        "newer": newest if newest and newest.pk != cohort.version_id else None,
    }
    return render(request, "programmes/act_on_many.html", page, status=200 if request.method == "GET" else 422)


def _meant(request: Asked, cohort: Cohort) -> list[Journey]:
    """Who was ticked; or everybody that the filter of the roster finds."""
    sent = request.POST if request.method == "POST" else request.GET
    if request.method == "GET" and sent.get("everyone"):
        asked = asked_of(request)
        if asked.get("show") in SHOWN:
            return [row.journey for row in roster(cohort, asked, size=MOST).rows if row.is_going]
        return list(travellers(cohort, asked.get("q", "")).filter(left_at=None, completed_at=None)[:MOST])
    ticked = {int(value) for value in sent.getlist("journey") if value.isdecimal()}
    return [journey for journey in travellers(cohort) if journey.pk in ticked] if ticked else []


@needs("programmes.act_on_many")
def acts(request: Asked, cohort_id: int) -> HttpResponse:
    """What was done to many of a cohort, the latest first."""
    cohort = get_object_or_404(Cohort, pk=cohort_id)
    page = page_of(request, cohort.bulk_acts.select_related("done_by", "undone_by"))
    return render(request, "programmes/bulk_acts.html", {"cohort": cohort, "page": page})


@needs("programmes.act_on_many")
def done(request: Asked, cohort_id: int, act_id: int) -> HttpResponse:
    """What became of each, and the way back."""
    loaded = BulkAct.objects.select_related("cohort", "done_by", "undone_by")
    shown = get_object_or_404(loaded, pk=act_id, cohort=cohort_id)
    if request.method == "POST":
        _undo(request, shown)
        return redirect("programmes:bulk_act", cohort_id, act_id)
    ids = [*shown.done, *map(int, shown.skipped)]
    by_id = Journey.objects.select_related("person", "position").in_bulk(ids)
    last = shown.done_at + timedelta(days=UNDO_DAYS)
    page = {
        "act": shown,
        "cohort": shown.cohort,
        "reached": [by_id[pk] for pk in shown.done if pk in by_id],
        "left_out": [
            (by_id[int(pk)], LEFT_OUT.get(code, code)) for pk, code in shown.skipped.items() if int(pk) in by_id
        ],
        "can_be_undone": shown.kind in CAN_BE_UNDONE and shown.done and not shown.undone_at and last >= clock.now(),
        "last": last,
    }
    return render(request, "programmes/bulk_act.html", page)


def _undo(request: Asked, shown: BulkAct) -> None:
    outcome = actions.undo_bulk(act=shown, actor=request.user)
    if outcome.code == "undone":
        n = outcome.act.undone or 0
        said = ngettext("Taken back for %(n)s person.", "Taken back for %(n)s people.", n)
        messages.success(request, said % {"n": n})
    elif outcome.code == "already":
        messages.warning(request, _("It has been taken back already."))
    else:
        messages.error(request, _("It cannot be taken back any more: change it for each person."))
