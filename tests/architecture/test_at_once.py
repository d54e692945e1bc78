"""Two people do the same at the same moment: it is done once or not at all, and the other one is told.

On PostgreSQL, where two transactions truly run beside each other. SQLite lets one writer in at a time, from the
beginning of a transaction to its end; and its test database in memory knows no second connection.
"""

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

import pytest

from tests.architecture.at_once import at_once
from trellis.domains.credentials import actions as credentials
from trellis.domains.credentials.models import Certificate
from trellis.domains.learning import actions as learning
from trellis.domains.learning.models import Enrolment, Offering
from trellis.domains.mentoring import actions as mentoring
from trellis.domains.mentoring.actions import offers as days
from trellis.domains.mentoring.actions import proposing
from trellis.domains.mentoring.actions.applying import apply_proposal
from trellis.domains.mentoring.models import MentorshipDay
from trellis.domains.mentoring.rules import OfferedDays
from trellis.domains.opportunities import actions as opportunities
from trellis.domains.people.actions.roles import end_role
from trellis.domains.people.models import Holding, Person, RoleGrant
from trellis.domains.programmes import actions as programmes
from trellis.domains.programmes.models import Journey
from trellis.domains.programmes.tests.story import LATER, approve, carry_to_review, join, load, open_cohort
from trellis.domains.recognition import actions as recognition
from trellis.domains.recognition.models import PayrollLine, Transfer
from trellis.domains.recognition.queries import bonuses
from trellis.domains.sessions import actions as sessions
from trellis.domains.sessions.models import Mark, Session
from trellis.kit import clock
from trellis.surfaces.exchange.models import ImportRun
from trellis.surfaces.exchange.people_import import actions as imports

pytestmark = [
    pytest.mark.both_databases,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("two_writers"),
]


def codes(outcomes: list[Any]) -> list[str]:
    return sorted(outcome.code for outcome in outcomes)


@pytest.fixture
def journey(who):
    return join(who.linh, open_cohort(load(who.mai), who.mai, who.an))


@pytest.fixture
def review(who, journey):
    return carry_to_review(journey, who.an, who.minh)


def test_two_issue_a_certificate(who, journey, review):
    approve(review, who.mai)
    with clock.moved(to=LATER):

        def issue(actor: Person) -> Any:
            return credentials.issue(journey=Journey.objects.get(pk=journey.pk), actor=actor, on=clock.today())

        assert codes(at_once(lambda: issue(who.mai), lambda: issue(who.yen))) == ["already", "issued"]
    assert Certificate.objects.count() == 1
    assert bonuses().count() == 1


def test_two_take_a_bonus_back(who, journey, review):
    approve(review, who.mai)
    with clock.moved(to=LATER):
        credentials.issue(journey=journey, actor=who.mai, on=clock.today())
    bonus = bonuses().get()

    def reverse(actor: Person) -> Any:
        return recognition.reverse(transfer=Transfer.objects.get(pk=bonus.pk), why="paid by mistake", actor=actor)

    assert codes(at_once(lambda: reverse(who.hoa), lambda: reverse(who.bich))) == ["already", "made"]
    assert Transfer.objects.filter(reverses=bonus).count() == 1


def test_two_decide_a_review(who, review):
    def decide(actor: Person, approve: bool) -> Any:
        found = type(review).objects.get(pk=review.pk)
        return programmes.decide_review(review=found, approve=approve, reason="not yet", actor=actor)

    with clock.moved(to=LATER):
        told = codes(at_once(lambda: decide(who.mai, True), lambda: decide(who.yen, False)))
    assert told in (["already_decided", "approved"], ["already_decided", "returned"])
    review.refresh_from_db()
    assert review.state in told


def test_two_mark_one_person(who, journey):
    session = Session.objects.order_by("starts_at").first()

    def mark(actor: Person, value: str) -> Any:
        return sessions.mark(session=session, person_id=who.linh.pk, value=value, actor=actor, seen=0)

    with clock.moved(to=session.ends_at):
        assert codes(at_once(lambda: mark(who.an, "late"), lambda: mark(who.mai, "absent"))) == ["conflict", "marked"]
    assert Mark.objects.filter(is_current=True).count() == 1


