"""Who is certified for a post hears of it first."""

from trellis.domains.opportunities.events import Opened
from trellis.domains.opportunities.models import Opening
from trellis.domains.opportunities.queries import certified_for
from trellis.kit import clock
from trellis.kit.journal.facts import reacts_to
from trellis.kit.journal.models import Entry
from trellis.kit.notices.notify import notify
from trellis.kit.text import name_in_all


@reacts_to(Opened)
def tell_the_certified(fact: Opened, entry: Entry) -> None:
    opening = Opening.objects.select_related("position", "unit").get(pk=fact.opening)
    people = certified_for([opening.position_id], on=clock.today()).get(opening.position_id, {})
    notify(
        person_ids=list(people),
        kind="opportunities.certified_for",
        key=f"opening:{opening.pk}",
        params={
            "position": name_in_all(opening.position),
            "unit": name_in_all(opening.unit),
            "until": opening.closes_on,
        },
        link=f"/openings/{opening.pk}/",
    )
