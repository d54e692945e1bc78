"""Telling the rooms above that somebody's attendance has become complete."""

from collections.abc import Collection

from trellis.domains.people.models import Person
from trellis.domains.sessions import queries
from trellis.domains.sessions.events import AttendanceCompleted
from trellis.kit.journal.facts import announce_many


def announce_completed(*, series_id: int, person_ids: Collection[int], actor: Person) -> None:
    """One fact for each of the people who now attended everything. Told again, it has to do no harm."""
    found = queries.attendance([series_id], person_ids)
    complete = [person for (_series, person), attendance in found.items() if attendance.is_full]
    if complete:
        announce_many([AttendanceCompleted(person, series_id) for person in complete], actor=actor)