def test_two_grade_one_person(who, journey):
    offering = Offering.objects.get()

    def grade(actor: Person, score: int) -> Any:
        return learning.record_result(offering=offering, person_id=who.linh.pk, score=score, actor=actor, seen=0)

    assert codes(at_once(lambda: grade(who.an, 60), lambda: grade(who.mai, 90))) == ["conflict", "recorded"]


def test_two_join_the_last_place(who, company):
    cohort = open_cohort(load(who.mai), who.mai, who.an, places=1)

    def enter(person: Person) -> Any:
        return programmes.join(person=person, cohort=cohort, position=company.team_leader, actor=person)

    assert codes(at_once(lambda: enter(who.linh), lambda: enter(who.dung))) == ["full", "joined"]
    assert Journey.objects.count() == 1


def test_a_place_that_becomes_free_goes_to_who_waits_whoever_else_comes(who, company):
    small = open_cohort(load(who.mai), who.mai, who.an, places=1)
    journey = join(who.linh, small)
    for person in (who.dung, who.khoa):
        assert programmes.wait(person=person, cohort=small, position=company.team_leader, actor=person).waiting

    def enter(person: Person) -> Callable[[], Any]:
        return lambda: programmes.join(person=person, cohort=small, position=company.team_leader, actor=person)

    given = at_once(
        lambda: programmes.leave(journey=journey, actor=who.linh),
        enter(who.bao),
        enter(who.khoa),
        lambda: programmes.change_intake(
            cohort=small, places=1, join_from=None, join_until=small.join_until, actor=who.mai
        ),
    )
    assert {getattr(one, "code", one) for one in given} <= {True, "full", "same"}
    offered = small.waiting.filter(ended_at=None, answer_by__isnull=False)
    assert [waiting.person for waiting in offered] == [who.dung]
    twice = at_once(enter(who.dung), enter(who.dung))
    assert codes(twice) == ["joined", "under_way"]
    assert small.journeys.filter(left_at=None).count() == 1


def test_one_joins_twice(who, company):
    cohort = open_cohort(load(who.mai), who.mai, who.an)

    def enter() -> Any:
        return programmes.join(person=who.linh, cohort=cohort, position=company.team_leader, actor=who.linh)

    assert codes(at_once(enter, enter)) == ["joined", "under_way"]


def test_two_take_the_last_place_of_a_course(who):
    open_cohort(load(who.mai), who.mai, who.an)
    Offering.objects.update(places=1)
    offering = Offering.objects.get()

    def enrol(person: Person) -> Any:
        return learning.enrol(offering=offering, person_ids=[person.pk], way_in="self", actor=person)

    outcomes = at_once(lambda: enrol(who.linh), lambda: enrol(who.dung))
    assert sorted(outcome.ok for outcome in outcomes) == [False, True]
    assert Enrolment.objects.filter(withdrawn_at=None).count() == 1


def test_two_administrators_end_each_other(who):
    for name in ("quan", "son"):
        RoleGrant.objects.get_or_create(person=getattr(who, name), role="administrator", unit=None, ended_on=None)
    one, other = RoleGrant.objects.filter(role="administrator", unit=None)
    outcomes = at_once(lambda: end_role(grant=one, actor=other.person), lambda: end_role(grant=other, actor=one.person))
    assert sorted(outcome.reason for outcome in outcomes) == ["", "last_administrator"]


@pytest.fixture
def looked_at(who, company):
    rows = "\n".join(f"N-{n},New {n},{company.team.name},{company.photo_editor.name},2026-02-02" for n in range(20))
    content = f"Employee ID,Name,Department,Position,Hire date\n{rows}\n".encode()

    def bring() -> ImportRun:
        run = imports.bring(content=content, file_name="new.csv", actor=who.hoa)
        assert not imports.look(run=run).faults
        return ImportRun.objects.get(pk=run.pk)

    return bring


def test_two_apply_the_same_import(who, looked_at):
    run = looked_at()
    outcomes = at_once(*[lambda: imports.apply(run=ImportRun.objects.get(pk=run.pk), actor=who.hoa)] * 2)
    assert [outcome.reason for outcome in outcomes] == ["", ""]
    assert Holding.objects.filter(person__employee_id__startswith="N-").count() == 20


