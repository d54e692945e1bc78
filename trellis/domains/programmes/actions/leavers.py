"""Who has left the company is on no journey any more, and waits for no place."""

from django.db import transaction

from trellis.domains.people.models import Person
from trellis.domains.programmes.actions.journeys import end_attempt
from trellis.domains.programmes.actions.waiting import end, locked, serve_line
from trellis.domains.programmes.models import Journey, Review, Waiting


def let_go_who_left() -> int:
    """End the attempts and the waiting of everybody whose last day lies behind them; returns how many attempts ended.

    Run every day: a leaving is often written down weeks before. What they completed and what they learned stays, and
    who comes back can take the attempt up again. Who is approved still has the certificate coming.
    """
    gone = Person.objects.gone()
    for waiting in Waiting.objects.filter(ended_at=None, person__in=gone):
        with transaction.atomic():
            cohort = locked(waiting.cohort_id)
            end(Waiting.objects.filter(pk=waiting.pk), Waiting.End.WITHDRAWN)
            serve_line(cohort)
    ended = 0
    going = Journey.objects.filter(left_at=None, completed_at=None, person__in=gone)
    for journey in going.exclude(reviews__state=Review.State.APPROVED).select_related("person"):
        with transaction.atomic():
            ended += end_attempt(journey, actor=None)
    return ended
