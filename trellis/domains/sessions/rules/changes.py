"""Moving, changing and cancelling a session."""

from dataclasses import dataclass
from datetime import datetime

from trellis.domains.sessions.rules.planning import Clash


@dataclass(frozen=True)
class Plan:
    """When, where and with whom a session is. `place`: the room and what is said beside it; `hosts`: ids in order."""

    starts_at: datetime
    ends_at: datetime
    place: str
    link: str
    title: str
    hosts: tuple[int, ...] = ()

    def differs_in(self, other: "Plan") -> tuple[str, ...]:
        """The names of what is not the same in the other: time, place, link, title, hosts."""
        found = {
            "time": (self.starts_at, self.ends_at) != (other.starts_at, other.ends_at),
            "place": self.place != other.place,
            "link": self.link != other.link,
            "title": self.title != other.title,
            "hosts": self.hosts != other.hosts,
        }
        return tuple(name for name, differs in found.items() if differs)


@dataclass(frozen=True)
class MoveOutcome:
    """What became of a wish to move or change a session.

    `code`: moved | unchanged, or a refusal: cancelled, conflict (somebody else changed it meanwhile), held (people are
    marked in its register, so it cannot be put on a later day), clash (see `clashes`; the plan is -1). `changed`: see
    `Plan.differs_in`.
    """

    code: str
    changed: tuple[str, ...] = ()
    clashes: tuple[Clash, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether the session now is as was asked for."""
        return self.code in {"moved", "unchanged"}


def decide_move(
    before: Plan, after: Plan, *, cancelled: bool, held: bool, is_ahead: bool, revision: int, seen: int | None
) -> MoveOutcome:
    """Whether a session may be moved. `is_ahead`: the new day is still to come; `seen`: the revision looked at.

    Asking for what is there already is harmless, so a double click is.
    """
    if cancelled:
        return MoveOutcome("cancelled")
    changed = before.differs_in(after)
    if not changed:
        return MoveOutcome("unchanged")
    if seen is not None and seen != revision:
        return MoveOutcome("conflict")
    if held and is_ahead and "time" in changed:
        return MoveOutcome("held")
    return MoveOutcome("moved", changed)
