"""The private address of a person's calendar: opened, renewed and revoked by themselves."""

import hashlib
import hmac
import secrets

from django.conf import settings
from django.db import transaction

from trellis.domains.people.models import Person
from trellis.kit import clock
from trellis.kit.journal.facts import announce
from trellis.surfaces.exchange.events import CalendarFeedOpened, CalendarFeedRenewed, CalendarFeedRevoked
from trellis.surfaces.exchange.models import CalendarFeed


@transaction.atomic
def open_feed(*, person: Person) -> CalendarFeed:
    """The person's address, made when there is none yet."""
    salt = secrets.token_hex(16)
    feed, is_new = CalendarFeed.objects.get_or_create(
        person=person, defaults={"salt": salt, "token_hash": hash_of(_token(person.pk, salt))}
    )
    if is_new:
        announce(CalendarFeedOpened(person.pk), actor=person)
    return feed


@transaction.atomic
def renew_feed(*, person: Person, seen: int) -> bool:
    """Another address in place of the one that was seen (its `number`); that one opens nothing any more."""
    feed = CalendarFeed.objects.select_for_update().filter(person=person, number=seen).first()
    if feed is None:
        return False
    feed.salt, feed.number, feed.created_at = secrets.token_hex(16), seen + 1, clock.now()
    feed.token_hash, feed.etag, feed.read_at = hash_of(_token(person.pk, feed.salt)), "", None
    feed.save()
    announce(CalendarFeedRenewed(person.pk), actor=person)
    return True


@transaction.atomic
def revoke_feed(*, person: Person) -> bool:
    """No address any more. False: there was none."""
    gone, _tables = CalendarFeed.objects.filter(person=person).delete()
    if gone:
        announce(CalendarFeedRevoked(person.pk), actor=person)
    return bool(gone)


def feed_at(token: str) -> CalendarFeed | None:
    """The feed that an address opens, of somebody who may sign in."""
    feeds = CalendarFeed.objects.select_related("person").filter(person__is_active=True, person__erased_at=None)
    return feeds.filter(token_hash=hash_of(token)).first()


def token_of(feed: CalendarFeed) -> str:
    """What stands in the address; "" when it cannot be told any more, since the academy's secret key is another one."""
    token = _token(feed.person_id, feed.salt)
    return token if hmac.compare_digest(hash_of(token), feed.token_hash) else ""


def keep_read(feed: CalendarFeed, etag: str) -> None:
    """Note that a calendar read it, at most once an hour; and since when it is as it is."""
    now = clock.now()
    if feed.etag != etag:
        feed.etag, feed.changed_at = etag, now.replace(microsecond=0)
    elif feed.read_at and (now - feed.read_at).total_seconds() < 3600:
        return
    feed.read_at = now
    CalendarFeed.objects.filter(pk=feed.pk, token_hash=feed.token_hash).update(
        etag=feed.etag, changed_at=feed.changed_at, read_at=now
    )


def hash_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _token(person_id: int, salt: str) -> str:
    said = f"calendar:{person_id}:{salt}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), said, hashlib.sha256).hexdigest()[:48]
