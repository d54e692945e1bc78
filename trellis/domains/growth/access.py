"""Who may, about goals and boards.

| permission          | on            | who                                                              |
|---------------------|---------------|------------------------------------------------------------------|
| growth.own          | board or goal | its owner                                                        |
| growth.read         | board or goal | its owner, and whom it is shared with, while it is               |
| growth.comment      | board or goal | its owner, and whom it is shared with to comment, while it is    |

No role reaches any of it: not a manager's, not the academy's, not an administrator's. A list filters by `readable_by`.
"""

import rules
from django.db.models import Q, QuerySet

from trellis.domains.growth.models import Board, Goal, Share
from trellis.domains.people.models import Person


@rules.predicate
def is_owner(user: Person, thing: Board | Goal | None) -> bool:
    return thing is not None and bool(user.is_authenticated) and thing.owner_id == user.pk


@rules.predicate
def is_reader(user: Person, thing: Board | Goal | None) -> bool:
    return thing is not None and bool(user.is_authenticated) and _shares(thing, user).exists()


@rules.predicate
def is_commenter(user: Person, thing: Board | Goal | None) -> bool:
    return thing is not None and bool(user.is_authenticated) and _shares(thing, user).filter(may_comment=True).exists()


def _shares(thing: Board | Goal, user: Person) -> QuerySet[Share]:
    return thing.shares.filter(reader=user, ended_at=None)


def readable_by(user: Person) -> Q:
    """Of boards, or of goals: what the person owns or what is shared with them. May name a row twice: use distinct."""
    return Q(owner=user) | Q(shares__reader=user, shares__ended_at=None)


rules.add_perm("growth.own", is_owner)
rules.add_perm("growth.read", is_owner | is_reader)
rules.add_perm("growth.comment", is_owner | is_commenter)
