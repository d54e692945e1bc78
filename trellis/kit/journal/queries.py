from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.utils import timezone

from trellis.kit.journal.models import Delivery, Entry
from trellis.kit.journal.outbox import GIVE_UP_AFTER


def entries(
    *, kind: str = "", who: str = "", since: date | None = None, until: date | None = None
) -> "QuerySet[Entry]":
    """The journal, newest first. `kind` may be a beginning (`people.`); `who` an employee id or e-mail, as actor or
    person concerned; days are inclusive."""
    found = Entry.objects.select_related("actor", "about").order_by("-id")
    if kind:
        found = found.filter(kind__startswith=kind)
    if who:
        people: Any = get_user_model()._default_manager.filter(Q(employee_id=who) | Q(email__iexact=who))
        ids = list(people.values_list("pk", flat=True))
        found = found.filter(Q(actor__in=ids) | Q(about__in=ids))
    if since:
        found = found.filter(at__gte=_morning(since))
    if until:
        found = found.filter(at__lt=_morning(until + timedelta(days=1)))
    return found


def given_up() -> "QuerySet[Delivery]":
    """Reactions that failed so often that they are left to the operator, with their fault."""
    return Delivery.objects.filter(done_at=None, attempts__gte=GIVE_UP_AFTER).select_related("entry").order_by("-id")


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
