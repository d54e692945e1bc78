"""Who may, about what is a person's own: goals, boards, and what hangs on them.

| permission               | on            | who                                                           |
|--------------------------|---------------|---------------------------------------------------------------|
| growth.own               | board or goal | its owner                                                     |
| growth.read              | board or goal | its owner, and whom it is shared with, while it is            |
| growth.comment           | board or goal | its owner, and whom it is shared with to comment, while it is |
| growth.read_card         | card          | who reads its board; what is in the archive, its owner alone  |
| growth.comment_card      | card          | who comments its board; the same                              |
| growth.read_number       | key result    | who reads its goal; what was let go, its owner alone          |
| growth.take_comment_away | comment       | who said it, and the owner of what it was said to             |
| growth.stop_reading      | share         | who reads by it                                               |

No role reaches any of it: not a manager's, not the academy's, not an administrator's. A list filters by `readable_by`.
"""

from collections.abc import Callable

import rules
from django.db.models import Q, QuerySet

from trellis.domains.growth.models import Board, Card, Comment, Goal, KeyResult, Share, SkillWish
from trellis.domains.people.models import Person


@rules.predicate
def is_owner(user: Person, thing: Board | Goal | SkillWish | None) -> bool:
    return thing is not None and bool(user.is_authenticated) and thing.owner_id == user.pk


@rules.predicate
def is_reader(user: Person, thing: Board | Goal | None) -> bool:
    return thing is not None and bool(user.is_authenticated) and _shares(thing, user).exists()


@rules.predicate
def is_commenter(user: Person, thing: Board | Goal | None) -> bool:
    return thing is not None and bool(user.is_authenticated) and _shares(thing, user).filter(may_comment=True).exists()


def _shares(thing: Board | Goal, user: Person) -> QuerySet[Share]:
    if isinstance(thing, Board) and thing.archived_at:
        return thing.shares.none()
    return thing.shares.filter(reader=user, ended_at=None)


@rules.predicate
def reads_card(user: Person, card: Card | None) -> bool:
    return card is not None and _of_card(user, card, is_reader)


@rules.predicate
def comments_card(user: Person, card: Card | None) -> bool:
    return card is not None and _of_card(user, card, is_commenter)


def _of_card(user: Person, card: Card, shared: Callable[[Person, Board], bool]) -> bool:
    """Nobody who shares a board lays open with it what they put away before."""
    board, away = card.column.board, card.archived_at or card.column.archived_at
    return is_owner(user, board) or (not away and shared(user, board))


@rules.predicate
def reads_number(user: Person, number: KeyResult | None) -> bool:
    if number is None:
        return False
    goal, away = number.objective.goal, number.dropped_at or number.objective.dropped_at
    return is_owner(user, goal) or (not away and is_reader(user, goal))


def readable_by(user: Person) -> Q:
    """Of boards, or of goals: what the person owns or what is shared with them. May name a row twice: use distinct.

    What is archived is told apart by who asks: it is its owner's alone.
    """
    return Q(owner=user) | Q(shares__reader=user, shares__ended_at=None)


@rules.predicate
def may_take_comment_away(user: Person, comment: Comment | None) -> bool:
    return comment is not None and user.pk in (comment.author_id, comment.thing.owner_id)


@rules.predicate
def reads_by(user: Person, share: Share | None) -> bool:
    return share is not None and share.reader_id == user.pk


rules.add_perm("growth.own", is_owner)
rules.add_perm("growth.read", is_owner | is_reader)
rules.add_perm("growth.comment", is_owner | is_commenter)
rules.add_perm("growth.read_card", reads_card)
rules.add_perm("growth.comment_card", comments_card)
rules.add_perm("growth.read_number", reads_number)
rules.add_perm("growth.take_comment_away", may_take_comment_away)
rules.add_perm("growth.stop_reading", reads_by)
