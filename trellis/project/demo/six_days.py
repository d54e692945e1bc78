"""The six days: what holders offer, a plan applied, one that waits with days missing, and a holder who is away."""

from datetime import date, time, timedelta

from trellis.domains.mentoring.actions.applying import apply_proposal
from trellis.domains.mentoring.actions.offers import offer_days, say_away
from trellis.domains.mentoring.actions.proposing import Wanted, ask_for_plan, find_plan
from trellis.domains.mentoring.actions.replacing import propose_replacements
from trellis.domains.mentoring.models import MentorshipDay, PlanProposal
from trellis.domains.mentoring.rules import OfferedDays
from trellis.domains.people.models import Person, Position
from trellis.domains.programmes.models import Cohort
from trellis.domains.programmes.queries.days import days_wanted, window_of
from trellis.kit import clock
from trellis.project.demo.story import workday

POSITIONS = ("team-leader", "quality-controller", "technical-trainer", "account-assistant")
PATTERNS = ((1, 3), (0, 2), (2, 4), (0, 1, 3))  # weekdays, holder by holder
WEEKS = 14


def plan_the_days(*, cast: dict[str, Person], holders: dict[str, list[Person]], until: date) -> None:
    """Offers for fourteen weeks; days are planned for who is near the end, and proposed for who is half-way."""
    with clock.moved(to=clock.at_time(workday(until - timedelta(days=4)), 10)):
        _offer(holders, until)
        near, half_way = (Cohort.objects.filter(name=name).first() for name in ("Next Step 6", "Next Step 7"))
        if near and (found := _ask(near, cast["mai"], weeks=5)):
            apply_proposal(proposal=found, actor=cast["mai"])
        if half_way:
            _ask(half_way, cast["mai"])
    with clock.moved(to=clock.at_time(until, 8)):
        _one_is_away(cast, until)


def _offer(holders: dict[str, list[Person]], until: date) -> None:
    positions = Position.objects.in_bulk(POSITIONS, field_name="code")
    for code in POSITIONS:
        # Too few quality controllers offer days, so that the plan has something to say.
        weeks, many = (9, 1) if code == "quality-controller" else (WEEKS, 4)
        first = until + timedelta(days=2)
        for number, holder in enumerate(holders.get(code, [])[:many]):
            wish = OfferedDays(
                first=first,
                last=first + timedelta(weeks=weeks, days=-1),
                weekdays=PATTERNS[number % len(PATTERNS)],
                starts=time(8),
                ends=time(17),
                places=2 if number == 0 and many > 1 else 1,
            )
            offer_days(holder=holder, position=positions[code], wish=wish, actor=holder)


def _ask(cohort: Cohort, actor: Person, *, weeks: int | None = None) -> PlanProposal | None:
    today = clock.today()
    first, last = window_of(cohort, on=today)
    if weeks:
        last = first + timedelta(weeks=weeks)
    asked = ask_for_plan(
        name=cohort.name,
        source=f"cohort:{cohort.pk}",
        wanted=[Wanted(w.journey.person_id, w.journey.position_id or 0, w.days) for w in days_wanted(cohort, on=today)],
        first=first,
        last=last,
        per_week=2,
        actor=actor,
    )
    return find_plan(asked.proposal.pk) if asked.proposal else None


def _one_is_away(cast: dict[str, Person], until: date) -> None:
    """Somebody who hosts a day to come falls ill; Minh does not, for he has more to do in the story."""
    coming = MentorshipDay.objects.filter(on__gt=until, cancelled_at=None).exclude(holder=cast["minh"])
    day = coming.select_related("holder").order_by("on", "id").first()
    if day:
        say_away(person=day.holder, first=day.on, last=day.on + timedelta(days=4), actor=day.holder)
        propose_replacements(holder_id=day.holder_id)
