"""Who is whose manager: by employee id, or by a name that only one person has; and no circles."""

from collections.abc import Collection, Mapping

from trellis.surfaces.exchange.people_rules.checking import Record
from trellis.surfaces.exchange.people_rules.columns import fold
from trellis.surfaces.exchange.people_rules.company import Company
from trellis.surfaces.exchange.people_rules.faults import Fault
from trellis.surfaces.exchange.people_rules.values import half_width


def find_managers(records: Collection[Record], company: Company) -> tuple[dict[int, str], list[Fault]]:
    """Row to the manager's employee id, and what is wrong."""
    ids = {r.employee_id for r in records} | company.persons.keys()
    # Names are gathered only when a cell is no employee id: most files never need it.
    all_ids = all(half_width(r.manager) in ids for r in records if r.manager)
    names = {} if all_ids else _names(records, company)
    found: dict[int, str] = {}
    faults = []
    for r in records:
        if not r.manager:
            continue
        text = half_width(r.manager)
        if text in ids:
            found[r.row] = text
            continue
        candidates = names.get(fold(text), set())
        if len(candidates) == 1:
            (manager,) = candidates
            if manager == r.employee_id:
                faults.append(Fault(r.row, "manager", r.manager, "own_manager"))
            else:
                found[r.row] = manager
        elif candidates:
            faults.append(Fault(r.row, "manager", r.manager, "manager_ambiguous", {"count": len(candidates)}))
        else:
            faults.append(Fault(r.row, "manager", r.manager, "manager_unknown"))
    return found, faults


def _names(records: Collection[Record], company: Company) -> dict[str, set[str]]:
    names: dict[str, set[str]] = {}
    for r in records:
        if r.name:
            names.setdefault(fold(r.name), set()).add(r.employee_id)
    for employee_id, person in company.persons.items():
        if person.is_employed:
            names.setdefault(fold(person.name), set()).add(employee_id)
    return names


def circles(said: Mapping[str, tuple[str, Record]], company: Company) -> list[Fault]:
    """Rows by which somebody would come to stand above themselves. `said`: employee id to manager and row."""
    above = {who: person.manager for who, person in company.persons.items() if person.manager}
    above |= {who: manager for who, (manager, _row) in said.items()}
    settled: set[str] = set()
    faults = []
    for start in said:
        way: list[str] = []
        on_way: set[str] = set()
        at: str | None = start
        while at is not None and at not in settled and at not in on_way:
            way.append(at)
            on_way.add(at)
            at = above.get(at)
        if at is not None and at in on_way:
            circle = way[way.index(at) :]
            chain = " → ".join([*circle[:6], "…"] if len(circle) > 6 else [*circle, at])
            for who in circle:
                if who in said and len(circle) > 1:
                    manager, record = said[who]
                    faults.append(Fault(record.row, "manager", manager, "manager_circle", {"chain": chain}))
        settled |= on_way
    return faults
