"""Planning, confirming, signing and cancelling one day beside a holder."""

from collections.abc import Collection
from datetime import date, time, timedelta
from typing import Any

from django.db import transaction

from trellis.domains.careers.models import ProfileItem
from trellis.domains.mentoring import notices
from trellis.domains.mentoring.events import DayCancelled, DayConfirmed, DayPlanned, DaySigned
from trellis.domains.mentoring.models import MentorshipDay, Seen, Signature
from trellis.domains.mentoring.queries.supply import away_on, off_shift, offer_on
from trellis.domains.mentoring.rules import CAME, PlanOutcome, decide_plan, speaks_against, why_not_sign
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
    *,
    learner: Person,
    holder: Person,
    position: Position,
    on: date,
    actor: Person,
    starts_hour: int = 8,
    because: str = "",
) -> PlanOutcome:
    """Plan a day beside somebody who holds the position on that day: once per date for a learner, and for a holder
    with as many learners as the holder's offer for the date says, else one.

    A learner who is away, and hours outside the shift of either, are refused unless `because` says why it has to be;
    then the reason is kept with the session.
    """
    holds = holders_of(position, on).filter(pk=holder.pk).exists()
    code = decide_plan(is_same_person=learner.pk == holder.pk, on=on, today=clock.today(), holds=holds)
    if code != "planned":
        return PlanOutcome(code)
    lock(learner.pk, holder.pk)
    that_date = MentorshipDay.objects.filter(on=on, cancelled_at=None)
    there = that_date.filter(learner=learner).first()
    if there:
        same = (there.holder_id, there.position_id) == (holder.pk, position.pk)
        return PlanOutcome("already" if same else "day_taken", there.pk)
    if away_on(holder.pk, on):
        return PlanOutcome("holder_away")
    offer = offer_on(holder.pk, on)
    if that_date.filter(holder=holder).count() >= (offer.places if offer else 1):
        return PlanOutcome("holder_busy")
    begins = offer.starts if offer else time(starts_hour)
    starts_at = clock.at_time(on, begins.hour, begins.minute)
    ends_at = starts_at + (timedelta(minutes=offer.days.minutes) if offer else PLANNED_LENGTH)
    outside = off_shift([learner.pk, holder.pk], starts_at, ends_at)
    against = speaks_against(
        learner_away=away_on(learner.pk, on),
        learner_off_shift=learner.pk in outside,
        holder_off_shift=holder.pk in outside,
    )
    if against and not because.strip():
        return PlanOutcome(against[0], against=against)
    session = sessions_actions.schedule(
        series=series_of(learner.pk, position, actor),
        title="",
        starts_at=starts_at,
        ends_at=ends_at,
        hosts=[holder],
        actor=actor,
    )
    if against:
        sessions_actions.keep_because(kept=[(session, " ".join(against))], because=because, actor=actor)
    day = MentorshipDay.objects.create(
        session=session, learner=learner, holder=holder, position=position, on=on, planned_by=actor
    )
    announce(DayPlanned(learner.pk, day.pk, holder.pk, position.pk, on), actor=actor)
    _tell(day, notices.PLANNED.code, [holder.pk], f"planned:{day.pk}", position=name_in_all(position))
    if actor.pk != learner.pk:
        _tell(day, notices.DAY_FOR_YOU.code, [learner.pk], f"day:{day.pk}", position=name_in_all(position))
    return PlanOutcome("planned", day.pk)


def lock(*person_ids: int) -> None:
    """Always in the same order, so that two plans that concern one person wait for each other.

    Their keys are not held: a row that only names one of them, such as a notice, is written meanwhile.
    """
    people = Person.objects.get_queryset().select_for_update(no_key=True).filter(pk__in=person_ids)
    list(people.order_by("pk").values_list("pk"))


