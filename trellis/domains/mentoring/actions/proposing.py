"""Asking for a plan, finding it in the background, and changing it by hand."""

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from django.db import transaction

from trellis.domains.mentoring import exact
from trellis.domains.mentoring.models import MentorshipDay, PlanProposal, ProposedDay, ProposedPerson
from trellis.domains.mentoring.queries.proposals import checked, giving_up, problem_of
from trellis.domains.mentoring.rules.continuity import fewest_pairs, pairs, with_fewer_holders
from trellis.domains.mentoring.rules.planning import Plan, Problem, plan_days
from trellis.domains.people.models import Person
from trellis.kit import clock
from trellis.kit.tasks.jobs import Job

LONGEST_WINDOW = 183
STEPS = 5  # what the progress counts: loading, planning, fewer holders, fewest, writing


@dataclass(frozen=True)
class Wanted:
    """Somebody who needs days."""

    learner_id: int
    position_id: int
    days: int


@dataclass(frozen=True)
class AskOutcome:
    """`asked`, or why not: backwards | in_past | too_long | nobody (nobody needs a day) | no_workday."""

    code: str
    proposal: PlanProposal | None = None


@transaction.atomic
def ask_for_plan(
    *,
    name: str,
    names: dict[str, str] | None = None,
    source: str,
    wanted: Iterable[Wanted],
    first: date,
    last: date,
    per_week: int | None,
    few_holders: bool = True,
    actor: Person | None,
) -> AskOutcome:
    """Write down for whom a plan is wanted; `find_plan` finds it. A learner is asked for once."""
    people = {one.learner_id: one for one in wanted if one.days > 0}
    if code := _why_not(first, last, people):
        return AskOutcome(code)
    proposal = PlanProposal.objects.create(
        name=name, names=names or {}, source=source, first=first, last=last, per_week=per_week,
        few_holders=few_holders, asked_by=actor,
    )  # fmt: skip
    ProposedPerson.objects.bulk_create(
        [
            ProposedPerson(proposal=proposal, learner_id=one.learner_id, position_id=one.position_id, days=one.days)
            for one in people.values()
        ]
    )
    return AskOutcome("asked", proposal)


def _why_not(first: date, last: date, people: Collection[int]) -> str:
    if last < first:
        return "backwards"
    if first < clock.today():
        return "in_past"
    if (last - first).days >= LONGEST_WINDOW:
        return "too_long"
    return "" if people else "nobody"


def find_plan(proposal_id: int, job: Job | None = None) -> PlanProposal:
    """Find the plan and keep it. Done once: somebody who asks again finds what is there.

    Only a job asks the solver: a web process should not load it, and replacements are few.
    """

    def told(step: int) -> None:
        if job:
            job.tell(step, STEPS)

    proposal = PlanProposal.objects.get(pk=proposal_id)
    if proposal.found_at:
        return proposal
    problem = problem_of(proposal)
    told(1)
    plan = plan_days(problem)
    told(2)
    method, proved = "plain", False
    if proposal.few_holders:
        plan = with_fewer_holders(problem, plan)
        told(3)
        proved = pairs(plan) == fewest_pairs(plan)
        if job and not proved and exact.is_there():
            found = exact.with_fewest_holders(problem, plan)
            plan, proved, method = found.plan, found.proved, "exact"
    told(4)
    outcome = {
        "pairs": pairs(plan),
        "fewest": pairs(plan) if proved else fewest_pairs(plan),
        "proved": proved,
        "method": method,
        "short": [_as_json(asdict(shortage)) for shortage in plan.shortages],
    }
    _keep(proposal, problem, plan, outcome)
    told(STEPS)
    return proposal


def _as_json(shortage: dict[str, object]) -> dict[str, object]:
    more = shortage["more"]
    dates = {key: value.isoformat() for key, value in shortage.items() if isinstance(value, date)}
    return {**shortage, **dates, "more": [[on.isoformat(), n] for on, n in more]}  # type: ignore[attr-defined]


@transaction.atomic
def _keep(proposal: PlanProposal, problem: Problem, plan: Plan, outcome: dict[str, object]) -> None:
    if not PlanProposal.objects.filter(pk=proposal.pk, found_at=None).update(found_at=clock.now(), outcome=outcome):
        return
    proposal.refresh_from_db()
    ProposedDay.objects.bulk_create(
        [
            ProposedDay(proposal=proposal, learner_id=d.learner, holder_id=d.holder, position_id=d.position, on=d.on)
            for d in plan.days
        ]
    )
    _pair_with_upset(proposal)
    for short in plan.short:
        ProposedPerson.objects.filter(proposal=proposal, learner=short.learner).update(
            why_short=short.code, possible=short.possible
        )


