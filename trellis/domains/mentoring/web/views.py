from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from trellis.domains.careers.models import Aim
from trellis.domains.mentoring import actions, queries, wording
from trellis.domains.mentoring.models import MentorshipDay
from trellis.domains.mentoring.rules import CAME, CountedDay, DaysCount, count_days
from trellis.domains.mentoring.web.forms import ConfirmForm, PlanForm, SignForm
from trellis.domains.people.access import Role, only_about
from trellis.domains.people.asking import Asked
from trellis.domains.people.models import Person, Position
from trellis.domains.sessions.actions import PlannedSession, speaks_against
from trellis.domains.sessions.clash_words import remarks
from trellis.domains.sessions.models import Mark
from trellis.domains.sessions.rules import HOURS
from trellis.kit import clock
from trellis.kit.access import needs, require, signed_in
from trellis.kit.paging import page_of


@dataclass(frozen=True)
class Shown:
    """A day with the reason why it counts or not."""

    day: MentorshipDay
    counted: CountedDay

    @property
    def hours(self) -> str:
        """The time spent, in hours."""
        return f"{(self.counted.day.minutes or 0) / 60:g}"


def _counted(days: list[MentorshipDay]) -> tuple[DaysCount, list[Shown]]:
    """Days of one learner and position."""
    count = count_days(map(queries.as_fact, days), on=clock.today())
    by_id = {day.pk: day for day in days}
    return count, [Shown(by_id[counted.day.day_id], counted) for counted in count.days]


def _each(days: list[MentorshipDay]) -> list[Shown]:
    """Days of several people, each judged by itself."""
    return [Shown(day, count_days([queries.as_fact(day)], on=clock.today()).days[0]) for day in days]


@signed_in
def days(request: Asked) -> HttpResponse:
    """My days beside holders, and the days others spend beside me."""
    me = request.user
    own = list(queries.days_of_academy(MentorshipDay.objects.filter(learner=me)).order_by("on", "id"))
    position = _position(request, own)
    count, shown = _counted([day for day in own if position and day.position_id == position.pk])
    hosted = queries.days_of_academy(MentorshipDay.objects.filter(holder=me)).order_by("-on", "-id")
    page = page_of(request, hosted)
    return render(
        request,
        "mentoring/days.html",
        {
            "position": position,
            "others": {day.position for day in own if day.position != position},
            "count": count,
            "shown": shown,
            "page": page,
            "hosted": _each(list(page)),
            "may_see_all": me.has_perm("mentoring.see_all"),
            "may_plan_groups": me.has_perm("mentoring.plan_groups"),
        },
    )


def _position(request: Asked, own: list[MentorshipDay]) -> Position | None:
    """The position asked for, else the one aimed at, else that of the last day."""
    code = request.GET.get("position")
    if code:
        return Position.objects.filter(code=code).first()
    aim = Aim.objects.filter(person=request.user, dropped_at=None).select_related("position").first()
    return aim.position if aim else own[-1].position if own else None


@signed_in
def plan(request: Asked, code: str) -> HttpResponse:
    """Plan a day beside somebody who holds the position; the academy does so for others too."""
    position = get_object_or_404(Position, code=code)
    learner = _learner(request)
    form = PlanForm(request.POST or None, position=position, learner=learner)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        outcome = actions.plan_day(
            learner=learner,
            holder=data["holder"],
            position=position,
            on=data["on"],
            because=data["because"],
            actor=request.user,
        )
        if outcome.ok:
            messages.success(request, _("The day is planned; the holder is told."))
            _warn_of_classes(request, outcome.day_id)
            is_own = learner == request.user
            return redirect(f"/mentorship-days/?position={position.code}" if is_own else f"/people/{learner.pk}/")
        if outcome.wants_reason:
            form.ask_why()
        for refusal in outcome.against or (outcome.code,):
            form.add_error("holder" if refusal in {"not_a_holder", "same_person"} else "on", _refusal(refusal))
    shown = {"form": form, "position": position, "learner": learner}
    return render(request, "mentoring/plan.html", shown, status=422 if form.errors else 200)


def _learner(request: Asked) -> Person:
    """Whose day it is to be: one's own, or that of `?learner=` when the academy asks."""
    asked = request.GET.get("learner", "")
    if not asked.isdecimal() or int(asked) == request.user.pk:
        return request.user
    require(request, "mentoring.plan_groups")
    return get_object_or_404(Person.objects.here(), pk=asked)


def _warn_of_classes(request: Asked, day_id: int) -> None:
    """What else the learner is expected at in the hours of the day."""
    day = MentorshipDay.objects.select_related("session").get(pk=day_id)
    hours = PlannedSession("", day.session.starts_at, day.session.ends_at, people=frozenset({day.learner_id}))
    found = [clash for clash in speaks_against([hours], ignoring=[day.session_id]) if clash.kind != HOURS]
    for remark in remarks(found, [hours], [1]).get(-1, []):
        messages.warning(request, remark.text)


def _refusal(code: str) -> str:
    return {
        "same_person": _("Choose somebody else than yourself."),
        "in_past": _("This day is over; choose a day from today on."),
        "not_a_holder": _("This person does not hold the position on that day; choose another holder or day."),
        "day_taken": _("You have planned another day for this date; cancel that one first or choose another date."),
        "holder_away": _("The holder is away on that day; choose another date or holder."),
        "learner_away": _("The learner is away on that day. Choose another date, or write why it has to be this one."),
        "learner_off_shift": _(
            "The day lies outside the learner's working hours. Choose another date, or write why it has to be this one."
        ),
        "holder_off_shift": _(
            "The day lies outside the holder's working hours. Choose another date, or write why it has to be this one."
        ),
        "holder_busy": _("Somebody else spends this day beside the holder; choose another date."),
    }[code]


