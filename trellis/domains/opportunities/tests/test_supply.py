"""How long certificates count, and supply against expected openings: as tables."""

from datetime import date, timedelta

import pytest

from trellis.domains.credentials.models import Certificate
from trellis.domains.opportunities import actions, queries
from trellis.domains.opportunities.rules import (
    Coming,
    Outlook,
    Past,
    Plan,
    add_months,
    outlook,
    rate_of_vacancies,
    valid_until,
    validity,
)
from trellis.domains.opportunities.web.wording import foresight
from trellis.domains.people.actions import history
from trellis.domains.people.models import Position
from trellis.kit import clock

TODAY = date(2026, 3, 2)
COMPANY = Past(then=200, now=200, vacated=20)  # a tenth a year


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        pytest.param(date(2026, 1, 5), 6, date(2026, 7, 5), id="the same day"),
        pytest.param(date(2025, 8, 31), 6, date(2026, 2, 28), id="the month's last day where it has no such day"),
        pytest.param(date(2024, 2, 29), 12, date(2025, 2, 28), id="after a leap day"),
        pytest.param(date(2026, 11, 15), 2, date(2027, 1, 15), id="over the year"),
    ],
)
def test_months_on(day, months, later):
    assert add_months(day, months) == later


@pytest.mark.parametrize(
    ("until", "state"),
    [
        pytest.param(None, "valid", id="for good"),
        pytest.param(TODAY + timedelta(days=61), "valid", id="long enough"),
        pytest.param(TODAY + timedelta(days=60), "expiring", id="sixty days left"),
        pytest.param(TODAY, "expiring", id="the last day still counts"),
        pytest.param(TODAY - timedelta(days=1), "expired", id="run out"),
    ],
)
def test_validity(until, state):
    assert validity(until, on=TODAY) == state


def test_the_last_day_is_the_day_before():
    assert valid_until(date(2026, 1, 5), 6) == date(2026, 7, 4)
    assert valid_until(date(2026, 1, 5), None) is None


@pytest.mark.parametrize(
    ("past", "rate"),
    [
        pytest.param(Past(0, 0, 0), 0.1, id="nobody: the company's rate"),
        pytest.param(Past(2, 2, 1), (1 + 10 * 0.1) / 12, id="few: leaned on the company's"),
        pytest.param(Past(100, 100, 30), (30 + 1) / 110, id="many: their own, nearly"),
    ],
)
def test_rate_of_vacancies(past, rate):
    assert rate_of_vacancies(past, COMPANY) == pytest.approx(rate)


@pytest.mark.parametrize(
    ("coming", "open_now", "plans", "state", "gap"),
    [
        pytest.param(Coming(4, 0), 2, [], "covered", 0.0, id="enough could start today"),
        pytest.param(Coming(1, 0, (TODAY + timedelta(days=50),) * 3), 2, [], "on_the_way", 0.0, id="with those coming"),
        pytest.param(Coming(1, 0, (TODAY + timedelta(days=400),) * 3), 3, [], "short", 3.0, id="coming too late"),
        pytest.param(Coming(1, 3), 3, [], "nearly", 3.0, id="with those nearly ready"),
        pytest.param(Coming(1, 0), 0, [Plan(4, TODAY + timedelta(days=100))], "short", 4.0, id="a plan"),
        pytest.param(Coming(1, 0), 0, [Plan(4, TODAY + timedelta(days=200))], "covered", 0.0, id="a plan for later"),
        pytest.param(
            Coming(1, 0), 0, [Plan(1, TODAY, is_leaver=True)], "covered", 0.0, id="who is known to leave is a leaver"
        ),
    ],
)
def test_outlook_of_six_months_for_twenty_posts(coming, open_now, plans, state, gap):
    """Twenty posts at a tenth a year: one leaver in six months."""
    found = outlook(Past(20, 20, 2), COMPANY, coming, open_now=open_now, plans=plans, months=6, on=TODAY)
    assert found.leavers == pytest.approx(1.0)
    assert (found.state, found.gap) == (state, pytest.approx(gap))


