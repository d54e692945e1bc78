"""Who may, about goals and boards.

| permission          | on            | who                                                              |
|---------------------|---------------|------------------------------------------------------------------|
| growth.own          | board or goal | its owner                                                        |
| growth.read         | board or goal | its owner, and whom it is shared with, while it is               |
| growth.comment      | board or goal | its owner, and whom it is shared with to comment, while it is    |
| growth.read_card    | card          | who reads its board; what is in the archive, its owner alone     |
| growth.comment_card | card          | who comments its board; the same                                 |
| growth.read_number  | key result    | who reads its goal; what was let go, its owner alone             |
| growth.decide       | unit          | who is in the team today, and its head: nobody else, whatever role|
| growth.see_agreed   | unit          | the same; everybody, while the team shows what it agreed         |
| growth.say_needed   | unit, None    | of its branch: the academy, HR, heads; None: those of any branch |
| growth.end_need     | need          | the same, of its unit; of the whole company: academy, HR of all  |
| growth.take_comment_away | comment | who said it, and the owner of what it was said to              |
| growth.stop_reading | share         | who reads by it                                                  |
| growth.offer        | person        | who leads them: their manager, the heads above                   |
| growth.see_offer    | offer         | whom it was made to, and who made it                             |
| growth.take_offer   | offer         | whom it was made to                                              |
| growth.withdraw_offer | offer       | who made it                                                      |

No role reaches any of it: not a manager's, not the academy's, not an administrator's. A list filters by `readable_by`.
"""

from collections.abc import Callable

import rules
from django.db.models import Q, QuerySet

from trellis.domains.growth.models import (
    Board,
    Card,
    Comment,
    DevelopmentOffer,
    Goal,
    KeyResult,
    OpenDecisions,
    Share,
    SkillNeed,
    SkillWish,
)
from trellis.domains.people.access import Role, acting_for, leads, reach_of
from trellis.domains.people.models import Holding, Person, Unit, on_day
from trellis.kit import clock


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


@rules.predicate
def is_offered_to(user: Person, offer: DevelopmentOffer | None) -> bool:
    return offer is not None and offer.person_id == user.pk


@rules.predicate
def is_offered_by(user: Person, offer: DevelopmentOffer | None) -> bool:
    return offer is not None and offer.offered_by_id == user.pk


@rules.predicate
def decides_with(user: Person, unit: Unit | None) -> bool:
    """In the team today, or its head."""
    if unit is None or not user.is_authenticated:
        return False
    held = Holding.objects.filter(on_day(clock.today()), unit=unit, person=user)
    return unit.head_id == user.pk or held.exists()


@rules.predicate
def shows_agreed(user: Person, unit: Unit | None) -> bool:
    return unit is not None and bool(user.is_authenticated) and OpenDecisions.objects.filter(unit=unit).exists()


@rules.predicate
def heads_branch(user: Person, unit: Unit | None = None) -> bool:
    """Heads the unit or one above it; without a unit: heads any."""
    if not user.is_authenticated or not user.headed_paths:
        return False
    return unit is None or unit.path.startswith(tuple(user.headed_paths))


@rules.predicate
def may_end_need(user: Person, need: SkillNeed | None) -> bool:
    if need is None:
        return False
    if need.unit is None:
        return bool(user.is_authenticated) and reach_of(user, Role.ACADEMY, Role.HR) is None
    return bool((acting_for(Role.ACADEMY, Role.HR) | heads_branch)(user, need.unit))


rules.add_perm("growth.own", is_owner)
rules.add_perm("growth.read", is_owner | is_reader)
rules.add_perm("growth.comment", is_owner | is_commenter)
rules.add_perm("growth.read_card", reads_card)
rules.add_perm("growth.comment_card", comments_card)
rules.add_perm("growth.read_number", reads_number)
rules.add_perm("growth.take_comment_away", may_take_comment_away)
rules.add_perm("growth.stop_reading", reads_by)
rules.add_perm("growth.offer", leads)
rules.add_perm("growth.see_offer", is_offered_to | is_offered_by)
rules.add_perm("growth.take_offer", is_offered_to)
rules.add_perm("growth.withdraw_offer", is_offered_by)
rules.add_perm("growth.decide", decides_with)
rules.add_perm("growth.see_agreed", decides_with | shows_agreed)
rules.add_perm("growth.say_needed", acting_for(Role.ACADEMY, Role.HR) | heads_branch)
rules.add_perm("growth.end_need", may_end_need)
