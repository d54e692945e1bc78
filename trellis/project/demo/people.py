"""People come in through the door of the import."""

from trellis.domains.people.models import Person
from trellis.surfaces.exchange.people_import import actions


def bring_in(content: bytes, *, actor: Person) -> None:
    """Import the file as the wizard does: brought, looked at, applied. A fault stops everything and says where."""
    run = actions.bring(content=content, file_name="pixel-house.csv", actor=actor)
    found = actions.look(run=run)
    outcome = actions.apply(run=run, actor=actor)
    if not outcome.done:
        raise ValueError(f"the people of the demo company could not be imported: {outcome.reason}, {found.faults[:5]}")
