"""People as a file, in the form the import takes: what goes out may come in again and changes nothing."""

from collections.abc import Iterator

from trellis.domains.people.models import PersonQuerySet
from trellis.domains.people.queries import unit_paths
from trellis.domains.people.web.directory import rows_of

# In English in every language: the import knows them, and so do those who keep the file for next time.
HEADINGS = (
    "Employee ID",
    "Name",
    "E-mail",
    "Department",
    "Position",
    "Manager",
    "Hire date",
    "Last day",
    "Head of department",
)
AT_ONCE = 2000


def lines_of(people: PersonQuerySet) -> Iterator[tuple[object, ...]]:
    """A line for each person, under HEADINGS; the last employment and holding count. Read 2,000 people at a time."""
    paths = unit_paths()
    people = people.select_related("manager").order_by("employee_id").prefetch_related("employments", "heads")
    for start in range(0, people.count(), AT_ONCE):
        for row in rows_of(people[start : start + AT_ONCE]):
            person, held = row.person, row.holding
            employment = max(person.employments.all(), key=lambda one: one.began_on, default=None)
            yield (
                person.employee_id,
                person.name,
                person.email or "",
                paths[held.unit_id] if held else "",
                held.position.name if held else "",
                person.manager.employee_id if person.manager else "",
                employment.began_on.isoformat() if employment else "",
                employment.ended_on.isoformat() if employment and employment.ended_on else "",
                "yes" if held and held.unit_id in {unit.pk for unit in person.heads.all()} else "",
            )
