"""Joining, moving, being promoted, leaving: what is written and what is refused."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from trellis.domains.people import queries, tasks
from trellis.domains.people.access import leads
from trellis.domains.people.actions import history
from trellis.domains.people.models import Employment, Holding, Person
from trellis.domains.people.rules import history as rules
from trellis.kit import clock
from trellis.kit.journal.models import Entry

pytestmark = pytest.mark.django_db
MARCH = date(2026, 3, 1)


def a_stranger(**fields):
    return Person.objects.create_user(employee_id="E-new", name="Nga Bui", **fields)


def test_who_joins_has_an_employment_and_a_holding(company, hoa):
    nga = a_stranger()
    outcome = history.join(person=nga, position=company.photo_editor, unit=company.team, on=MARCH, actor=hoa)
    assert outcome.done
    assert queries.current_holding(nga) == outcome.holding
    assert Employment.objects.get(person=nga).began_on == MARCH
    assert Entry.objects.get(kind="people.joined").about_id == nga.pk


def test_nobody_joins_twice(company, linh, hoa):
    outcome = history.join(person=linh, position=company.photo_editor, unit=company.team, on=MARCH, actor=hoa)
    assert (outcome.done, outcome.reason) == (False, "already_here")


def test_promotion_ends_the_old_holding_the_day_before(company, linh, hoa):
    history.promote(person=linh, position=company.team_leader, unit=company.team, on=MARCH, actor=hoa)
    old, new = Holding.objects.filter(person=linh).order_by("began_on")
    assert (old.ended_on, new.began_on, new.began) == (date(2026, 2, 28), MARCH, "promoted")
    assert linh in queries.holders_of(company.team_leader)
    assert linh not in queries.holders_of(company.photo_editor)
    assert linh in queries.holders_of(company.photo_editor, on=date(2026, 2, 28))
    assert linh in queries.holders_of(company.photo_editor, on=date(2024, 1, 8))
    assert linh not in queries.holders_of(company.photo_editor, on=date(2024, 1, 7))


def test_moving_to_where_one_is_changes_nothing(company, linh, hoa):
    outcome = history.move(person=linh, position=company.photo_editor, unit=company.team, on=MARCH, actor=hoa)
    assert outcome.reason == "same_place"
    assert not Entry.objects.filter(kind="people.moved").exists()


def test_who_left_may_come_back_and_keeps_both_employments(company, linh, hoa):
    assert history.leave(person=linh, on=date(2026, 1, 31), leaving="voluntary", reason="Studies", actor=hoa).done
    linh.refresh_from_db()
    assert not linh.is_active
    assert queries.current_holding(linh) is None
    assert history.join(person=linh, position=company.photo_editor, unit=company.team, on=MARCH, actor=hoa).done
    assert linh.is_active
    assert linh.employments.count() == 2


def test_manager_and_heads_above_lead(company, linh, thuy, minh, hire):
    boss = hire("Son Dinh", unit=company.whole)
    company.whole.head = boss
    company.whole.save()
    linh.manager = minh
    assert leads(minh, linh)
    assert leads(thuy, linh)
    assert leads(boss, linh)
    assert not leads(linh, minh)
    assert not leads(thuy, thuy)
    assert not leads(AnonymousUser(), linh)


@pytest.mark.parametrize(
    ("employments", "on", "reason"),
    [
        ([], MARCH, ""),
        ([rules.Spell(date(2020, 1, 1))], MARCH, "already_here"),
        ([rules.Spell(date(2020, 1, 1), MARCH)], MARCH, "before_last_day"),
        ([rules.Spell(date(2020, 1, 1), date(2026, 2, 28))], MARCH, ""),
    ],
)
def test_when_somebody_may_join(employments, on, reason):
    assert rules.why_not_join(employments, on) == reason


def test_who_leaves_later_signs_in_until_the_last_day_and_no_longer(linh, hoa):
    history.leave(person=linh, on=date(2026, 3, 20), leaving="voluntary", actor=hoa)
    for day, may_sign_in in ((date(2026, 3, 20), True), (date(2026, 3, 21), False)):
        with clock.moved(to=day):
            tasks.close_sign_ins_of_who_left.call()
        linh.refresh_from_db()
        assert linh.is_active is may_sign_in


def test_who_came_back_or_is_still_to_begin_keeps_the_sign_in(company, linh, minh, hoa):
    history.leave(person=linh, on=date(2026, 1, 31), leaving="voluntary", actor=hoa)
    history.join(person=linh, position=company.photo_editor, unit=company.team, on=date(2026, 4, 1), actor=hoa)
    tasks.close_sign_ins_of_who_left.call()
    assert Person.objects.get_queryset().filter(is_active=True, pk__in=[linh.pk, minh.pk]).count() == 2


def test_nobody_writes_their_own_working_life(company, hoa):
    here = {"person": hoa, "position": company.manager, "unit": company.team, "on": MARCH, "actor": hoa}
    for outcome in (
        history.promote(**here),
        history.move(**here),
        history.join(**here),
        history.leave(person=hoa, on=MARCH, leaving="other", actor=hoa),
    ):
        assert outcome.reason == "oneself"
    assert Holding.objects.get(person=hoa).ended_on is None


def test_somebody_new_is_taken_on_once(company, hoa, linh):
    new = {"employee_id": "E-new", "name": "Nga Bui", "email": "nga@pixel.example", "manager": linh}
    place = {"position": company.photo_editor, "unit": company.team, "on": MARCH, "actor": hoa}
    assert history.take_on(**new, **place).done
    assert history.take_on(**new, **place).reason == "known_email"
    assert history.take_on(**{**new, "email": None}, **place).reason == "known_id"
    assert Person.objects.get_queryset().get(name="Nga Bui").manager == linh
