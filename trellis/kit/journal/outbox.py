"""Handing entries to their reactions: at least once, and once only in the database."""

import logging
from datetime import timedelta

from django.db import transaction

from trellis.kit import clock
from trellis.kit.journal.facts import reactions_to, read_fact
from trellis.kit.journal.models import Delivery

log = logging.getLogger(__name__)
GIVE_UP_AFTER = 8


def deliver_soon() -> None:
    """Ask for a delivery round in the background."""
    from trellis.kit.journal.tasks import deliver_task

    deliver_task.enqueue()


def deliver(*, limit: int = 500) -> int:
    """Run what is due, oldest first; returns how many reactions answered.

    The reaction and the note that it ran share one transaction: when it fails, neither stays, and it is tried again
    with growing pauses. A reaction that keeps failing is left, with its fault, for the operator.
    """
    done = 0
    due = Delivery.objects.filter(done_at=None, next_try_at__lte=clock.now(), attempts__lt=GIVE_UP_AFTER)
    for pk in list(due.order_by("entry_id", "id").values_list("pk", flat=True)[:limit]):
        done += _deliver_one(pk)
    return done


def try_anew() -> int:
    """Give those that were left another row of attempts; returns how many."""
    left = Delivery.objects.filter(done_at=None, attempts__gte=GIVE_UP_AFTER)
    count = left.update(attempts=0, next_try_at=clock.now())
    transaction.on_commit(deliver_soon)
    return count


def _deliver_one(pk: int) -> int:
    try:
        with transaction.atomic():
            delivery = Delivery.objects.select_for_update().select_related("entry").get(pk=pk)
            if delivery.done_at:
                return 0
            function = dict(reactions_to(delivery.entry.kind)).get(delivery.reaction)
            if function:  # a reaction that no longer exists has nothing left to do
                function(read_fact(delivery.entry), delivery.entry)
            delivery.done_at = clock.now()
            delivery.attempts += 1
            delivery.save(update_fields=["done_at", "attempts"])
    except Delivery.DoesNotExist:
        return 0
    except Exception as fault:
        log.exception("reaction failed")
        failed = Delivery.objects.get(pk=pk)
        failed.attempts += 1
        failed.fault = repr(fault)[:2000]
        failed.next_try_at = clock.now() + timedelta(seconds=10 * 4**failed.attempts)
        failed.save(update_fields=["attempts", "fault", "next_try_at"])
        return 0
    return 1