def test_two_imports_of_the_same_people(who, looked_at):
    first, second = looked_at(), looked_at()
    outcomes = at_once(
        lambda: imports.apply(run=first, actor=who.hoa), lambda: imports.apply(run=second, actor=who.quan)
    )
    assert sorted(outcome.reason for outcome in outcomes) in (["", "changed_since"], ["", "nothing_new"])
    assert Person.objects.get_queryset().filter(employee_id__startswith="N-").count() == 20


def test_two_undo_an_import(who, looked_at):
    run = looked_at()
    imports.apply(run=run, actor=who.hoa)
    outcomes = at_once(*[lambda: imports.undo(run=run, actor=who.hoa)] * 2)
    assert [outcome.reason for outcome in outcomes] == ["", ""]
    assert not Person.objects.get_queryset().filter(employee_id__startswith="N-").exists()


def test_two_make_the_list_for_payroll(who, journey, review):
    approve(review, who.mai)
    with clock.moved(to=LATER):
        credentials.issue(journey=journey, actor=who.mai, on=clock.today())
    told = codes(at_once(lambda: recognition.make_list(actor=who.hoa), lambda: recognition.make_list(actor=who.mai)))
    assert told == ["made", "nothing_new"]
    assert PayrollLine.objects.count() == 1


def test_two_choose_for_the_last_post(who, company):
    opening = opportunities.open_post(
        position=company.team_leader, unit=company.team, closes_on=clock.today(), actor=who.hoa
    )
    for person in (who.linh, who.dung):
        assert opportunities.put_forward(opening=opening, person=person).ok

    def choose(person: Person, actor: Person) -> Any:
        return opportunities.choose(opening=opening, person=person, on=clock.today(), actor=actor)

    assert codes(at_once(lambda: choose(who.linh, who.hoa), lambda: choose(who.dung, who.bich))) == ["chosen", "filled"]
    assert Holding.objects.filter(began="promoted").count() == 1


@pytest.fixture
def proposed(who, company):
    """proposed(linh): a plan of six days beside Minh, who offers ten days with one place each."""
    first = clock.today() + timedelta(days=7)
    wish = OfferedDays(first, first + timedelta(days=11), range(5), time(8), time(17), 1)

    def offer():
        return days.offer_days(holder=who.minh, position=company.team_leader, wish=wish, actor=who.minh).code

    def proposed(learner):
        asked = proposing.ask_for_plan(
            name="Spring",
            source="",
            wanted=[proposing.Wanted(learner.pk, company.team_leader.pk, 6)],
            first=wish.first,
            last=wish.last,
            per_week=None,
            actor=who.mai,
        )
        return proposing.find_plan(asked.proposal.pk)

    assert sorted(at_once(offer, offer)) == ["already", "offered"]
    return proposed


def test_two_offices_apply_one_plan(proposed, who):
    plan = proposed(who.linh)
    given = at_once(*[lambda: apply_proposal(proposal=plan, actor=who.mai).code] * 2)
    assert sorted(given) == ["already", "applied"]
    assert MentorshipDay.objects.count() == 6


def test_two_plans_for_the_same_places(proposed, who):
    plans = [proposed(who.linh), proposed(who.dung)]
    given = at_once(*[lambda plan=plan: apply_proposal(proposal=plan, actor=who.mai).code for plan in plans])
    assert sorted(given) == ["applied", "stale"]
    assert MentorshipDay.objects.count() == 6


def test_the_learner_plans_a_day_while_the_office_applies(proposed, who, company):
    plan = proposed(who.linh)
    taken = {"holder": who.minh, "position": company.team_leader, "on": plan.days.earliest("on").on}
    given = at_once(
        lambda: apply_proposal(proposal=plan, actor=who.mai).code,
        lambda: mentoring.plan_day(learner=who.dung, actor=who.dung, **taken).code,
    )
    assert sorted(given) in (["applied", "holder_busy"], ["planned", "stale"])
    assert MentorshipDay.objects.filter(on=taken["on"]).count() == 1