def series_of(learner_id: int, position: Position, actor: Person) -> Series:
    """The learner's days at the position: one series, opened with the first day."""
    earlier = (
        MentorshipDay.objects.filter(learner=learner_id, position=position).select_related("session__series").first()
    )
    if earlier:
        return earlier.session.series
    series = sessions_actions.open_series(
        name=position.name, names=position.names, kind=Series.Kind.MENTORSHIP, actor=actor
    )
    sessions_actions.take_in(series=series, person_ids=[learner_id], actor=actor)
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
    behaviours: Collection[int] = (),
) -> MarkOutcome:
    """Say what the day was: present or late with the minutes really spent, absent or excused. Never by the learner.

    `behaviours`: competencies of the position's profile (their ids) of which the holder saw what the profile asks.
    Refusals are those of a register mark, and `minutes_needed` when somebody came for no time of 1 to 1,440 minutes.
    """
    lock(day.learner_id)
    day.refresh_from_db(fields=["cancelled_at"])
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
        _note_seen(day, outcome.mark_id, behaviours if came else ())
        fact = DayConfirmed(day.learner_id, day.pk, day.holder_id, day.position_id, value, minutes if came else None)
        announce(fact, actor=actor)
        signed = Signature.objects.filter(day=day, is_current=True).exists()
        kind = (notices.CONFIRMED if signed else notices.SIGN) if came else notices.NOT_ATTENDED
        hours = f"{(minutes or 0) / 60:g}"
        _tell(day, kind.code, [day.learner_id], f"mark:{outcome.mark_id}", hours=hours)
    return outcome


def _note_seen(day: MentorshipDay, mark_id: int, behaviours: Collection[int]) -> None:
    asked = ProfileItem.objects.filter(position=day.position_id, competency__in=behaviours)
    Seen.objects.bulk_create(
        [Seen(mark_id=mark_id, competency_id=item.competency_id, level=item.level) for item in asked],
        ignore_conflicts=True,
    )


@transaction.atomic
def sign_day(*, day: MentorshipDay, text: str, actor: Person) -> str:
    """The learner's signature: what was done on the day, in own words; a later one replaces it and both stay known.

    Returns signed | already (the same words), or why not: not_yours | cancelled | too_early | not_there (marked absent
    or excused) | empty | too_long.
    """
    words = text.strip()
    mark = Mark.objects.filter(session=day.session_id, person=day.learner_id, is_current=True).first()
    if code := why_not_sign(
        is_learner=day.learner_id == actor.pk,
        is_cancelled=bool(day.cancelled_at),
        on=day.on,
        today=clock.today(),
        mark=mark.value if mark else None,
        length=len(words),
    ):
        return code
    lock(day.learner_id)
    before = Signature.objects.filter(day=day, is_current=True).first()
    if before:
        if before.text == words:
            return "already"
        Signature.objects.filter(pk=before.pk).update(is_current=False)
    Signature.objects.create(day=day, learner=actor, text=words, replaces=before)
    announce(DaySigned(day.learner_id, day.pk, day.holder_id, day.position_id), actor=actor)
    return "signed"


@transaction.atomic
def cancel_day(*, day: MentorshipDay, actor: Person, reason: str = "", told: bool = True) -> bool:
    """Give the day back; False when it was cancelled or confirmed already. `told` False: another letter says it."""
    lock(day.learner_id)
    if Mark.objects.filter(session_id=day.session_id).exists():
        return False
    changed = MentorshipDay.objects.filter(pk=day.pk, cancelled_at=None).update(cancelled_at=clock.now())
    if not changed:
        return False
    sessions_actions.cancel(session=day.session, reason=reason, actor=actor)
    announce(DayCancelled(day.learner_id, day.pk, day.holder_id, day.position_id), actor=actor)
    others = [pk for pk in (day.learner_id, day.holder_id) if told and pk != actor.pk]
    _tell(day, notices.CANCELLED.code, others, f"cancelled:{day.pk}")
    return True


def _tell(day: MentorshipDay, kind: str, person_ids: list[int], key: str, **more: Any) -> None:
    about = {"learner": day.learner.name, "holder": day.holder.name, "day": day.on}
    notify(person_ids=person_ids, kind=kind, key=key, params={**about, **more}, link="/mentorship-days/")