pytestmark = pytest.mark.django_db


@pytest.fixture
def certificate(company, linh, mai):
    snapshot = {"title": {"en": "Next Step"}, "person": "Linh Nguyen", "company": "Pixel House", "issued_by": "Mai"}
    return Certificate.objects.create(
        person=linh, position=company.team_leader, snapshot=snapshot, issued_on=date(2025, 8, 1), issued_by=mai
    )


@pytest.mark.both_databases
def test_after_its_months_a_certificate_puts_nobody_first_until_it_is_renewed(certificate, company, linh, mai, hoa):
    def first():
        return list(queries.certified_for([company.team_leader.pk], on=clock.today()).get(company.team_leader.pk, {}))

    assert first() == [linh.pk]
    actions.set_term(position=company.team_leader, months=6, actor=mai)
    assert first() == []
    [row] = queries.people_in_pool(clock.today(), position_ids=[company.team_leader.pk])
    assert (row.state, row.certified.until) == ("expired", date(2026, 1, 31))
    assert actions.renew(certificate=certificate, why="", actor=mai).code == "reason_needed"
    assert actions.renew(certificate=certificate, why="Led the team in January", actor=linh).code == "oneself"
    codes = [actions.renew(certificate=certificate, why="Led the team", actor=hoa).code for _ in range(2)]
    assert codes == ["renewed", "already"]
    assert first() == [linh.pk]
    actions.set_term(position=company.team_leader, months=None, actor=mai)
    assert queries.people_in_pool(clock.today(), position_ids=[company.team_leader.pk])[0].certified.until is None


def test_leavers_are_expected_from_what_happened_and_a_move_between_units_is_none(certificate, company, hire, hoa):
    leaders = [hire(f"Leader{n}", position=company.team_leader) for n in range(4)]
    history.leave(person=leaders[0], on=date(2025, 12, 1), leaving="voluntary", actor=hoa)
    history.move(person=leaders[1], position=company.team_leader, unit=company.whole, on=date(2026, 1, 5), actor=hoa)
    [row] = [one for one in queries.supply_ahead(clock.today()) if one.position == company.team_leader]
    half_year = row.outlooks[1]
    here = 4 + 3  # with Linh, Mai and Hoa, who hold another position
    company_rate = 1 / ((here + here - 1) / 2)
    assert half_year.leavers == pytest.approx(3 * (1 + 10 * company_rate) / (3.5 + 10) / 2)
    assert (half_year.ready, half_year.open_now) == (1, 0)


def test_what_is_expected_twice_on_one_day_is_there_once_and_can_be_dropped(company, hoa):
    plan = {"position": company.team_leader, "count": 2, "by": clock.today(), "why": "growth", "actor": hoa}
    assert actions.expect_opening(**plan) == actions.expect_opening(**plan)
    [row] = queries.supply_ahead(clock.today())
    assert [o.planned for o in row.outlooks] == [2, 2, 2]
    expected = queries.expected_openings().get()
    assert actions.drop_expected(expected=expected, actor=hoa)
    assert not actions.drop_expected(expected=expected, actor=hoa)
    assert queries.supply_ahead(clock.today()) == ()


def test_the_sentence_says_the_same_number_as_the_table():
    look = Outlook(12, open_now=0, leavers=0.58, planned=1, ready=0, nearly=0, arriving=0)
    sentence = foresight(queries.Ahead(Position(name="Shift manager"), (look, look)))
    assert "1.6 openings" in sentence, "1.58 is nearer to 1.6 than to 1.5"
    assert "short by 1.6" in sentence


def test_the_form_says_once_that_a_field_may_stay_empty(as_, company, mai):
    page = as_(mai).get("/pool/expected/new/").content.decode()
    assert "Unit" in page
    assert "Unit (optional)" not in page
