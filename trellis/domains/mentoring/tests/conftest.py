from datetime import date, time

import pytest

from trellis.domains.mentoring.actions.offers import offer_days
from trellis.domains.mentoring.actions.proposing import Wanted, ask_for_plan, find_plan
from trellis.domains.mentoring.rules import OfferedDays

FIRST, LAST = date(2026, 3, 9), date(2026, 3, 27)  # three weeks, from next Monday on


@pytest.fixture
def offer(minh, company):
    """offer(): Minh offers every work day of three weeks, one learner at a time."""

    def offer(holder=minh, *, position=None, **changes):
        usual = {
            "first": FIRST,
            "last": LAST,
            "weekdays": range(5),
            "starts": time(8),
            "ends": time(17),
            "places": 1,
        }
        wish = OfferedDays(**{**usual, **changes})
        return offer_days(holder=holder, position=position or company.team_leader, wish=wish, actor=holder)

    return offer


@pytest.fixture
def propose(linh, mai, company):
    """propose(linh, nam): a plan of six days for each, found."""

    def propose(*learners, days=6, first=FIRST, last=LAST, per_week=None, **more):
        wanted = [Wanted(person.pk, company.team_leader.pk, days) for person in learners or (linh,)]
        asked = ask_for_plan(
            name="Spring",
            source="cohort:1",
            wanted=wanted,
            first=first,
            last=last,
            per_week=per_week,
            actor=mai,
            **more,
        )
        assert asked.proposal, asked.code
        return find_plan(asked.proposal.pk)

    return propose
