import re
from datetime import date, timedelta

import pytest
from django.core import mail
from django.urls import reverse

from trellis.domains.people.actions.erasure import erase
from trellis.domains.people.actions.invitations import DAYS_OPEN, invite
from trellis.domains.people.actions.roles import end_role, grant_role
from trellis.domains.people.models import Holding, Invitation, Person, RoleGrant
from trellis.kit import clock
from trellis.kit.journal.models import Entry
from trellis.kit.notices.models import Notice
from trellis.kit.tasks.housekeeping import delete_old_rows, kept_for_a_time
from trellis.kit.tasks.models import Job

pytestmark = pytest.mark.django_db
WORDS = "a bright wooden bridge"


@pytest.fixture
def boss(hire):
    return hire("Boss", roles=["administrator"])


@pytest.fixture
def newcomer(hire):
    person = hire("晓雨")
    person.email, person.language = "xiaoyu@pixel.example", "zh-hans"
    person.set_unusable_password()
    person.save()
    return person


def link_of_the_letter() -> str:
    found = re.search(r"http://\S+(/invitations/\S+/)", str(mail.outbox[-1].body))
    assert found
    return found[1]


class TestRoles:
    def test_a_role_is_granted_once_however_often_it_is_asked(self, boss, linh, company):
        for _click in range(2):
            grant_role(person=linh, role="teacher", unit=company.team, actor=boss)
        assert RoleGrant.objects.filter(person=linh).count() == 1
        assert Entry.objects.filter(kind="people.role_granted", about=linh, actor=boss).count() == 1

    def test_it_ends_today_and_may_be_granted_again(self, boss, linh):
        grant = grant_role(person=linh, role="teacher", unit=None, actor=boss).grant
        assert end_role(grant=grant, actor=boss).grant.ended_on == date(2026, 3, 2)
        assert not Person.objects.get(pk=linh.pk).acts_as("teacher")
        grant_role(person=linh, role="teacher", unit=None, actor=boss)
        assert Person.objects.get(pk=linh.pk).acts_as("teacher")

    def test_the_last_administrator_stays(self, boss, linh):
        outcome = end_role(grant=boss.role_grants.get(), actor=boss)
        assert (outcome.reason, outcome.grant.ended_on) == ("last_administrator", None)
        grant_role(person=linh, role="administrator", unit=None, actor=boss)
        assert end_role(grant=boss.role_grants.get(), actor=linh).reason == ""

    def test_the_page_grants_and_ends(self, as_, boss, linh):
        client, address = as_(boss), reverse("people:roles", args=[linh.pk])
        client.post(address, {"role": "teacher", "unit": ""})
        assert client.get(address).context["grants"].get().role == "teacher"
        client.post(reverse("people:end-role", args=[linh.role_grants.get().pk]))
        assert not client.get(address).context["grants"]

    def test_an_administrator_of_a_branch_grants_for_it_only(self, as_, hire, company, linh):
        part = hire("Chief")
        RoleGrant.objects.create(person=part, role="administrator", unit=company.team, began_on="2024-01-01")
        client, address = as_(part), reverse("people:roles", args=[linh.pk])
        for unit in ("", company.whole.pk):
            page = client.post(address, {"role": "administrator", "unit": unit})
            assert "your own units only" in page.content.decode()
        client.post(address, {"role": "teacher", "unit": company.team.pk})
        assert linh.role_grants.get().unit == company.team


