from dataclasses import dataclass

from trellis.kit.journal.facts import Fact, fact


@fact("exchange.people_imported")
@dataclass(frozen=True)
class PeopleImported(Fact):
    """An import was applied: how many people were new, changed in any way, moved, promoted, left, came back."""

    run: int
    new: int
    changed: int
    moved: int
    promoted: int
    left: int
    came_back: int


@fact("exchange.people_import_undone")
@dataclass(frozen=True)
class PeopleImportUndone(Fact):
    run: int


@fact("exchange.shifts_imported")
@dataclass(frozen=True)
class ShiftsImported(Fact):
    """A file of who works when was applied: how many people's shifts changed, and how many shifts are new."""

    run: int
    people: int
    opened: int


@fact("exchange.shifts_import_undone")
@dataclass(frozen=True)
class ShiftsImportUndone(Fact):
    run: int


@fact("exchange.calendar_feed_opened")
@dataclass(frozen=True)
class CalendarFeedOpened(Fact):
    """Somebody made a private address for their calendar."""

    person: int


@fact("exchange.calendar_feed_renewed")
@dataclass(frozen=True)
class CalendarFeedRenewed(Fact):
    """The address was changed; the one before opens nothing."""

    person: int


@fact("exchange.calendar_feed_revoked")
@dataclass(frozen=True)
class CalendarFeedRevoked(Fact):
    person: int
