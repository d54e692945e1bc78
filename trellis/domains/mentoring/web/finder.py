"""Finding a mentor and asking; and saying that one is willing oneself."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from trellis.domains.careers.queries.choosing import groups_for
from trellis.domains.mentoring.actions import willing as saying
from trellis.domains.mentoring.actions.mentors import ask as ask_them
from trellis.domains.mentoring.models import Mentorship, Willing
from trellis.domains.mentoring.queries.finder import aimed_at, choices, mentors_for, with_reasons
from trellis.domains.mentoring.queries.mentors import leader_of, open_ones, room_with, what_is_known
from trellis.domains.mentoring.rules.mentors import why_not_ask
from trellis.domains.mentoring.web import mentor_words as wording
from trellis.domains.mentoring.web.mentor_forms import AskForm, FinderForm, WillingForm
from trellis.domains.people.asking import Asked
from trellis.domains.people.models import Person
from trellis.domains.people.queries import current_holding
from trellis.kit import clock
from trellis.kit.access import signed_in
from trellis.kit.paging import page_of
from trellis.kit.turns import in_turn

AT_ONCE = 20


@signed_in
@in_turn
def find(request: Asked) -> HttpResponse:
    """Whom one can ask, each with the reasons in words."""
    known, on = choices(), clock.today()
    form = FinderForm(request.GET, choices=known)
    wish, aimed = form.wish(), aimed_at(request.user, on=on)
    page = page_of(request, mentors_for(request.user, wish, aimed, known, on=on), size=AT_ONCE)
    rows = [
        (
            one,
            [wording.reason(why, known.topics, known.positions, aimed.name, wish.language) for why in one.reasons],
            [wording.language(code) for code in one.willing.language_codes],
        )
        for one in with_reasons(page, wish, aimed, on=on)
    ]
    more = any((wish.language, wish.pathway, wish.position, wish.unit, wish.free))
    context = {"form": form, "page": page, "rows": rows, "aimed": aimed, "more": more, "wish": wish}
    return render(request, "mentoring/find.html", context)


@signed_in
def ask(request: Asked, person_id: int) -> HttpResponse:
    """What somebody willing says of themselves, and the question to them."""
    mentor = get_object_or_404(Person.objects.get_queryset(), pk=person_id, erased_at=None)
    willing = Willing.objects.filter(person=mentor, stopped_at=None).first()
    topics = [topic.competency for topic in willing.topics.select_related("competency")] if willing else []
    rows, holding, room = open_ones(request.user), current_holding(mentor), room_with(willing)
    between = next((row for row in rows if row.mentor_id == mentor.pk), None)
    current = next((row for row in rows if row.state == "in_force"), None)
    is_leader = not willing and leader_of(request.user) == mentor
    known = what_is_known(request.user, mentor, room, rows, is_here=bool(holding), is_leader=is_leader)
    refusal = "" if between else why_not_ask(known)
    form = AskForm(request.POST or None, topics=topics, changes=bool(current))
    if request.method == "POST" and form.is_valid():
        outcome = ask_them(mentee=request.user, mentor=mentor, **form.cleaned_data)
        if outcome.ok:
            messages.success(request, wording.ASKED[outcome.code] % {"mentor": mentor.name})
            return redirect("mentoring:mentors")
        form.add_error(None, wording.REFUSALS[outcome.code])
    page: dict[str, Any] = {
        "mentor": mentor,
        "willing": willing,
        "topics": topics,
        "languages": [wording.language(code) for code in willing.language_codes] if willing else [],
        "holding": holding,
        "room": room,
        "between": between,
        "refusal": _told(mentor, between, refusal),
        "current": current,
        "form": form,
    }
    return render(request, "mentoring/ask.html", page, status=422 if form.errors else 200)


def _told(mentor: Person, between: Mentorship | None, refusal: str) -> str:
    """Why there is nothing to ask."""
    if between:
        code = "yours_already" if between.state == "in_force" else "already"
        return str({**wording.REFUSALS, **wording.ASKED}[code]) % {"mentor": mentor.name}
    return str(wording.REFUSALS[refusal]) if refusal else ""


@signed_in
def willing(request: Asked) -> HttpResponse:
    """Say that one is willing, or say it anew."""
    mine = Willing.objects.filter(person=request.user).first()
    topics = list(mine.topics.values_list("competency_id", flat=True)) if mine else []
    groups = groups_for(request.user, on=clock.today())
    form = WillingForm(request.POST or None, willing=mine, topics=topics, groups=groups)
    if request.method == "POST" and form.is_valid():
        saying.be_willing(person=request.user, offering=form.offering())
        messages.success(request, _("Thank you. Those who look for a mentor find you now."))
        return redirect("mentoring:mentors")
    page = {"form": form, "willing": mine if mine and not mine.stopped_at else None}
    return render(request, "mentoring/willing.html", page, status=422 if form.errors else 200)


@signed_in
@require_POST
def rest(request: Asked) -> HttpResponse:
    """Pause, go on, or stop being willing."""
    said = request.POST.get("rest")
    if said == "pause" and saying.pause(person=request.user):
        messages.success(request, _("You take a break: nobody new can ask you. Whom you accompany stays."))
    elif said == "resume" and saying.resume(person=request.user):
        messages.success(request, _("Welcome back. Those who look for a mentor find you again."))
    elif said == "stop" and saying.stop(person=request.user):
        messages.success(request, _("Thank you for all you gave. Whom you accompany stays until one of you ends it."))
    return redirect("mentoring:mentors")
