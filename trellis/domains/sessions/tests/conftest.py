"""A series of three Mondays hosted by Mai: 23 February, 2 March (today, 14:00) and 9 March."""

from datetime import date, timedelta

import pytest

from trellis.domains.sessions import actions
from trellis.kit import clock

MONDAYS = [date(2026, 2, 23), date(2026, 3, 2), date(2026, 3, 9)]


@pytest.fixture
def series(mai):
    return actions.open_series(name="Leadership", names={"zh-hans": "领导力"}, kind="classes", actor=mai)


@pytest.fixture
def hold(series, mai):
    """hold(on, makes_up=...): one session of two hours at 14:00."""

    def hold(on, *, title="", makes_up=None, hosts=None):
        starts = clock.at_time(on, 14)
        return actions.schedule(
            series=series,
            title=title or f"Session of {on:%d.%m.}",
            starts_at=starts,
            ends_at=starts + timedelta(hours=2),
            hosts=[mai] if hosts is None else hosts,
            place="Room Linden",
            makes_up=makes_up,
            actor=mai,
        )

    return hold


@pytest.fixture
def mondays(hold):
    return [hold(day) for day in MONDAYS]


@pytest.fixture
def members(series, linh, minh, xiaoyu, mai):
    actions.take_in(series=series, person_ids=[linh.pk, minh.pk, xiaoyu.pk], actor=mai)
    return [linh, minh, xiaoyu]
