"""Which days holders offer, and when learners can come. In bulk, a constant number of statements."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, QuerySet
from django.utils import timezone

from trellis.domains.mentoring.models import Absence, MentorshipDay, Offer, dates_between
from trellis.domains.mentoring.rules import Place, workdays
from trellis.domains.people.models import Holding
from trellis.domains.sessions.models import Member, Series, Session
from trellis.domains.sessions.queries import MANY
from trellis.kit import clock


def offers_standing() -> QuerySet[Offer]:
    """Offers that were not withdrawn."""
    return Offer.objects.filter(withdrawn_at=None)


def offer_on(holder_id: int, on: date) -> Offer | None:
    """The holder's offer that covers the date."""
    return next((o for o in offers_standing().filter(dates_between(on, on), holder=holder_id) if _covers(o, on)), None)


def _covers(offer: Offer, on: date) -> bool:
    return offer.first <= on <= offer.last and str(on.weekday()) in offer.weekdays


def away_on(person_id: int, on: date) -> bool:
    """Whether the person said to be away on that day."""
    return Absence.objects.filter(dates_between(on, on), person=person_id, taken_back_at=None).exists()


@dataclass(frozen=True)
class OfferedPlace:
    """One date of an offer: places in all, and how many are taken by days that are planned."""

    offer: Offer
    on: date
    taken: int

    @property
    def free(self) -> int:
        """How many learners can still come."""
        return max(0, self.offer.places - self.taken)

    def as_place(self) -> Place:
        """As the planner takes it."""
        return Place(self.offer.holder_id, self.offer.position_id, self.on, self.free)


def offered_places(
    position_ids: Collection[int], first: date, last: date, *, giving_up: Collection[int] = ()
) -> list[OfferedPlace]:
    """Every date offered from first to last at these positions on which the holder holds the position and is not away,
    with what is taken. Four statements. `giving_up`: days (their ids) whose places become free."""
    offers = list(
        offers_standing()
        .filter(dates_between(first, last), position__in=position_ids)
        .select_related("holder", "position")
        .order_by("position__name", "holder__name", "first", "id")
    )
    holders = {offer.holder_id for offer in offers}
    held = _spells(holders)
    away = absences(holders, first, last)
    taken: Counter[tuple[int, date]] = Counter()
    planned = MentorshipDay.objects.filter(holder__in=holders, on__range=(first, last), cancelled_at=None)
    taken.update(planned.exclude(pk__in=giving_up).values_list("holder_id", "on"))
    return [
        OfferedPlace(offer, on, taken[offer.holder_id, on])
        for offer in offers
        for on in offer.days.dates()
        if first <= on <= last
        and on not in away.get(offer.holder_id, ())
        and any(a <= on and (b is None or on <= b) for a, b in held[offer.holder_id, offer.position_id])
    ]


def _spells(holder_ids: Collection[int]) -> dict[tuple[int, int], list[tuple[date, date | None]]]:
    found: dict[tuple[int, int], list[tuple[date, date | None]]] = defaultdict(list)
    rows = Holding.objects.filter(person__in=holder_ids).order_by()
    for person, position, began, ended in rows.values_list("person_id", "position_id", "began_on", "ended_on"):
        found[person, position].append((began, ended))
    return found


def absences(person_ids: Collection[int], first: date, last: date) -> dict[int, set[date]]:
    """Person to the dates away; one statement."""
    found: dict[int, set[date]] = defaultdict(set)
    rows = Absence.objects.filter(dates_between(first, last), taken_back_at=None)
    for absence in _of(rows, "person_id", person_ids):
        found[absence.person_id].update(workdays(max(first, absence.first), min(last, absence.last), range(7)))
    return dict(found)


def busy_dates(learner_ids: Collection[int], first: date, last: date) -> dict[int, set[date]]:
    """Learner to dates on which a whole day cannot be: away, or expected in a class. Two statements."""
    found: dict[int, set[date]] = defaultdict(set, absences(learner_ids, first, last))
    until = clock.at_time(last + timedelta(days=1), 0)
    coming = Session.objects.filter(
        starts_at__gte=clock.at_time(first, 0), starts_at__lt=until, cancelled_at=None, makes_up=None
    ).exclude(series__kind=Series.Kind.MENTORSHIP)
    rows = Member.objects.filter(left_at=None, series__sessions__in=coming).annotate(
        at=F("series__sessions__starts_at")
    )
    # The join above is one row for each session of the series; those outside the window are dropped here.
    for member in _of(rows, "person_id", learner_ids):
        on = timezone.localdate(member.at)  # type: ignore[attr-defined]
        if first <= on <= last:
            found[member.person_id].add(on)
    return dict(found)


def days_planned(
    learner_ids: Collection[int], first: date, last: date, *, giving_up: Collection[int] = ()
) -> dict[int, set[date]]:
    """Learner to dates of days beside a holder, planned or past; one statement."""
    found: dict[int, set[date]] = defaultdict(set)
    rows = MentorshipDay.objects.filter(on__range=(first, last), cancelled_at=None).exclude(pk__in=giving_up)
    for day in _of(rows, "learner_id", learner_ids):
        found[day.learner_id].add(day.on)
    return dict(found)


def _of(rows: QuerySet, column: str, ids: Collection[int]) -> Iterable:  # type: ignore[type-arg]
    """Rows about these people: asked for one by one, or, beyond some hundreds, chosen here."""
    wanted = set(ids)
    if len(wanted) <= MANY:
        return rows.filter(**{f"{column}__in": wanted})
    return (row for row in rows if getattr(row, column) in wanted)


def hosted_between(holder_ids: Collection[int], first: date, last: date) -> Counter[int]:
    """Holder to the days beside them that were held or are planned; one statement."""
    days = MentorshipDay.objects.filter(holder__in=holder_ids, on__range=(first, last), cancelled_at=None)
    return Counter(days.values_list("holder_id", flat=True))
