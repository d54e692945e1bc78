"""Letting named people read what is one's own, ending it, and what is said to it.

Nothing of this is announced: who was trusted with what is told by the shares themselves, to those two, and a journal
that an administrator reads is no place for it.
"""

from dataclasses import dataclass

from django.db import transaction

from trellis.domains.growth.models import Board, Card, Comment, Goal, Share
from trellis.domains.growth.notices import ANSWERED, COMMENTED, SHARED
from trellis.domains.growth.rules.sharing import who_is_told, why_not_share
from trellis.domains.people.models import Person
from trellis.kit import clock
from trellis.kit.notices.notify import notify, take_back


@dataclass(frozen=True)
class ShareOutcome:
    """`shared` | `changed` | `already`, or `oneself` | `not_here` | `gone` (the thing) and nothing was done."""

    code: str
    share: Share | None = None


@transaction.atomic
def share(*, thing: Board | Goal, reader: Person, may_comment: bool, actor: Person) -> ShareOutcome:
    """Let somebody read it, or comment too; said again it changes what they may. They are told, without its title."""
    is_here = Person.objects.here().filter(pk=reader.pk, is_active=True).exists()
    if refusal := why_not_share(owner=actor.pk, reader=reader.pk, is_here=is_here):
        return ShareOutcome(refusal)
    if not _is_there(thing):
        return ShareOutcome("gone")
    given, is_new = thing.shares.get_or_create(reader=reader, ended_at=None, defaults={"may_comment": may_comment})
    if is_new:
        params = {"who": actor.name}
        notify(person_ids=[reader.pk], kind=SHARED.code, key=_key(given), params=params, link=_address(thing))
        return ShareOutcome("shared", given)
    if given.may_comment == may_comment:
        return ShareOutcome("already", given)
    given.may_comment = may_comment
    given.save(update_fields=["may_comment"])
    return ShareOutcome("changed", given)


@transaction.atomic
def end_share(*, given: Share) -> bool:
    """From now on they read it no more; told by nobody, and what they said stays. False: it had ended already."""
    changed = Share.objects.filter(pk=given.pk, ended_at=None).update(ended_at=clock.now())
    if changed:
        take_back(kind=SHARED.code, key=_key(given))
    return bool(changed)


def note_look(*, given: Share) -> None:
    """The reader opened it: kept by the day, so that reading writes once a day at most."""
    if given.looked_on != clock.today():
        Share.objects.filter(pk=given.pk).update(looked_on=clock.today())


@transaction.atomic
def say(*, on: Card | Goal, text: str, author: Person, key: str) -> Comment | None:
    """Say something to a card or a goal; the form sent twice says it once. The notice holds no word of it.

    None: it was deleted meanwhile.
    """
    if not _is_there(on):
        return None
    place = {"card": on} if isinstance(on, Card) else {"goal": on}
    said, is_new = Comment.objects.get_or_create(author=author, key=key, defaults={"text": text, **place})
    if is_new:
        thing = said.thing
        told = who_is_told(
            owner=thing.owner_id,
            author=author.pk,
            spoke=list(on.comments.order_by().values_list("author_id", flat=True).distinct()),
            may_read=list(thing.shares.filter(ended_at=None).values_list("reader_id", flat=True)),
        )
        kind = COMMENTED if author.pk != thing.owner_id else ANSWERED
        key, params = f"growth.comment:{said.pk}", {"who": author.name}
        notify(person_ids=told, kind=kind.code, key=key, params=params, link=_address(on))
    return said


@transaction.atomic
def take_comment_away(*, comment: Comment) -> None:
    """Delete what was said, for good."""
    for kind in (COMMENTED, ANSWERED):
        take_back(kind=kind.code, key=f"growth.comment:{comment.pk}")
    comment.delete()


def _is_there(thing: Board | Card | Goal) -> bool:
    """Whether it is not deleted, and will not be until the end of the transaction."""
    return bool(type(thing)._default_manager.select_for_update().filter(pk=thing.pk).values_list("pk", flat=True))


def _key(given: Share) -> str:
    return f"growth.share:{given.pk}"


def _address(thing: Board | Card | Goal) -> str:
    return f"/{thing._meta.model_name}s/{thing.pk}/"
