"""All registers of a series in one book: who is expected, when, and what is marked. Read in three statements."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import FilteredRelation, QuerySet
from django.utils.translation import get_language

from trellis.domains.people.models import Person, on_day
from trellis.domains.sessions.models import Mark, Member, Session
from trellis.domains.sessions.queries import expected
from trellis.domains.sessions.rules import ATTENDED, Attendance, Scheduled, Timetable, count_in
from trellis.kit import clock
from trellis.kit.prepared import prepared
from trellis.kit.text import in_language


@dataclass(frozen=True)
class Line:
    """A person in the book."""

    id: int
    name: str
    unit: str


@dataclass(frozen=True)
class Book:
    """`sessions`: those not cancelled, by date. `marks`: person to session to value; `mark_ids` by both.

    `by_code`: (person, session) of the marks that came by the code in the room.
    """

    sessions: list[Session]
    people: list[Line]
    marks: dict[int, dict[int, str]]
    mark_ids: dict[tuple[int, int], int]
    timetable: Timetable
    starts: dict[int, datetime] = field(default_factory=dict)
    by_code: set[tuple[int, int]] = field(default_factory=set)

    def attendance(self, person: int) -> Attendance:
        """The person's attendance over the whole series."""
        return count_in(self.timetable, self.marks.get(person, {}))

    def values(self, session: int) -> Counter[str]:
        """How often each value is marked in a session."""
        return Counter(marks[session] for marks in self.marks.values() if session in marks)

    def without_make_up(self, person: int) -> int | None:
        """The first session that the person missed and that no make-up can repair any more."""
        marks = self.marks.get(person, {})
        for session in self.timetable.originals:
            make_ups = self.timetable.make_ups.get(session, ())
            if marks.get(session) in (*ATTENDED, None) or any(marks.get(m) in ATTENDED for m in make_ups):
                continue
            if all(make_up in marks for make_up in make_ups):
                return session
        return None

    def make_up_at(self, person: int) -> datetime | None:
        """When the next make-up is that still can repair one of the person's absences."""
        marks = self.marks.get(person, {})
        if not self.timetable.make_ups:
            return None
        offered = [
            self.starts[make_up]
            for original, make_ups in self.timetable.make_ups.items()
            if marks.get(original) not in (*ATTENDED, None)
            and not any(marks.get(make_up) in ATTENDED for make_up in make_ups)
            for make_up in make_ups
            if make_up not in marks
        ]
        return min(offered, default=None)


def book_of(session: Session, *, person_ids: Iterable[int] | None = None) -> Book:
    """The book with the people whom this session's register lists (or only those asked for)."""
    people = expected(session)
    return _open(session.series_id, people if person_ids is None else people.filter(pk__in=list(person_ids)))


def book_of_series(series_id: int) -> Book:
    """The book with everybody who is a member now."""
    members = Member.objects.filter(series_id=series_id, left_at=None).values("person_id")
    return _open(series_id, Person.objects.get_queryset().filter(pk__in=members).order_by("name", "id"))


def _open(series_id: int, people: QuerySet[Person]) -> Book:
    sessions = _sessions(series_id)
    lines = _lines(people)
    marks: dict[int, dict[int, str]] = {person: {} for person in lines}
    ids: dict[tuple[int, int], int] = {}
    by_code: set[tuple[int, int]] = set()
    for pk, session, person, value, way in _marks([session.pk for session in sessions]):
        if person in lines:
            marks[person][session] = value
            ids[person, session] = pk
            if way == Mark.Way.CODE:
                by_code.add((person, session))
    return Book(
        sessions,
        list(lines.values()),
        marks,
        ids,
        Timetable.of(Scheduled(s.pk, s.makes_up_id) for s in sessions),
        {s.pk: s.starts_at for s in sessions},
        by_code,
    )


@prepared
def _sessions(series: int) -> QuerySet[Session]:
    held = Session.objects.filter(series=series, cancelled_at=None)
    return held.select_related("series", "room").order_by("starts_at", "id")


@prepared
def _marks(sessions: Collection[int]) -> QuerySet[Mark, tuple[int, int, int, str, str]]:
    current = Mark.objects.filter(session__in=sessions, is_current=True).order_by()
    return current.values_list("pk", "session_id", "person_id", "value", "way")


def _lines(people: QuerySet[Person]) -> dict[int, Line]:
    """Person id to line, in the order of the people; who holds two positions is shown with the later one's unit."""
    language = get_language()
    now = FilteredRelation("holdings", condition=on_day(clock.today(), "holdings__"))
    rows = people.annotate(now=now).order_by("name", "id", "now__began_on")
    shown = rows.values_list("pk", "name", "now__unit__name", "now__unit__names")
    return {
        person: Line(person, name, in_language(unit, names, language) if unit else "")
        for person, name, unit, names in shown
    }
