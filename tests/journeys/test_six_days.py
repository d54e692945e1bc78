"""N6, as its people live it: days are offered, planned for a cohort, signed by both, and a holder is replaced."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE
from trellis.kit import clock

WINDOW = (date(2026, 4, 6), date(2026, 4, 17))  # two weeks, ten work days


@pytest.fixture
def spring(academy: Any) -> Any:
    """A cohort of two who step to team leader, with no other offers about than those made here."""
    from trellis.domains.mentoring.models import Offer, PlanProposal
    from trellis.domains.people.models import Position
    from trellis.domains.programmes import actions
    from trellis.domains.programmes.models import ProgrammeVersion

    Offer.objects.update(withdrawn_at=clock.now())
    PlanProposal.objects.update(ended_at=clock.now())
    today = clock.today()
    cohort = actions.open_cohort(
        version=ProgrammeVersion.objects.filter(programme__code="next-step").latest("number"),
        name="Spring",
        starts_on=today,
        ends_on=today + timedelta(weeks=26),
        join_until=today + timedelta(days=7),
        places=9,
        offerings=[],
        actor=academy.mai,
    )
    for who in (academy.linh, academy.phong):
        joined = actions.join(person=who, cohort=cohort, position=Position.objects.get(code="team-leader"), actor=who)
        assert joined.journey, joined.code
    return cohort


def offer(page: Any, academy: Any, first: date, last: date) -> None:
    page.goto(academy.url + "/mentorship-days/offers/")
    page.get_by_label("First day", exact=True).fill(first.isoformat())
    page.get_by_label("Last day", exact=True).fill(last.isoformat())
    page.get_by_role("button", name="Offer these days").click()


def find_plan(page: Any, academy: Any, cohort: Any, *, last: date = WINDOW[1]) -> None:
    page.goto(f"{academy.url}/cohorts/{cohort.pk}/mentorship-days/")
    page.get_by_label("First day", exact=True).fill(WINDOW[0].isoformat())
    page.get_by_label("Last day", exact=True).fill(last.isoformat())
    page.get_by_label("Days a week at most").select_option("")
    page.get_by_role("button", name="Find a plan").click()
    page.goto(f"{academy.url}/mentorship-days/plans/{newest().pk}/")


def newest() -> Any:
    from trellis.domains.mentoring.models import PlanProposal

    return PlanProposal.objects.latest("pk")


def planned(academy: Any) -> Any:
    from trellis.domains.mentoring.models import MentorshipDay

    return MentorshipDay.objects.filter(learner=academy.linh, cancelled_at=None).order_by("on")


def test_n6_minh_offers_days_and_mai_plans_a_cohort_that_lacks_some_and_then_none(academy, visit, spring):
    minh, mai = visit(academy.minh, width=PHONE), visit(academy.mai)
    offer(minh, academy, WINDOW[0], WINDOW[1] - timedelta(days=1))
    expect(minh.get_by_text("Your days are offered")).to_be_visible()

    find_plan(mai, academy, spring)
    expect(mai.get_by_text("9 of 12 days have a place.")).to_be_visible()
    expect(mai.get_by_text("give 9 days; 12 are needed. 3 more days at Team leader between")).to_be_visible()
    expect(mai.get_by_text("3 days are missing.")).to_be_visible()

    offer(minh, academy, WINDOW[1] + timedelta(days=3), WINDOW[1] + timedelta(days=5))
    find_plan(mai, academy, spring, last=WINDOW[1] + timedelta(days=5))
    expect(mai.get_by_text("All 2 learners get every day.")).to_be_visible()
    mai.get_by_role("button", name="Plan these 12 days").dblclick()
    expect(mai.get_by_text("put into effect")).to_be_visible()
    assert planned(academy).count() == 6

    linh = visit(academy.linh, width=PHONE)
    linh.goto(academy.url + "/mentorship-days/?position=team-leader")
    expect(linh.get_by_text("0 of 6 days count, 6 planned.")).to_be_visible()


@pytest.fixture
def under_way(academy: Any, spring: Any) -> Any:
    """Minh's days are planned for Linh; it is the evening of the first."""
    from datetime import time

    from trellis.domains.mentoring.actions.applying import apply_proposal
    from trellis.domains.mentoring.actions.offers import offer_days
    from trellis.domains.mentoring.actions.proposing import Wanted, ask_for_plan, find_plan
    from trellis.domains.mentoring.rules import OfferedDays
    from trellis.domains.people.models import Position

    leader = Position.objects.get(code="team-leader")
    for holder, first in ((academy.minh, WINDOW[0]), (academy.thuy, WINDOW[1] + timedelta(days=3))):
        wish = OfferedDays(first, first + timedelta(days=11), range(5), time(8), time(17), 1)
        assert offer_days(holder=holder, position=leader, wish=wish, actor=holder).ok
    asked = ask_for_plan(
        name="Spring",
        source=f"cohort:{spring.pk}",
        wanted=[Wanted(academy.linh.pk, leader.pk, 6)],
        first=WINDOW[0],
        last=WINDOW[1],
        per_week=None,
        actor=academy.mai,
    )
    assert asked.proposal
    assert apply_proposal(proposal=find_plan(asked.proposal.pk), actor=academy.mai).ok
    day = planned(academy).first()
    clock.move(to=clock.at_time(day.on, 18))
    return day


