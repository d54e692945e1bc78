"""Who may read what is somebody's own, what was shared with one, and what was said to it."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from trellis.domains.growth.models import Board, Card, Comment, Goal, Share
from trellis.domains.growth.rules.sharing import SeenBy, seen_by
from trellis.domains.people.models import Person

Thing = Board | Goal
FOUND = 8
COMMENTS_SHOWN = 100


@dataclass(frozen=True)
class Audience:
    """Who sees a board or a goal, told to somebody who does."""

    thing: Thing
    owner: Person
    shares: tuple[Share, ...]
    own_share: Share | None  # None: it is one's own

    @property
    def is_mine(self) -> bool:
        """Whether the reader of the page is the owner of the thing."""
        return self.own_share is None

    @property
    def may_comment(self) -> bool:
        """Whether the reader of the page may say something to it."""
        return self.own_share is None or self.own_share.may_comment

    @property
    def address(self) -> str:
        """The page of the board or the goal."""
        return f"/{self.thing._meta.model_name}s/{self.thing.pk}/"

    @property
    def seen_by(self) -> SeenBy:
        """The same as a code and names, for a pill."""
        return seen_by([share.reader.name for share in self.shares])


def audience_of(thing: Thing, reader: Person) -> Audience:
    """Who may read it now, in the order they were let in. One statement, and one more for the name of its owner."""
    shares = tuple(thing.shares.filter(ended_at=None).select_related("reader").order_by("since", "id"))
    own = None if thing.owner_id == reader.pk else next((s for s in shares if s.reader_id == reader.pk), None)
    return Audience(thing, reader if thing.owner_id == reader.pk else thing.owner, shares, own)


def shared_with(reader: Person) -> QuerySet[Share]:
    """What others let the person read now, the newest first, with its owner; nothing of who was forgotten."""
    theirs = Share.objects.filter(reader=reader, ended_at=None).filter(
        Q(goal__isnull=False, goal__dropped_at=None) | Q(board__isnull=False, board__archived_at=None)
    )
    return theirs.select_related("board__owner", "goal__owner").order_by("-since", "-id")


def people_called(words: str, *, besides: Person) -> list[Person]:
    """At most eight colleagues who are called so, or whose id or address begins so; nothing for nothing."""
    words = words.strip()[:100]
    if not words:
        return []
    wanted = Q(name__icontains=words) | Q(employee_id__iexact=words) | Q(email__istartswith=words)
    return list(Person.objects.here().filter(wanted).exclude(pk=besides.pk).order_by("name", "id")[:FOUND])


def comments_on(on: Card | Goal) -> list[Comment]:
    """The newest hundred, the oldest of them first, with who said them. One statement."""
    newest = on.comments.select_related("author").order_by("-said_at", "-id")[:COMMENTS_SHOWN]
    return list(reversed(newest))
