"""Who would come in a second time because their employee ID is written in another way."""

from collections.abc import Iterator, Sequence

from trellis.surfaces.exchange.people_rules.checking import Record
from trellis.surfaces.exchange.people_rules.columns import fold
from trellis.surfaces.exchange.people_rules.company import Company
from trellis.surfaces.exchange.people_rules.faults import Fault


def ids_written_otherwise(records: Sequence[Record], company: Company) -> Iterator[Fault]:
    """New employee IDs that differ from another one, of somebody with the same name, in nothing but zeros in front and
    capitals: spreadsheets take the zeros away. With another name they are two people."""
    if all(r.employee_id in company.persons for r in records):
        return
    alike: dict[str, list[str]] = {}
    for known in company.persons:
        alike.setdefault(_bare(known), []).append(known)
    names = {known: person.name for known, person in company.persons.items()}
    for r in records:
        if not r.employee_id or r.employee_id in company.persons:
            continue
        for other in alike.get(_bare(r.employee_id), ()):
            if other != r.employee_id and fold(names[other]) == fold(r.name):
                yield Fault(r.row, "employee_id", r.employee_id, "id_otherwise", {"known": other})
        if r.employee_id not in names:
            names[r.employee_id] = r.name
            alike.setdefault(_bare(r.employee_id), []).append(r.employee_id)


def _bare(employee_id: str) -> str:
    return employee_id.casefold().lstrip("0")