def _day(pk: int) -> MentorshipDay:
    days = MentorshipDay.objects.select_related("learner", "holder", "position", "session__series", "session__kept_by")
    return get_object_or_404(queries.with_facts(days), pk=pk)


@signed_in
def day(request: Asked, pk: int) -> HttpResponse:
    """One day; the holder or the academy confirm it here."""
    day = _day(pk)
    require(request, "mentoring.see", day)
    mark = Mark.objects.filter(session=day.session_id, person=day.learner_id, is_current=True).first()
    may_confirm = request.user.has_perm("mentoring.confirm", day) and day.on <= clock.today() and not day.cancelled_at
    checklist = queries.checklist(day, mark)
    form = ConfirmForm(
        request.POST or None,
        checklist=[(line.competency_id, line.told) for line in checklist],
        initial={
            "seen": mark.pk if mark else 0,
            "value": mark and mark.value,
            "behaviours": [line.competency_id for line in checklist if line.was_seen],
        },
    )
    if request.method == "POST":
        require(request, "mentoring.confirm", day)
        if form.is_valid() and _confirm(request, day, form):
            return redirect("mentoring:day", pk)
    return render(request, "mentoring/day.html", _page(request, day, mark, checklist, form if may_confirm else None))


def _page(
    request: Asked,
    day: MentorshipDay,
    mark: Mark | None,
    checklist: list[queries.Behaviour],
    form: ConfirmForm | None,
    sign_form: SignForm | None = None,
) -> dict[str, object]:
    signature = queries.signature_of(day)
    may_sign = request.user.has_perm("mentoring.sign", day) and not day.cancelled_at and day.on <= clock.today()
    return {
        "day": day,
        "mark": mark,
        "shown": _each([day])[0],
        "checklist": [line for line in checklist if line.was_seen],
        "signature": signature,
        "form": form,
        "sign_form": (sign_form or SignForm(initial={"text": signature.text if signature else ""}))
        if may_sign and (not mark or mark.value in CAME)
        else None,
        "may_cancel": not mark and not day.cancelled_at and request.user.has_perm("mentoring.cancel", day),
    }


@signed_in
@require_POST
def sign(request: Asked, pk: int) -> HttpResponse:
    """The learner writes what was done."""
    day = _day(pk)
    require(request, "mentoring.sign", day)
    form = SignForm(request.POST)
    if form.is_valid():
        code = actions.sign_day(day=day, text=form.cleaned_data["text"], actor=request.user)
        if code in {"signed", "already"}:
            messages.success(request, _("Signed. The day counts as soon as the holder confirmed it too."))
            return redirect("mentoring:day", pk)
        form.add_error("text", wording.SIGN[code])
    mark = Mark.objects.filter(session=day.session_id, person=day.learner_id, is_current=True).first()
    page = _page(request, day, mark, queries.checklist(day, mark), None, form)
    return render(request, "mentoring/day.html", page, status=422)


def _confirm(request: Asked, day: MentorshipDay, form: ConfirmForm) -> bool:
    data = form.cleaned_data
    outcome = actions.confirm_day(
        day=day,
        minutes=data["minutes"],
        value=data["value"],
        reason=data["note"],
        seen=data["seen"],
        behaviours=data.get("behaviours", ()),
        actor=request.user,
    )
    if outcome.ok:
        messages.success(request, _("Confirmed; the learner is told."))
        return True
    texts = {
        "conflict": _("Meanwhile somebody else confirmed this day. Reload the page, look, and correct it if needed."),
        "reason_needed": _("The day was confirmed before. Write why you correct it."),
        "too_early": _("The day is still to come; only an excuse can be marked before."),
        "cancelled": _("The day was cancelled."),
        "oneself": _("Nobody confirms their own day."),
    }
    form.add_error(
        "note" if outcome.code == "reason_needed" else None,
        texts.get(outcome.code, _("Write from when to when the day was.")),
    )
    return False


@signed_in
@require_POST
def cancel(request: Asked, pk: int) -> HttpResponse:
    """Give the day back."""
    day = _day(pk)
    require(request, "mentoring.cancel", day)
    if actions.cancel_day(day=day, actor=request.user):
        messages.success(request, _("The day is cancelled; the other one is told."))
    else:
        messages.error(request, _("The day was confirmed or cancelled already."))
    return redirect("mentoring:days")


@needs("mentoring.see_all")
def everybody(request: Asked) -> HttpResponse:
    """All days, newest first; those that wait for their holder."""
    reached = only_about(MentorshipDay.objects.all(), request.user, Role.ACADEMY, by="learner")
    days = queries.days_of_academy(reached).order_by("-on", "-id")
    waiting = request.GET.get("which") == "waiting"
    if waiting:
        marked = Mark.objects.filter(session__series__kind="mentorship").values("session_id")
        days = days.filter(on__lt=clock.today()).exclude(session__in=marked)
    words = request.GET.get("q", "").strip()[:100]
    if words:
        people = Person.objects.get_queryset().filter(name__icontains=words).values("pk")
        days = days.filter(Q(learner__in=people) | Q(holder__in=people))
    page = page_of(request, days)
    shown = {"page": page, "shown": _each(list(page)), "waiting": waiting, "words": words}
    return render(request, "mentoring/everybody.html", shown)
