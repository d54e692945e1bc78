"""Everybody as a file, in the form the import takes: what goes out may come in again and changes nothing."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponseBase

from trellis.domains.people.models import Person
from trellis.domains.people.queries import current_holdings, unit_paths
from trellis.kit.access import needs
from trellis.kit.files.tables import csv_response, xlsx_response

HEADINGS = ("Employee ID", "Name", "E-mail", "Department", "Position", "Manager", "Hire date", "Head of department")
AT_ONCE = 2000


def rows() -> Iterator[tuple[object, ...]]:
    """A row for each person who is here, by employee id."""
    paths = unit_paths()
    people = Person.objects.here().select_related("manager").order_by("employee_id")
    for start in range(0, people.count(), AT_ONCE):
        some = list(people[start : start + AT_ONCE].prefetch_related("employments", "heads"))
        held = current_holdings([person.pk for person in some])
        for person in some:
            holding = held.get(person.pk)
            heads = {unit.pk for unit in person.heads.all()}
            joined = [e.began_on for e in person.employments.all()]
            yield (
                person.employee_id,
                person.name,
                person.email or "",
                paths[holding.unit_id] if holding else "",
                holding.position.name if holding else "",
                person.manager.employee_id if person.manager else "",
                max(joined).isoformat() if joined else "",
                "yes" if holding and holding.unit_id in heads else "",
            )


@needs("exchange.import_people")
def everybody_csv(request: HttpRequest) -> HttpResponseBase:
    """The list as CSV."""
    return csv_response(name="people.csv", head=HEADINGS, rows=rows())


@needs("exchange.import_people")
def everybody_xlsx(request: HttpRequest) -> HttpResponseBase:
    """The list as a workbook."""
    return xlsx_response(name="people.xlsx", head=HEADINGS, rows=rows())
