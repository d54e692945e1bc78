"""What the office did to many at once: a letter to five, and a later end for the wrong ones, taken back."""

from datetime import date, timedelta

from trellis.domains.people.models import Person
from trellis.domains.programmes import actions
from trellis.domains.programmes.models import Cohort
from trellis.kit import clock

WRITTEN_TO = 5


def act_on_some(cast: dict[str, Person], until: date) -> None:
    """Both in the cohort that is under way, and about nobody of the cast."""
    cohort = Cohort.objects.filter(starts_on__lte=until, ends_on__gte=until).order_by("starts_on", "pk").first()
    if cohort is None:
        return
    going = cohort.journeys.filter(left_at=None, completed_at=None)
    others = going.exclude(person__in=[person.pk for person in cast.values()])
    ids = list(others.order_by("pk").values_list("pk", flat=True)[:WRITTEN_TO])
    letter = "The room of Thursday's class is being painted: we meet in Lotus, next door."
    with clock.moved(to=clock.at_time(until - timedelta(days=4), 10)):
        wish = actions.Wish("message", words=letter)
        actions.act_on_many(cohort=cohort, wish=wish, journey_ids=ids, batch="demo-letter", actor=cast["mai"])
    with clock.moved(to=clock.at_time(until - timedelta(days=3), 15)):
        end = cohort.ends_on + timedelta(days=14)
        wish = actions.Wish("extension", words="The class of the evening group began late.", until_on=end)
        act = actions.act_on_many(
            cohort=cohort, wish=wish, journey_ids=ids[:2], batch="demo-extension", actor=cast["mai"]
        )
        actions.undo_bulk(act=act, actor=cast["mai"])
