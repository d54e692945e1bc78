"""Declaring, announcing and answering facts."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any, ClassVar, TypeVar

from django.db import transaction

from trellis.kit import clock
from trellis.kit.journal.models import Delivery, Entry


@dataclass(frozen=True)
class Fact:
    """Something that happened. Fields are ids, numbers, dates and codes: never a name or a text somebody wrote.

    A field `person` is the id of whom it is about; it becomes the entry's `about`.
    """

    kind: ClassVar[str] = ""


F = TypeVar("F", bound=Fact)
Reaction = Callable[[Any, Entry], None]

_kinds: dict[str, type[Fact]] = {}
_reactions: dict[str, list[tuple[str, Reaction]]] = {}


def fact(kind: str) -> Callable[[type[F]], type[F]]:
    """Name a fact: `@fact("programmes.joined")` over a frozen dataclass."""

    def name_it(cls: type[F]) -> type[F]:
        if kind in _kinds:
            raise ValueError(f"two facts are called {kind}")
        cls.kind = kind
        _kinds[kind] = cls
        return cls

    return name_it


def reacts_to(cls: type[F]) -> Callable[[Callable[[F, Entry], None]], Callable[[F, Entry], None]]:
    """Make a function answer a fact. Its name within its module is the key under which it runs once."""

    def register(function: Callable[[F, Entry], None]) -> Callable[[F, Entry], None]:
        name = f"{function.__module__.removeprefix('trellis.').removesuffix('.reactions')}.{function.__qualname__}"
        _reactions.setdefault(cls.kind, []).append((name, function))
        return function

    return register


def reactions_to(kind: str) -> list[tuple[str, Reaction]]:
    return _reactions.get(kind, [])


def known_kinds() -> list[str]:
    """The names of all facts there are."""
    return sorted(_kinds)


def announce(happened: Fact, *, actor: Any = None, at: datetime | None = None) -> Entry:
    """Write one fact; call it inside the transaction of the change. Reactions run after the commit."""
    return announce_many([happened], actor=actor, at=at)[0]


def announce_many(happened: Iterable[Fact], *, actor: Any = None, at: datetime | None = None) -> list[Entry]:
    """The same for many facts in two statements."""
    moment = at or clock.now()
    entries = Entry.objects.bulk_create(
        [
            Entry(
                kind=f.kind,
                at=moment,
                actor_id=actor.pk if actor else None,
                about_id=getattr(f, "person", None),
                facts=asdict(f),
            )
            for f in happened
        ],
        batch_size=2000,
    )
    due = [Delivery(entry=e, reaction=name, next_try_at=moment) for e in entries for name, _f in reactions_to(e.kind)]
    if due:
        Delivery.objects.bulk_create(due, batch_size=2000)
        from trellis.kit.journal.outbox import deliver_soon

        transaction.on_commit(deliver_soon)
    return entries


def read_fact(entry: Entry) -> Fact:
    """The dataclass an entry was written from."""
    cls = _kinds[entry.kind]
    known = {f.name: f.type for f in fields(cls)}
    values = {key: value for key, value in entry.facts.items() if key in known}
    for name, kind in known.items():
        if isinstance(values.get(name), str):
            if kind in (date, "date") or "date |" in str(kind):
                values[name] = date.fromisoformat(values[name][:10])
            elif kind in (datetime, "datetime"):
                values[name] = datetime.fromisoformat(values[name])
    return cls(**values)
