from datetime import timedelta

from trellis.domains.opportunities import queries, rules
from trellis.domains.people.models import Position
from trellis.kit import clock
from trellis.kit.notices.notify import notify
from trellis.kit.tasks.declare import daily, task
from trellis.kit.text import name_in_all


@daily(hour=6)
@task(retries=2)
def tell_expiring() -> None:
    """Whose certificate soon puts them first no more hears of it, once for each end."""
    today = clock.today()
    last = today + timedelta(days=rules.SOON)
    found = queries.certified_in_pool(None, on=today)
    names = {p.pk: name_in_all(p) for p in Position.objects.filter(pk__in=found)}
    for position, people in found.items():
        for one in people.values():
            if one.until and today <= one.until <= last:
                notify(
                    person_ids=[one.person],
                    kind="opportunities.expiring",
                    key=f"expiring:{one.certificate}:{one.until}",
                    params={"position": names[position], "until": one.until},
                    link=f"/positions/{Position.objects.get(pk=position).code}/",
                )
