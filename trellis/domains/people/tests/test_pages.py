import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from trellis.domains.people.models import Unit
from trellis.kit.journal.models import Entry

pytestmark = pytest.mark.django_db
PEOPLE = "/people/"


def names(page):
    return [row.person.name for row in page.context["rows"]]


class TestTheList:
    def test_everybody_is_found_by_name(self, as_, linh, minh, xiaoyu):
        assert names(as_(linh).get(PEOPLE)) == ["Linh Nguyen", "Minh Tran", "晓雨"]

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            pytest.param({"q": "nguy"}, ["Linh Nguyen"], id="part of a name"),
            pytest.param({"q": "minh@"}, ["Minh Tran"], id="the beginning of an e-mail"),
            pytest.param({"q": "e-minh"}, ["Minh Tran"], id="an employee id"),
            pytest.param({"q": "晓"}, ["晓雨"], id="a Chinese name"),
            pytest.param({"position": "team-leader"}, ["Minh Tran"], id="a position"),
            pytest.param({"position": "nonsense"}, ["Linh Nguyen", "Minh Tran", "晓雨"], id="nonsense narrows nothing"),
            pytest.param({"state": "left"}, [], id="who left"),
            pytest.param({"q": "%"}, [], id="no wild card"),
            pytest.param({"page": "99"}, ["Linh Nguyen", "Minh Tran", "晓雨"], id="a page there is not"),
        ],
    )
    def test_filters(self, as_, linh, minh, xiaoyu, asked, found):
        assert names(as_(linh).get(PEOPLE, asked)) == found

    def test_a_unit_means_its_whole_branch(self, as_, linh, mai, company):
        client = as_(linh)
        assert names(client.get(PEOPLE, {"unit": company.team.pk})) == ["Linh Nguyen"]
        assert names(client.get(PEOPLE, {"unit": company.whole.pk})) == ["Linh Nguyen", "Mai Pham"]

    def test_who_left_is_among_those_who_left(self, as_, linh, minh):
        minh.employments.update(ended_on="2026-01-31")
        minh.holdings.update(ended_on="2026-01-31")
        client = as_(linh)
        assert names(client.get(PEOPLE)) == ["Linh Nguyen"]
        page = client.get(PEOPLE, {"state": "left"})
        assert names(page) == ["Minh Tran"]
        assert "Team leader" in page.content.decode(), "with what he held last"

    def test_who_reports_to_whom(self, as_, linh, thuy, minh):
        linh.manager = thuy
        linh.save()
        assert names(as_(linh).get(PEOPLE, {"manager": thuy.pk})) == ["Linh Nguyen"]

    def test_nobody_found_says_so_with_a_way_out(self, as_, linh):
        assert "Nobody answers to this" in as_(linh).get(PEOPLE, {"q": "zzz"}).content.decode()

    def test_costs_the_same_with_fifty_people(self, as_, hoa, hire):
        client = as_(hoa)
        counts = []
        for more in (1, 50):
            for number in range(more):
                hire(f"P{more}x{number} Le")
            with CaptureQueriesContext(
                connection,
            ) as queries:
                client.get(PEOPLE)
            counts.append(len(queries))
        assert counts[0] == counts[1] <= 12


class TestTheFile:
    def test_hr_saves_the_list_and_formulas_are_escaped(self, as_, hoa, linh):
        linh.name = "=HYPERLINK(1)"
        linh.save()
        response = as_(hoa).get(reverse("people:csv"), {"position": "photo-editor"})
        text = b"".join(response.streaming_content).decode()
        assert text.startswith("\ufeffEmployee ID,Name,")
        assert "E-linh,'=HYPERLINK(1),linh@pixel.example,Pixel House/Team 1,Photo editor,,2024-01-08,," in text

    def test_nobody_else_saves_it(self, as_, linh):
        assert as_(linh).get(reverse("people:csv")).status_code == 403


class TestUnits:
    @pytest.mark.parametrize("units", [1, 50])
    def test_the_page_costs_the_same_with_many(self, as_, linh, thuy, company, units, django_assert_max_num_queries):
        for number in range(units):
            unit = Unit.objects.create(code=f"u{number}", name=f"U{number}", parent=company.whole, head=thuy)
            Unit.objects.filter(pk=unit.pk).update(path=f"{company.whole.path}{unit.pk}/")
        client = as_(linh)
        with django_assert_max_num_queries(7):
            assert client.get(reverse("people:units")).status_code == 200


class TestAPersonsPage:
    def test_a_colleague_sees_who_it_is_but_no_career(self, as_, linh, minh):
        page = as_(minh).get(reverse("web:person", args=[linh.pk])).content.decode()
        assert "Photo editor" in page
        assert "linh@pixel.example" in page
        assert 'id="career"' not in page
        assert "E-linh" not in page

    def test_her_head_sees_her_career(self, as_, linh, thuy):
        assert 'id="career"' in as_(thuy).get(reverse("web:person", args=[linh.pk])).content.decode()

    def test_hr_sees_how_she_signs_in_and_may_invite(self, as_, hoa, linh):
        linh.set_unusable_password()
        linh.save()
        page = as_(hoa).get(reverse("web:person", args=[linh.pk])).content.decode()
        assert "E-linh" in page
        assert reverse("people:invite", args=[linh.pk]) in page

    def test_refused_pages_are_in_the_journal(self, as_, linh, minh):
        assert as_(minh).get(reverse("people:roles", args=[linh.pk])).status_code == 403
        assert Entry.objects.filter(kind="access.refused", actor=minh).exists()

    def test_it_asks_at_most_twelve_statements(self, as_, hoa, linh, django_assert_max_num_queries):
        client = as_(hoa)
        with django_assert_max_num_queries(12):
            client.get(reverse("web:person", args=[linh.pk]))


class TestMyPage:
    def test_it_names_who_may_read_about_me(self, as_, linh, thuy, hoa, minh, company):
        linh.manager = minh
        linh.save()
        page = as_(linh).get("/me/")
        readers = {reader.person.name: reader.because for reader in page.context["readers"]}
        assert readers == {"Minh Tran": "line manager", "Thuy Le": "head of Team 1", "Hoa Vo": "HR"}
