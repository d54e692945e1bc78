"""Planning, confirming and cancelling days beside a holder."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction

from trellis.domains.mentoring import notices
from trellis.domains.mentoring.events import DayCancelled, DayConfirmed, DayPlanned
from trellis.domains.mentoring.models import MentorshipDay
from trellis.domains.mentoring.rules import CAME, PlanOutcome, decide_plan
from trellis.domains.people.models import Person, Position
from trellis.domains.people.queries import holders_of
from trellis.domains.sessions import actions as sessions_actions
from trellis.domains.sessions.models import Mark, Series
from trellis.domains.sessions.rules import MarkOutcome
from trellis.kit import clock
from trellis.kit.journal.facts import announce
from trellis.kit.notices.notify import notify
from trellis.kit.text import name_in_all

PLANNED_LENGTH = timedelta(hours=9)  # eight hours of work and the break between


@transaction.atomic
def plan_day(
    *, learner: Person, holder: Person, position: Position, on: date, actor: Person, starts_hour: int = 8
) -> PlanOutcome:
    """Plan a day beside somebody who holds the position on that day: once per date for learner and holder."""
    holds = holders_of(position, on).filter(pk=holder.pk).exists()
    code = decide_plan(is_same_person=learner.pk == holder.pk, on=on, today=clock.today(), holds=holds)
    if code != "planned":
        return PlanOutcome(code)
    # Both at once and always in the same order, so that two plans for one day wait for each other.
    list(Person.objects.get_queryset().select_for_update().filter(pk__in=[learner.pk, holder.pk]).order_by("pk"))
    that_date = MentorshipDay.objects.filter(on=on, cancelled_at=None)
    there = that_date.filter(learner=learner).first()
    if there:
        same = (there.holder_id, there.position_id) == (holder.pk, position.pk)
        return PlanOutcome("already" if same else "day_taken", there.pk)
    if that_date.filter(holder=holder).exists():
        return PlanOutcome("holder_busy")
    starts_at = clock.at_time(on, starts_hour)
    session = sessions_actions.schedule(
        series=_series(learner, position, actor),
        title="",
        starts_at=starts_at,
        ends_at=starts_at + PLANNED_LENGTH,
        hosts=[holder],
        actor=actor,
    )
    day = MentorshipDay.objects.create(
        session=session, learner=learner, holder=holder, position=position, on=on, planned_by=actor
    )
    announce(DayPlanned(learner.pk, day.pk, holder.pk, position.pk, on), actor=actor)
    _tell(day, notices.PLANNED.code, [holder.pk], f"planned:{day.pk}", position=name_in_all(position))
    return PlanOutcome("planned", day.pk)


def _series(learner: Person, position: Position, actor: Person) -> Series:
    earlier = MentorshipDay.objects.filter(learner=learner, position=position).select_related("session__series").first()
    if earlier:
        return earlier.session.series
    series = sessions_actions.open_series(
        name=position.name, names=position.names, kind=Series.Kind.MENTORSHIP, actor=actor
    )
    sessions_actions.take_in(series=series, person_ids=[learner.pk], actor=actor)
    return series


@transaction.atomic
def confirm_day(
    *,
    day: MentorshipDay,
    minutes: int | None,
    value: str,
    actor: Person,
    reason: str = "",
    seen: int | None = None,
) -> MarkOutcome:
    """Say what the day was: present or late with the minutes really spent, absent or excused. Never by the learner.

    Refusals are those of a register mark, and `minutes_needed` when somebody came for no time of 1 to 1,440 minutes.
    """
    if day.cancelled_at:
        return MarkOutcome("cancelled")
    came = value in CAME
    if came and not (minutes and 0 < minutes <= 24 * 60):
        return MarkOutcome("minutes_needed")
    outcome = sessions_actions.mark(
        session=day.session,
        person_id=day.learner_id,
        value=value,
        minutes=minutes if came else None,
        reason=reason,
        seen=seen,
        actor=actor,
    )
    if outcome.code == "marked":
        fact = DayConfirmed(day.learner_id, day.pk, day.holder_id, day.position_id, value, minutes if came else None)
        announce(fact, actor=actor)
        kind = notices.CONFIRMED if came else notices.NOT_ATTENDED
        hours = f"{(minutes or 0) / 60:g}"
        _tell(day, kind.code, [day.learner_id], f"mark:{outcome.mark_id}", hours=hours)
    return outcome


@transaction.atomic
def cancel_day(*, day: MentorshipDay, actor: Person, reason: str = "") -> bool:
    """Give the day back; False when it was cancelled or confirmed already."""
    if Mark.objects.filter(session_id=day.session_id).exists():
        return False
    changed = MentorshipDay.objects.filter(pk=day.pk, cancelled_at=None).update(cancelled_at=clock.now())
    if not changed:
        return False
    sessions_actions.cancel(session=day.session, reason=reason, actor=actor)
    announce(DayCancelled(day.learner_id, day.pk, day.holder_id, day.position_id), actor=actor)
    others = [pk for pk in (day.learner_id, day.holder_id) if pk != actor.pk]
    _tell(day, notices.CANCELLED.code, others, f"cancelled:{day.pk}")
    return True


def _tell(day: MentorshipDay, kind: str, person_ids: list[int], key: str, **more: Any) -> None:
    about = {"learner": day.learner.name, "holder": day.holder.name, "day": day.on}
    notify(person_ids=person_ids, kind=kind, key=key, params={**about, **more}, link="/mentorship-days/")
