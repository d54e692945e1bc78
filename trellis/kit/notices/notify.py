from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Count, QuerySet

from trellis.kit import clock
from trellis.kit.notices.kinds import all_kinds, kind_of
from trellis.kit.notices.models import Channel, Notice, Wish
from trellis.kit.notices.tasks import post_due
from trellis.kit.prepared import prepared

MAIL = {Channel.MAIL: Notice.Mail.AT_ONCE, Channel.DIGEST: Notice.Mail.IN_DIGEST, Channel.HERE: Notice.Mail.NOT_WANTED}


@transaction.atomic
def notify(
    *, person_ids: Collection[int], kind: str, key: str, params: dict[str, Any] | None = None, link: str = ""
) -> None:
    """Tell people something, each in the way they chose. The same key tells a person once, however often it is called.

    `params` fill the kind's sentence: texts, numbers, dates, or names as `{"en": ..., "zh-hans": ...}`.
    """
    if kind not in {known.code for known in all_kinds()}:
        raise ValueError(f"no notice is called {kind}; declare it with notice_kind in the domain's notices.py")
    wishes = dict(Wish.objects.filter(person__in=person_ids, kind=kind).values_list("person_id", "channel"))
    channels = {pk: Channel(wishes.get(pk, kind_of(kind).channel)) for pk in dict.fromkeys(person_ids)}
    plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in (params or {}).items()}
    Notice.objects.bulk_create(
        [
            Notice(person_id=pk, kind=kind, key=key, params=plain, link=link, mail=MAIL[channel])
            for pk, channel in channels.items()
            if channel != Channel.NONE
        ],
        ignore_conflicts=True,
        batch_size=2000,
    )
    if Channel.MAIL in channels.values():
        transaction.on_commit(post_due.enqueue)


def told_of(kinds: Collection[str]) -> set[tuple[int, str]]:
    """(person, key) of the notices of these kinds that are still kept: what need not be told again. One statement."""
    return set(Notice.objects.filter(kind__in=kinds).values_list("person_id", "key"))


def take_back(*, kind: str, key: str) -> int:
    """Delete what was neither read nor mailed yet; returns from how many people it was taken back."""
    there = Notice.objects.filter(kind=kind, key=key, read_at=None)
    gone, _by_model = there.exclude(mail__in=[Notice.Mail.SENT, Notice.Mail.GIVEN_UP]).delete()
    return gone


def unread_count(person_id: int) -> int:
    """How many notices a person has not read. One statement, by an index."""
    return next(iter(_unread(person_id)), 0)


@prepared
def _unread(person_id: int) -> QuerySet[Notice, int]:
    unread = Notice.objects.filter(person=person_id, read_at=None).order_by().values("person")
    return unread.annotate(unread=Count("pk")).values_list("unread", flat=True)


def mark_read(*, person_id: int, notice_id: int | None = None) -> None:
    """One notice, or all of them, is read."""
    unread = Notice.objects.filter(person=person_id, read_at=None)
    if notice_id is not None:
        unread = unread.filter(pk=notice_id)
    unread.update(read_at=clock.now())


def set_wishes(*, person_id: int, channels: dict[str, str]) -> None:
    """Keep how the person wants to be told, by kind."""
    Wish.objects.bulk_create(
        [Wish(person_id=person_id, kind=kind, channel=Channel(channel)) for kind, channel in channels.items()],
        update_conflicts=True,
        unique_fields=["person", "kind"],
        update_fields=["channel"],
    )
