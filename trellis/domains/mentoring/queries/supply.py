"""Which days holders offer, and when learners can come. In bulk, a constant number of statements."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from django.db.models import Q, QuerySet
from django.utils import timezone

from trellis.domains.mentoring.models import Absence, MentorshipDay, Offer, dates_between
from trellis.domains.mentoring.rules import Hours, Place, workdays
from trellis.domains.people.models import Holding
from trellis.domains.sessions.models import Series, Session
from trellis.domains.sessions.queries import MANY, shifts_between
from trellis.domains.sessions.rules import Spell, outside_shift
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


def off_shift(person_ids: Collection[int], starts: datetime, ends: datetime) -> set[int]:
    """Those of the people whose shift is not all the time between the two moments; one statement."""
    begins, until = timezone.localtime(starts), timezone.localtime(ends)
    shifts = shifts_between(person_ids, begins.date(), begins.date())
    return {person for person, spells in shifts.items() if outside_shift(spells, begins, until)}


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
        return Place(self.offer.holder_id, self.offer.position_id, self.on, self.free, self.hours)

    @property
    def hours(self) -> Hours:
        """From when to when the day is."""
        return self.offer.starts, self.offer.ends


def offered_places(position_ids: Collection[int], first: date, last: date) -> list[OfferedPlace]:
    """Every date offered from first to last at these positions on which the holder holds the position, is not away and
    works at these hours, with what is taken. Five statements."""
    return calendar_of((), position_ids, first, last).places


Held = dict[tuple[int, int], list[tuple[date, date | None]]]  # person and position to from when to when


def _covered(spells: list[tuple[date, date | None]], on: date) -> bool:
    return any(began <= on and (ended is None or on <= ended) for began, ended in spells)


@dataclass(frozen=True)
class Calendar:
    """Who can when. `places`: dates offered; `busy`: learner to dates on which a whole day cannot be (away, or expected
    in a class); `beside`: learner to dates of days that are planned or past; `hosted`: holder to days beside them;
    `shifts`: person to the shifts worked."""

    places: list[OfferedPlace]
    busy: dict[int, set[date]]
    beside: dict[int, set[date]]
    hosted: Counter[int]
    held: Held
    shifts: dict[int, list[Spell]]

    @cached_property
    def _slots(self) -> set[tuple[date, Hours]]:
        return {(place.on, place.hours) for place in self.places}

    def outside(self, learner_ids: Collection[int]) -> dict[int, frozenset[tuple[date, Hours]]]:
        """Learner to the dates and hours of places that lie outside the learner's shift; few shifts, many learners."""
        known: dict[tuple[Spell, ...], frozenset[tuple[date, Hours]]] = {}
        found = {}
        for learner in learner_ids:
            if spells := tuple(self.shifts.get(learner, ())):
                if spells not in known:
                    known[spells] = frozenset(slot for slot in self._slots if outside_shift(spells, *_moments(*slot)))
                found[learner] = known[spells]
        return found

    def hours_on(self) -> dict[tuple[int, date], Hours]:
        """Holder and date to the hours of the day offered."""
        return {(place.offer.holder_id, place.on): place.hours for place in self.places}

    def here(self, on: date) -> set[int]:
        """Which of the people hold any position on the day: nobody works here without one."""
        return {person for (person, _position), spells in self.held.items() if _covered(spells, on)}

    def is_busy(self, learner_id: int, on: date) -> bool:
        """Whether the learner cannot come on the date."""
        return on in self.busy.get(learner_id, ()) or on in self.beside.get(learner_id, ())

    def free(self) -> Counter[tuple[int, date]]:
        """Holder and date to the places left."""
        found: Counter[tuple[int, date]] = Counter()
        for place in self.places:
            found[place.offer.holder_id, place.on] += place.free
        return found


FAIRNESS = timedelta(weeks=8)  # days hosted so long before count when new ones are shared out
WEEK = timedelta(days=6)  # days of the same calendar week just outside a window count for the limit of a week


