import pytest

from trellis.domains.people.access import people_managed_by, reach_of, who_acts_for
from trellis.domains.people.models import RoleGrant, Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def other_team(company):
    team = Unit.objects.create(code="team-2", name="Team 2", parent=company.whole)
    team.path = f"{company.whole.path}{team.pk}/"
    team.save()
    return team


@pytest.fixture
def quan(hire, other_team):
    return hire("Quan Bui", unit=other_team)


@pytest.fixture
def branch_hr(hire, company):
    """HR for Team 1 only."""
    person = hire("Bich Dang", unit=company.whole)
    RoleGrant.objects.create(person=person, role="hr", unit=company.team, began_on="2024-01-01")
    return person


@pytest.mark.parametrize(
    ("who", "may"),
    [
        pytest.param("linh", True, id="oneself"),
        pytest.param("thuy", True, id="the head of the unit"),
        pytest.param("hoa", True, id="HR"),
        pytest.param("mai", True, id="academy staff"),
        pytest.param("tuan", True, id="a leader"),
        pytest.param("branch_hr", True, id="HR of the branch"),
        pytest.param("minh", False, id="a colleague"),
        pytest.param("quan", False, id="somebody of another team"),
    ],
)
def test_who_reads_a_career(request, linh, who, may):
    assert request.getfixturevalue(who).has_perm("people.see_history", linh) is may


def test_told_of_a_person_is_who_acts_for_them(branch_hr, hoa, linh, quan):
    assert who_acts_for(linh, "hr") == sorted([branch_hr.pk, hoa.pk])
    assert who_acts_for(quan, "hr") == [hoa.pk]
    assert who_acts_for(hoa, "hr") == []


def test_the_line_manager_reads_it_wherever_they_sit(linh, quan):
    linh.manager = quan
    linh.save()
    assert quan.has_perm("people.see_history", linh)


def test_a_head_above_reads_it_too(linh, tuan, company):
    RoleGrant.objects.all().delete()
    company.whole.head = tuan
    company.whole.save()
    assert tuan.has_perm("people.see_history", linh)


def test_hr_of_a_branch_manages_that_branch_only(branch_hr, linh, quan, company, other_team):
    assert branch_hr.has_perm("people.manage")
    assert branch_hr.has_perm("people.manage", linh)
    assert branch_hr.has_perm("people.manage", company.team)
    assert not branch_hr.has_perm("people.manage", quan)
    assert not branch_hr.has_perm("people.manage", other_team)
    assert not branch_hr.has_perm("people.manage", company.whole)
    assert list(people_managed_by(branch_hr)) == [linh]


def test_hr_of_the_company_manages_everybody(hoa, linh, quan):
    assert hoa.has_perm("people.manage", quan)
    assert set(people_managed_by(hoa)) == {hoa, linh, quan}


def test_who_manages_nobody_gets_nobody(linh, minh):
    assert not linh.has_perm("people.manage")
    assert not people_managed_by(linh).exists()
    assert reach_of(linh, "hr") == []


def test_a_role_that_ended_reaches_nobody(hoa, linh):
    RoleGrant.objects.filter(person=hoa).update(ended_on="2026-03-01")
    assert not hoa.has_perm("people.manage", linh)


def test_only_an_administrator_of_the_whole_company_erases_and_reads_the_journal(hire, company, hoa, linh):
    whole = hire("Boss", roles=["administrator"])
    part = hire("Chief")
    RoleGrant.objects.create(person=part, role="administrator", unit=company.team, began_on="2024-01-01")
    assert whole.has_perm("people.erase", linh)
    assert whole.has_perm("journal.read")
    assert not whole.has_perm("people.erase", whole), "never oneself"
    for other in (part, hoa):
        assert not other.has_perm("people.erase", linh)
        assert not other.has_perm("journal.read")
