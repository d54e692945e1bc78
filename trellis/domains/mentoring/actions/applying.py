"""A proposal becomes days, once; and is taken back while nothing was held."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from trellis.domains.mentoring import notices
from trellis.domains.mentoring.actions.days import cancel_day, lock, series_of
from trellis.domains.mentoring.events import DayPlanned, PlanApplied, PlanTakenBack
from trellis.domains.mentoring.models import MentorshipDay, PlanProposal, ProposedDay
from trellis.domains.mentoring.queries.proposals import checked
from trellis.domains.mentoring.queries.supply import offers_standing
from trellis.domains.people.models import Person
from trellis.domains.sessions import actions as sessions_actions
from trellis.domains.sessions.actions import PlannedSession
from trellis.domains.sessions.models import Mark
from trellis.kit import clock
from trellis.kit.journal.facts import announce, announce_many
from trellis.kit.notices.notify import notify
from trellis.kit.text import name_in_all


@dataclass(frozen=True)
class ApplyOutcome:
    """`applied` | `already`, or why not: dropped | empty | stale (`broken`: days that cannot be any more)."""

    code: str
    days: int = 0
    broken: int = 0

    @property
    def ok(self) -> bool:
        """Whether the days are planned now."""
        return self.code in {"applied", "already"}


@transaction.atomic
def apply_proposal(*, proposal: PlanProposal, actor: Person) -> ApplyOutcome:
    """All days of the proposal are planned, or none. Two who apply at once, or one who clicks twice, plan them once."""
    proposal = PlanProposal.objects.select_for_update().get(pk=proposal.pk)
    if proposal.applied_at and not proposal.ended_at:
        return ApplyOutcome("already")
    if not proposal.is_open:
        return ApplyOutcome("dropped")
    proposed = list(proposal.days.select_related("learner", "holder", "position", "replaces").order_by("on", "id"))
    if not proposed:
        return ApplyOutcome("empty")
    lock(*{pk for day in proposed for pk in (day.learner_id, day.holder_id)})
    broken = checked(proposal, proposed)
    if broken:
        return ApplyOutcome("stale", broken=len(broken))
    for day in proposed:
        if day.replaces and not day.replaces.cancelled_at:
            cancel_day(day=day.replaces, actor=actor, reason="", told=False)
    days = _plan(proposed, actor)
    proposal.applied_at, proposal.applied_by = clock.now(), actor
    proposal.save(update_fields=["applied_at", "applied_by"])
    announce(PlanApplied(proposal.pk, len(days)), actor=actor)
    _tell(proposal, proposed)
    return ApplyOutcome("applied", len(days))


def _plan(proposed: list[ProposedDay], actor: Person) -> list[MentorshipDay]:
    """Learner by learner: their sessions in one go, then the days that stand on them."""
    hours = _hours(proposed)
    by_learner: dict[tuple[int, int], list[ProposedDay]] = defaultdict(list)
    for day in proposed:
        by_learner[day.learner_id, day.position_id].append(day)
    days = []
    for (learner_id, _position), own in by_learner.items():
        series = series_of(learner_id, own[0].position, actor)
        planned = [PlannedSession("", *hours[day.holder_id, day.on], [day.holder]) for day in own]
        sessions = sessions_actions.schedule_many(series=series, planned=planned, actor=actor)
        days += [
            MentorshipDay(
                session=session, learner_id=day.learner_id, holder_id=day.holder_id, position_id=day.position_id,
                on=day.on, planned_by=actor,
            )
            for session, day in zip(sessions, own, strict=True)
        ]  # fmt: skip
    MentorshipDay.objects.bulk_create(days)
    by_date = {(day.learner_id, day.on): day for day in days}
    for day in proposed:
        day.became = by_date[day.learner_id, day.on]
    ProposedDay.objects.bulk_update(proposed, ["became"], batch_size=500)
    announce_many([DayPlanned(d.learner_id, d.pk, d.holder_id, d.position_id, d.on) for d in days], actor=actor)
    return days


def _hours(proposed: list[ProposedDay]) -> dict[tuple[int, date], tuple[datetime, datetime]]:
    """Holder and date to when the day begins and ends, as the offer says."""
    wanted = {(day.holder_id, day.on) for day in proposed}
    found = {}
    for offer in offers_standing().filter(holder__in={holder for holder, _on in wanted}):
        for on in offer.days.dates():
            if (offer.holder_id, on) in wanted:
                begins = clock.at_time(on, offer.starts.hour, offer.starts.minute)
                found[offer.holder_id, on] = (begins, begins + timedelta(minutes=offer.days.minutes))
    return found


def _tell(proposal: PlanProposal, proposed: list[ProposedDay]) -> None:
    """Everybody once: learners their days, holders how many days others spend beside them."""
    learners: dict[int, list[ProposedDay]] = defaultdict(list)
    holders: dict[int, list[ProposedDay]] = defaultdict(list)
    for day in proposed:
        learners[day.learner_id].append(day)
        holders[day.holder_id].append(day)
    for person_ids, kind in ((learners, notices.PLAN_FOR_YOU), (holders, notices.PLAN_BESIDE_YOU)):
        for pk, own in person_ids.items():
            about = {"days": len(own), "day": own[0].on, "position": name_in_all(own[0].position)}
            notify(person_ids=[pk], kind=kind.code, key=f"plan:{proposal.pk}", params=about, link="/mentorship-days/")


@dataclass(frozen=True)
class TakeBackOutcome:
    """`taken_back` | `already`, or why not: not_applied | held (`days`: so many are marked or over)."""

    code: str
    days: int = 0


@transaction.atomic
def take_back(*, proposal: PlanProposal, actor: Person) -> TakeBackOutcome:
    """All days of an applied proposal are cancelled again, as long as none of them was held."""
    proposal = PlanProposal.objects.select_for_update().get(pk=proposal.pk)
    if not proposal.applied_at:
        return TakeBackOutcome("not_applied")
    if proposal.ended_at:
        return TakeBackOutcome("already")
    days = MentorshipDay.objects.filter(proposed__proposal=proposal, cancelled_at=None)
    lock(*days.values_list("learner_id", flat=True))
    marked = Mark.objects.filter(session__mentorship_day__in=days).values("session_id")
    held = (
        days.filter(session__in=marked).count() + days.filter(on__lt=clock.today()).exclude(session__in=marked).count()
    )
    if held:
        return TakeBackOutcome("held", held)
    going = list(days.select_related("session__series", "learner", "holder"))
    for day in going:
        cancel_day(day=day, actor=actor)
    proposal.ended_at, proposal.ended_by = clock.now(), actor
    proposal.save(update_fields=["ended_at", "ended_by"])
    announce(PlanTakenBack(proposal.pk, len(going)), actor=actor)
    return TakeBackOutcome("taken_back", len(going))
