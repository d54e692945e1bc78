"""What pages and other rooms ask about people."""

import pytest

from trellis.domains.people.queries import leaders_of

pytestmark = pytest.mark.django_db


def test_who_leads_is_the_manager_or_else_the_head_of_the_unit(linh, thuy, minh, hire, company):
    company.team.head = thuy
    company.team.save()
    linh.manager = minh
    linh.save()
    nam, gone = hire("Nam Tran"), hire("Duc Vu")
    assert leaders_of([linh.pk, nam.pk, thuy.pk]) == {linh.pk: minh.pk, nam.pk: thuy.pk}, "nobody leads oneself"
    minh.employments.update(ended_on="2026-03-01")
    assert leaders_of([linh.pk, gone.pk]) == {gone.pk: thuy.pk}, "who left leads nobody"