def _pair_with_upset(proposal: PlanProposal) -> None:
    """In a proposal of replacements each new day names the day it stands for, in the order of their dates."""
    upset: dict[int, list[MentorshipDay]] = {}
    for day in upset_of(proposal):
        upset.setdefault(day.learner_id, []).append(day)
    for proposed in ProposedDay.objects.filter(proposal=proposal, learner__in=upset).order_by("on"):
        if waiting := upset[proposed.learner_id]:
            proposed.replaces = waiting.pop(0)
            proposed.save(update_fields=["replaces"])


def upset_of(proposal: PlanProposal) -> list[MentorshipDay]:
    """The days a proposal of replacements is to replace, by date."""
    return list(MentorshipDay.objects.filter(pk__in=giving_up(proposal)).order_by("on"))


@transaction.atomic
def change_day(
    *, proposal: PlanProposal, learner_id: int, leaves: date | None, takes: tuple[int, date] | None, actor: Person
) -> str:
    """By hand: the learner leaves a proposed day, takes another (holder and date), or both.

    Returns changed | already, or why not: closed (applied or dropped meanwhile) | not_offered (the holder has no place
    on that date any more) | learner_busy | learner_off_shift | enough (all days needed are there).
    """
    PlanProposal.objects.select_for_update().get(pk=proposal.pk)
    proposal.refresh_from_db()
    if not proposal.is_open:
        return "closed"
    person = ProposedPerson.objects.get(proposal=proposal, learner=learner_id)
    own = ProposedDay.objects.filter(proposal=proposal, learner=learner_id)
    left = own.filter(on=leaves).first() if leaves else None
    if takes and own.filter(on=takes[1], holder=takes[0]).exists():
        return "already"
    stands_for = left.replaces if left else None
    if left:
        left.delete()
    if not takes:
        return "changed" if left else "already"
    if code := _why_not_take(proposal, person, *takes):
        transaction.set_rollback(True)
        return code
    ProposedDay.objects.create(
        proposal=proposal, learner_id=learner_id, holder_id=takes[0], position_id=person.position_id,
        on=takes[1], by_hand=True, replaces=stands_for or _without_replacement(proposal, learner_id),
    )  # fmt: skip
    return "changed"


def _without_replacement(proposal: PlanProposal, learner_id: int) -> MentorshipDay | None:
    replaced = set(ProposedDay.objects.filter(proposal=proposal, learner=learner_id).values_list("replaces", flat=True))
    return next((d for d in upset_of(proposal) if d.learner_id == learner_id and d.pk not in replaced), None)


def _why_not_take(proposal: PlanProposal, person: ProposedPerson, holder_id: int, on: date) -> str:
    if proposal.days.filter(learner=person.learner_id).count() >= person.days:
        return "enough"
    new = ProposedDay(
        proposal=proposal, learner_id=person.learner_id, holder_id=holder_id, position_id=person.position_id, on=on
    )
    others = list(proposal.days.all())
    code = checked(proposal, [*others, new]).get((person.learner_id, on), "")
    return code if code in {"", "learner_busy", "learner_off_shift"} else "not_offered"


@transaction.atomic
def drop_proposal(*, proposal: PlanProposal, actor: Person | None) -> bool:
    """It is not wanted; False when it was applied or dropped already."""
    changed = PlanProposal.objects.filter(pk=proposal.pk, applied_at=None, ended_at=None).update(
        ended_at=clock.now(), ended_by=actor
    )
    return bool(changed)


@transaction.atomic
def ask_for_replacements(*, holder: Person, days: Collection[MentorshipDay], actor: Person | None) -> AskOutcome:
    """A plan for the days beside a holder that cannot be: others' days stay, and so do days done."""
    wanted: dict[int, Wanted] = {}
    for day in days:
        before = wanted.get(day.learner_id)
        wanted[day.learner_id] = Wanted(day.learner_id, day.position_id, (before.days if before else 0) + 1)
    first = clock.today() + timedelta(days=1)
    last = max([day.on for day in days] + [first]) + timedelta(weeks=4)
    return ask_for_plan(
        name=holder.name, source=f"replace:{holder.pk}", wanted=wanted.values(), first=first,
        last=min(last, first + timedelta(days=LONGEST_WINDOW - 1)), per_week=None, actor=actor,
    )  # fmt: skip