def calendar_of(
    learner_ids: Collection[int],
    position_ids: Collection[int],
    first: date,
    last: date,
    *,
    giving_up: Collection[int] = (),
) -> Calendar:
    """The calendar of these learners and of the holders of these positions, in six statements (five without learners).

    `giving_up`: days (their ids) that are as good as cancelled: their places and dates are free.
    """
    learners = set(learner_ids)
    offers = list(
        offers_standing()
        .filter(dates_between(first, last), position__in=position_ids)
        .select_related("holder", "position")
        .order_by("position__name", "holder__name", "first", "id")
    )
    holders = {offer.holder_id for offer in offers}
    held = _spells(holders | learners)
    away = _absences(first, last)
    taken, beside, hosted = _days(learners, holders, first, last, set(giving_up))
    busy = defaultdict(set, {pk: set(dates) for pk, dates in away.items() if pk in learners})
    for learner, on in _in_class(learners, first, last) if learners else ():
        busy[learner].add(on)
    shifts = shifts_between(holders | learners, first, last)
    places = [
        OfferedPlace(offer, on, taken[offer.holder_id, on])
        for offer in offers
        for on in offer.days.dates()
        if first <= on <= last
        and on not in away.get(offer.holder_id, ())
        and _covered(held.get((offer.holder_id, offer.position_id), []), on)
        and not outside_shift(shifts.get(offer.holder_id, ()), *_moments(on, (offer.starts, offer.ends)))
    ]
    return Calendar(places, dict(busy), beside, hosted, held, shifts)


def _moments(on: date, hours: Hours) -> tuple[datetime, datetime]:
    """From when to when on the company's clock; an end before the start is on the next morning."""
    starts, ends = hours
    return datetime.combine(on, starts), datetime.combine(on + timedelta(days=ends <= starts), ends)


def _spells(person_ids: Collection[int]) -> Held:
    found: Held = defaultdict(list)
    rows = Holding.objects.filter(person__in=person_ids).order_by()
    for person, position, began, ended in rows.values_list("person_id", "position_id", "began_on", "ended_on"):
        found[person, position].append((began, ended))
    return dict(found)


def _absences(first: date, last: date) -> dict[int, set[date]]:
    """Person to the dates away, of everybody: they are few."""
    found: dict[int, set[date]] = defaultdict(set)
    for absence in Absence.objects.filter(dates_between(first, last), taken_back_at=None):
        found[absence.person_id].update(workdays(max(first, absence.first), min(last, absence.last), range(7)))
    return dict(found)


def _days(
    learners: set[int], holders: set[int], first: date, last: date, giving_up: set[int]
) -> tuple[Counter[tuple[int, date]], dict[int, set[date]], Counter[int]]:
    taken: Counter[tuple[int, date]] = Counter()
    beside: dict[int, set[date]] = defaultdict(set)
    hosted: Counter[int] = Counter()
    days = MentorshipDay.objects.filter(on__range=(first - FAIRNESS, last + WEEK), cancelled_at=None).order_by()
    if len(learners) + len(holders) <= MANY:
        days = days.filter(Q(learner__in=learners) | Q(holder__in=holders))
    for pk, learner, holder, on in days.values_list("pk", "learner_id", "holder_id", "on"):
        if pk in giving_up:
            continue
        taken[holder, on] += 1
        hosted[holder] += on <= last
        if learner in learners and on >= first - WEEK:
            beside[learner].add(on)
    return taken, dict(beside), Counter({holder: n for holder, n in hosted.items() if holder in holders})


def _in_class(learners: set[int], first: date, last: date) -> Iterator[tuple[int, date]]:
    """Who is expected when in something else than a day beside a holder; make-ups are for who missed, so left out.

    So are meetings with a mentor: an hour can be moved for a whole day.
    """
    coming = Session.objects.filter(
        starts_at__gte=clock.at_time(first, 0),
        starts_at__lt=clock.at_time(last + timedelta(days=1), 0),
        cancelled_at=None,
        makes_up=None,
    ).exclude(series__kind__in=(Series.Kind.MENTORSHIP, Series.Kind.MENTORING))
    if len(learners) <= MANY:
        coming = coming.filter(series__members__left_at=None, series__members__person__in=learners)
    rows = coming.order_by().values_list("series__members__person_id", "series__members__left_at", "starts_at")
    for person, left_at, starts_at in rows:
        if person in learners and left_at is None:
            yield person, timezone.localdate(starts_at)
