"""HR writes down by hand what happens in a working life."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from trellis.domains.people.models import Employment, Holding, Person, RoleGrant, Unit
from trellis.kit.journal.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def beside(company):
    unit = Unit.objects.create(code="team-2", name="Team 2", parent=company.whole)
    unit.path = f"{company.whole.path}{unit.pk}/"
    unit.save()
    return unit


@pytest.fixture
def bich(hire, company):
    """HR for Team 1 only."""
    bich = hire("Bich Dang", unit=company.whole)
    RoleGrant.objects.create(person=bich, role="hr", unit=company.team, began_on="2024-01-08")
    return bich


def changes(person):
    return f"/people/{person.pk}/changes/new/"


def promoted(company, **other):
    said = {"what": "promoted", "position": company.team_leader.pk, "unit": company.team.pk, "on": "2026-03-02"}
    return said | {"reason": "Leads the team already"} | other


def nga(company, **other):
    said = {"employee_id": "E-nga", "name": "Nga Bui", "email": "nga@pixel.example", "on": "2026-03-02"}
    return said | {"position": company.photo_editor.pk, "unit": company.team.pk} | other


def errors(response):
    assert response.status_code == 422
    return {name: " ".join(said) for name, said in response.context["form"].errors.items()}


class TestAChange:
    def test_the_form_shows_where_the_person_is_now(self, as_, hoa, linh, company):
        form = as_(hoa).get(changes(linh)).context["form"]
        assert (form["position"].value(), form["unit"].value()) == (company.photo_editor.pk, company.team.pk)

    def test_a_promotion_is_in_the_career_and_in_the_journal(self, as_, hoa, linh, company):
        response = as_(hoa).post(changes(linh), promoted(company))
        assert response.url == f"/people/{linh.pk}/"
        now = Holding.objects.get(person=linh, ended_on=None)
        assert (now.position, now.began, now.reason) == (company.team_leader, "promoted", "Leads the team already")
        assert Entry.objects.get(kind="people.promoted").actor == hoa

    def test_a_second_click_writes_nothing_and_says_so(self, as_, hoa, linh, company):
        client = as_(hoa)
        client.post(changes(linh), promoted(company))
        assert "present position" in errors(client.post(changes(linh), promoted(company)))["position"]
        assert Holding.objects.filter(person=linh).count() == 2

    def test_who_leaves_has_a_last_day_and_a_kind(self, as_, hoa, linh):
        left = {"what": "left", "on": "2026-03-20", "leaving": "voluntary", "reason": "Studies"}
        assert as_(hoa).post(changes(linh), left).status_code == 302
        employment = Employment.objects.get(person=linh)
        assert (str(employment.ended_on), employment.leaving) == ("2026-03-20", "voluntary")
        page = as_(hoa).get(f"/people/{linh.pk}/").content.decode()
        assert "No longer here" not in page, "until the last day is over"

    def test_who_left_can_only_come_back(self, as_, hoa, linh, company):
        linh.holdings.update(ended_on="2026-01-31")
        linh.employments.update(ended_on="2026-01-31")
        form = as_(hoa).get(changes(linh)).context["form"]
        assert [value for value, _name in form.fields["what"].choices] == ["joined"]
        assert as_(hoa).post(changes(linh), promoted(company, what="joined")).status_code == 302
        assert linh.employments.count() == 2

    @pytest.mark.parametrize(
        ("said", "field", "sentence"),
        [
            pytest.param({"on": "2024-01-08"}, "on", "Choose a day after", id="before the present position"),
            pytest.param({"on": "2099-01-01"}, "on", "more than a year ahead", id="a slip in the year"),
            pytest.param({"on": ""}, "on", "required", id="no day"),
            pytest.param({"what": "left", "leaving": ""}, "leaving", "how the person left", id="no kind of leaving"),
            pytest.param({"what": "joined"}, "what", "not one of the available", id="who is here comes back"),
            pytest.param(
                {"what": "left", "leaving": "other", "on": "2023-01-01"}, "on", "day of joining", id="left too early"
            ),
        ],
    )
    def test_what_cannot_be_is_said_and_the_form_kept(self, as_, hoa, linh, company, said, field, sentence):
        response = as_(hoa).post(changes(linh), promoted(company, **said))
        assert sentence in errors(response)[field]
        assert "Leads the team already" in response.content.decode()
        assert Holding.objects.filter(person=linh).count() == 1

    def test_nobody_records_their_own(self, as_, hoa, company):
        response = as_(hoa).post(changes(hoa), promoted(company), follow=True)
        assert "recorded by somebody else" in response.content.decode()
        assert changes(hoa) not in response.content.decode()
        assert Holding.objects.filter(person=hoa).count() == 1

    def test_hr_of_a_branch_stays_within_it(self, as_, bich, linh, minh, beside, company):
        client = as_(bich)
        assert changes(linh) in client.get(f"/people/{linh.pk}/").content.decode()
        assert "your own units only" in errors(client.post(changes(linh), promoted(company, unit=beside.pk)))["unit"]
        minh.holdings.update(unit=beside)
        assert client.get(changes(minh)).status_code == 403
        assert changes(minh) not in client.get(f"/people/{minh.pk}/").content.decode()

    @pytest.mark.parametrize("who", ["linh", "thuy", "mai"])
    def test_nobody_else_records(self, request, as_, linh, who):
        assert as_(request.getfixturevalue(who)).get(changes(linh)).status_code == 403


class TestANewPerson:
    def test_joins_and_can_be_invited(self, as_, hoa, linh, company):
        response = as_(hoa).post("/people/new/", nga(company, manager="E-linh"))
        person = Person.objects.get_queryset().get(employee_id="E-nga")
        assert response.url == f"/people/{person.pk}/"
        assert (person.manager, person.has_usable_password()) == (linh, False)
        assert Holding.objects.get(person=person).unit == company.team
        assert Entry.objects.get(kind="people.joined").about_id == person.pk

    def test_without_an_address_too(self, as_, hoa, company):
        as_(hoa).post("/people/new/", nga(company, email=""))
        as_(hoa).post("/people/new/", nga(company, email="", employee_id="E-2"))
        assert Person.objects.get_queryset().filter(name="Nga Bui", email=None).count() == 2

    @pytest.mark.parametrize(
        ("said", "field"),
        [
            ({"employee_id": "E-linh"}, "employee_id"),
            ({"email": "Linh@pixel.example"}, "email"),
            ({"email": "nobody"}, "email"),
            ({"manager": "E-nobody"}, "manager"),
            ({"name": " "}, "name"),
            ({"unit": ""}, "unit"),
        ],
    )
    def test_what_cannot_be_is_said(self, as_, hoa, linh, company, said, field):
        assert set(errors(as_(hoa).post("/people/new/", nga(company, **said)))) == {field}
        assert not Person.objects.get_queryset().filter(name="Nga Bui").exists()

    def test_a_second_click_adds_nobody(self, as_, hoa, company):
        client = as_(hoa)
        client.post("/people/new/", nga(company))
        assert errors(client.post("/people/new/", nga(company, email="")))
        assert Employment.objects.filter(person__name="Nga Bui").count() == 1

    def test_hr_of_a_branch_takes_on_for_it_only(self, as_, bich, beside, company):
        client = as_(bich)
        shown = [name.strip() for _value, name in client.get("/people/new/").context["form"].fields["unit"].choices]
        assert shown == ["—", "Team 1"]
        assert set(errors(client.post("/people/new/", nga(company, unit=beside.pk)))) == {"unit"}
        assert client.post("/people/new/", nga(company)).status_code == 302

    def test_others_are_refused(self, as_, mai):
        assert as_(mai).get("/people/new/").status_code == 403


def test_both_forms_ask_the_same_with_many_units(as_, hoa, linh, company):
    client = as_(hoa)
    counts = []
    for more in (1, 50):
        for number in range(more):
            unit = Unit.objects.create(code=f"u{more}-{number}", name=f"U{number}", parent=company.whole)
            Unit.objects.filter(pk=unit.pk).update(path=f"{company.whole.path}{unit.pk}/")
        for address in ("/people/new/", changes(linh)):
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address).status_code == 200
            counts.append(len(asked))
    assert counts[:2] == counts[2:]
    assert max(counts) <= 12