class TestInvitations:
    def test_a_letter_goes_out_in_the_language_of_the_person(self, hoa, newcomer):
        assert invite(person=newcomer, actor=hoa).sent
        letter = mail.outbox[-1]
        assert letter.to == ["xiaoyu@pixel.example"]
        assert "你好" in str(letter.body)
        assert len(letter.alternatives) == 1

    def test_only_the_hash_of_the_link_is_kept(self, hoa, newcomer):
        invite(person=newcomer, actor=hoa)
        token = link_of_the_letter().split("/")[2]
        assert token not in str(Invitation.objects.values_list())
        assert token not in str(Entry.objects.values_list())

    def test_it_sets_a_password_signs_in_and_works_once(self, client, hoa, newcomer):
        invite(person=newcomer, actor=hoa)
        link = link_of_the_letter()
        assert client.get(link).status_code == 200
        response = client.post(link, {"new_password1": WORDS, "new_password2": WORDS})
        assert response["Location"] == "/"
        assert client.session["_auth_user_id"] == str(newcomer.pk)
        newcomer.refresh_from_db()
        assert newcomer.check_password(WORDS)
        assert client.get(link).status_code == 410
        client.post(link, {"new_password1": "another fine password", "new_password2": "another fine password"})
        newcomer.refresh_from_db()
        assert newcomer.check_password(WORDS)

    def test_a_weak_password_is_refused_and_the_link_still_works(self, client, hoa, newcomer):
        invite(person=newcomer, actor=hoa)
        link = link_of_the_letter()
        assert client.post(link, {"new_password1": "12345", "new_password2": "12345"}).status_code == 200
        assert client.get(link).status_code == 200

    def test_it_ends_after_fourteen_days(self, client, hoa, newcomer):
        invite(person=newcomer, actor=hoa)
        with clock.moved(to=clock.now() + timedelta(days=DAYS_OPEN, minutes=1)):
            assert client.get(link_of_the_letter()).status_code == 410

    def test_sent_again_only_the_newest_link_works(self, client, hoa, newcomer):
        invite(person=newcomer, actor=hoa)
        first = link_of_the_letter()
        invite(person=newcomer, actor=hoa)
        assert client.get(first).status_code == 410
        assert client.get(link_of_the_letter()).status_code == 200

    def test_an_unknown_link_says_what_to_do(self, client):
        page = client.get("/invitations/made-up/")
        assert page.status_code == 410
        assert "ask your HR" in page.content.decode()

    def test_who_cannot_be_invited_and_why(self, hoa, linh, newcomer):
        assert invite(person=linh, actor=hoa).reason == "signs_in_already"
        newcomer.email = None
        assert invite(person=newcomer, actor=hoa).reason == "no_email"
        newcomer.email = "xiaoyu@pixel.example"
        newcomer.employments.update(ended_on=date(2026, 2, 1))
        assert invite(person=newcomer, actor=hoa).reason == "not_here"
        assert not mail.outbox

    def test_everybody_without_sign_in_is_invited_by_one_job(self, as_, hoa, linh, newcomer, settings, tmp_path):
        settings.DATA = tmp_path
        as_(hoa).post(reverse("people:invite-everybody"))
        assert [letter.to for letter in mail.outbox] == [["xiaoyu@pixel.example"]]
        assert Job.objects.get().result == {"sent": 1}

    def test_only_who_manages_a_person_invites_them(self, as_, minh, newcomer):
        assert as_(minh).post(reverse("people:invite", args=[newcomer.pk])).status_code == 403
        assert not mail.outbox


class TestErasure:
    def test_the_person_becomes_unknown_and_cannot_sign_in(self, boss, linh, client):
        erase(person=linh, actor=boss)
        linh.refresh_from_db()
        assert linh.name == linh.employee_id == f"unknown-{linh.pk}"
        assert (linh.email, linh.is_active, linh.has_usable_password()) == (None, False, False)

    def test_what_is_to_be_deleted_is_deleted_what_counts_stays_without_words(self, boss, linh, minh):
        Holding.objects.filter(person=linh).update(reason="came from a competitor")
        grant_role(person=linh, role="teacher", unit=None, actor=boss)
        grant_role(person=minh, role="teacher", unit=None, actor=linh)
        for person in (linh, minh):
            Notice.objects.create(person=person, kind="tests.x", key="x")
        erase(person=linh, actor=boss)
        assert not linh.role_grants.exists()
        assert [notice.person for notice in Notice.objects.all()] == [minh]
        assert Holding.objects.get(person=linh).reason == ""
        assert minh.role_grants.get().granted_by == linh, "what she did for others stays"

    def test_it_is_in_the_journal_which_keeps_no_name(self, boss, linh):
        erase(person=linh, actor=boss)
        entry = Entry.objects.get(kind="people.erased")
        assert (entry.about_id, entry.actor) == (linh.pk, boss)
        assert "Linh" not in str(list(Entry.objects.values()))

    def test_the_page_asks_for_the_employee_id(self, as_, boss, linh):
        client, address = as_(boss), reverse("people:erase", args=[linh.pk])
        assert "Nothing was erased" in client.post(address, {"employee_id": "E-minh"}).content.decode()
        client.post(address, {"employee_id": "E-linh"})
        assert client.get(reverse("web:person", args=[linh.pk])).status_code == 404

    def test_nobody_erases_themselves(self, as_, boss):
        assert as_(boss).get(reverse("people:erase", args=[boss.pk])).status_code == 403


class TestRetention:
    def test_rows_go_after_the_days_their_model_names(self, linh):
        Notice.objects.create(person=linh, kind="tests.x", key="old", created_at=clock.now() - timedelta(days=366))
        Notice.objects.create(person=linh, kind="tests.x", key="new", created_at=clock.now() - timedelta(days=364))
        assert delete_old_rows() == {"notices.Notice": 1}
        assert Notice.objects.get().key == "new"

    def test_the_field_that_is_counted_from_exists(self):
        for model, _days, field in kept_for_a_time():
            assert model._meta.get_field(field)