def test_n6_a_day_counts_once_both_have_signed_it(academy, visit, under_way):
    linh, minh = visit(academy.linh, width=PHONE), visit(academy.minh, width=PHONE)
    minh.goto(f"{academy.url}/mentorship-days/{under_way.pk}/")
    minh.get_by_label("Present").check()
    minh.locator("[name=behaviours]").first.check()
    minh.get_by_role("button", name="Confirm the day").click()
    expect(minh.get_by_text("Seen on this day")).to_be_visible()
    expect(minh.get_by_text("waits for the learner")).to_be_visible()

    linh.goto(f"{academy.url}/mentorship-days/{under_way.pk}/")
    expect(linh.get_by_role("button", name="Confirm the day")).to_have_count(0)
    linh.get_by_role("button", name="Sign").click()
    expect(linh.get_by_text("Write in a few words what you did.")).to_be_visible()
    linh.get_by_label("What you saw and did").fill("Planned the queue of the afternoon")
    linh.get_by_role("button", name="Sign").dblclick()
    expect(linh.get_by_text("counts", exact=True)).to_be_visible()
    linh.goto(academy.url + "/mentorship-days/?position=team-leader")
    expect(linh.get_by_text("1 of 6 days count, 5 planned.")).to_be_visible()


def test_n6_a_holder_who_falls_ill_is_replaced_and_no_day_done_is_lost(academy, visit, under_way):
    from trellis.domains.mentoring import actions
    from trellis.kit.journal.outbox import deliver

    actions.confirm_day(day=under_way, minutes=480, value="present", actor=academy.minh)
    actions.sign_day(day=under_way, text="Planned the queue", actor=academy.linh)
    minh = visit(academy.minh, width=PHONE)
    minh.goto(f"{academy.url}/people/{academy.minh.pk}/away/")
    minh.get_by_label("First day away").fill((under_way.on + timedelta(days=1)).isoformat())
    minh.get_by_label("Last day away").fill((under_way.on + timedelta(days=30)).isoformat())
    minh.get_by_role("button", name="Write it down").click()
    expect(minh.get_by_text("5 days need another holder")).to_be_visible()
    deliver()

    mai = visit(academy.mai)
    mai.goto(academy.url + "/mentorship-days/plans/")
    mai.get_by_role("link", name=re.compile("Instead of Minh")).click()
    mai.get_by_role("button", name="Plan these 5 days").click()
    expect(mai.get_by_text("put into effect")).to_be_visible()

    linh = visit(academy.linh)
    linh.goto(academy.url + "/mentorship-days/?position=team-leader")
    expect(linh.get_by_text("1 of 6 days count, 5 planned.")).to_be_visible()
    holders = [day.holder_id for day in planned(academy)]
    assert holders == [academy.minh.pk, *[academy.thuy.pk] * 5]
