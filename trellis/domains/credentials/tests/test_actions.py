"""Given once, kept for good, withdrawn with a reason; and the bonus with it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from trellis.domains.credentials import actions, rules
from trellis.domains.credentials.models import Certificate
from trellis.domains.credentials.pdf import certificate_pdf
from trellis.domains.learning.models import Course
from trellis.domains.programmes import actions as programmes
from trellis.domains.programmes.models import Journey
from trellis.domains.programmes.tests.story import (
    LATER,
    approve,
    attend_and_pass,
    carry_to_review,
    join,
    load,
    open_cohort,
)
from trellis.domains.recognition.models import Transfer
from trellis.domains.recognition.queries import balance_of, bonuses
from trellis.domains.sessions import actions as sessions
from trellis.kit import clock
from trellis.kit.journal.outbox import deliver
from trellis.kit.notices.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def journey(company, mai, thuy, linh):
    return join(linh, open_cohort(load(mai), mai, thuy))


@pytest.fixture
def approved(journey, thuy, minh, mai):
    approve(carry_to_review(journey, thuy, minh), mai)
    return journey


def issue(journey, actor):
    with clock.moved(to=LATER):
        return actions.issue(journey=journey, actor=actor, on=clock.today())


@pytest.mark.both_databases
def test_asked_twice_it_is_one_certificate_and_one_bonus(approved, mai, hoa, linh):
    first, second = issue(approved, mai), issue(approved, hoa)
    assert (first.code, second.code) == ("issued", "already")
    assert first.certificate == second.certificate
    assert [(t.credit.person, t.amount, t.debit.currency) for t in bonuses()] == [(linh, 3000000, "VND")]
    approved.refresh_from_db()
    assert approved.completed_at


@pytest.mark.both_databases
def test_who_left_in_the_same_moment_gets_none(approved, mai, linh):
    seen_before = Journey.objects.select_related("person", "version", "programme", "position").get(pk=approved.pk)
    programmes.leave(journey=approved, actor=linh)
    assert issue(seen_before, mai).code == "ended"
    assert not Certificate.objects.exists()
    assert not bonuses().exists()


def test_the_academy_hears_when_what_a_certificate_rests_on_is_taken_back(approved, mai, thuy, linh):
    given = issue(approved, mai).certificate
    missed = approved.cohort.offerings.get().series.sessions.first()
    told = Notice.objects.filter(kind="credentials.rests_on_less")
    with clock.moved(to=LATER):
        for value in ("absent", "present", "absent"):
            marked = sessions.mark(session=missed, person_id=linh.pk, value=value, reason="Looked up", actor=thuy)
            assert marked.code == "marked"
            if value == "present":  # put right before anybody was told
                while deliver():
                    pass
                assert not told.exists()
        while deliver():
            pass
    assert {notice.person for notice in told} == {mai}
    assert told.first().link == f"/certificates/{given.number}/"
    given.refresh_from_db()
    assert given.withdrawn_at is None, "nobody but a person withdraws it"


@pytest.mark.both_databases
def test_the_database_refuses_a_second_one(approved, mai, linh):
    there = issue(approved, mai).certificate
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.create(person=linh, journey=approved, snapshot={}, issued_on=there.issued_on, issued_by=mai)


def test_two_at_the_same_moment_give_one(approved, mai, hoa, monkeypatch):
    """Both looked before either wrote: the constraint decides, and the second is given the first one's certificate."""
    first = issue(approved, mai).certificate
    looks = iter([None, first])
    monkeypatch.setattr(actions.journeys, "standing_certificate", lambda **_of: next(looks))
    second = issue(approved, hoa)
    assert (second.code, second.certificate) == ("already", first)
    assert Transfer.objects.count() == 1


def test_not_before_everything_is_met_and_never_to_oneself(journey, approved, mai, linh):
    assert issue(approved, linh).code == "oneself"


def test_not_before_the_review(journey, thuy, minh, mai):
    carry_to_review(journey, thuy, minh)
    assert issue(journey, mai).code == "not_due"


def test_what_is_printed_stays_as_it_was(approved, mai, linh):
    certificate = issue(approved, mai).certificate
    linh.name = "Linh Tran"
    linh.save()
    certificate.refresh_from_db()
    assert certificate.snapshot["person"] == "Linh Nguyen"
    assert certificate.snapshot["position"]["zh-hans"] == "组长"


def test_withdrawn_it_stays_and_a_new_one_can_be_given_without_a_second_bonus(approved, mai, linh):
    certificate = issue(approved, mai).certificate
    assert actions.withdraw(certificate=certificate, actor=linh, reason="Mine").code == "oneself"
    assert actions.withdraw(certificate=certificate, actor=mai, reason=" ").code == "reason_needed"
    assert actions.withdraw(certificate=certificate, actor=mai, reason="Wrong name").code == "withdrawn"
    assert actions.withdraw(certificate=certificate, actor=mai, reason="Again").code == "already"
    assert issue(approved, mai).code == "issued"
    assert Certificate.objects.count() == 2
    assert balance_of(Transfer.objects.get().credit) == 3000000


def test_a_course_has_its_own_certificate_once(journey, thuy, linh):
    course = Course.objects.get(code="leadership")
    assert actions.issue_for_course(person=linh, course=course, actor=linh).code == "not_due"
    attend_and_pass(journey, thuy)
    first = actions.issue_for_course(person=linh, course=course, actor=linh)
    assert (first.code, first.certificate.issued_by) == ("issued", thuy)
    assert actions.issue_for_course(person=linh, course=course, actor=linh).code == "already"


def test_failed_there_is_none(journey, thuy, linh):
    attend_and_pass(journey, thuy, score=60)
    assert actions.issue_for_course(person=linh, course=Course.objects.get(), actor=linh).code == "not_due"


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_paper_is_a_pdf(approved, mai, language):
    from django.utils import translation

    with translation.override(language):
        assert certificate_pdf(issue(approved, mai).certificate).startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("2345-6789-abcd", "23456789ABCD"),
        (" 2345 6789 ABCD ", "23456789ABCD"),
        ("23456789ABC", ""),
        ("O3456789ABCD", ""),
        ("'; drop", ""),
    ],
)
def test_a_number_is_read_as_people_type_it(typed, number):
    assert rules.read_number(typed) == number


class TestPages:
    def test_anybody_verifies(self, client, approved, mai):
        certificate = issue(approved, mai).certificate
        page = client.get(f"/verify/{certificate.number}/").content.decode()
        assert "This certificate is valid." in page
        assert "Linh Nguyen" in page

    def test_withdrawn_it_says_so_and_when_and_why(self, client, approved, mai):
        certificate = issue(approved, mai).certificate
        actions.withdraw(certificate=certificate, actor=mai, reason="Issued by mistake")
        page = client.get(f"/verify/{certificate.number}/").content.decode()
        assert "was withdrawn on" in page
        assert "Issued by mistake" in page
        assert "is valid" not in page

    def test_an_unknown_number_is_told(self, client, db):
        response = client.get("/verify/222222222222/")
        assert response.status_code == 404
        assert "No certificate has the number" in response.content.decode()

    def test_a_number_typed_leads_to_its_page(self, client, db):
        assert client.get("/verify/?number=2345 6789-abcd").url == "/verify/23456789ABCD/"

    def test_the_page_shows_the_bonus_to_its_owner_only(self, as_, approved, mai, linh, hoa):
        certificate = issue(approved, mai).certificate
        address = f"/certificates/{certificate.number}/"
        assert "3,000,000 VND" in as_(linh).get(address).content.decode()
        assert "3,000,000" not in as_(mai).get(address).content.decode()

    def test_a_stranger_does_not_see_it(self, as_, approved, mai, xiaoyu):
        certificate = issue(approved, mai).certificate
        for address in (f"/certificates/{certificate.number}/", f"/certificates/{certificate.number}.pdf"):
            assert as_(xiaoyu).get(address).status_code == 403

    def test_the_academy_issues_from_the_list_and_twice_is_once(self, as_, approved, mai):
        with clock.moved(to=LATER):
            assert "Linh Nguyen" in as_(mai).get("/certificates/ceremony/").content.decode()
            for _click in range(2):
                response = as_(mai).post(f"/certificates/issue/{approved.pk}/")
        assert response.status_code == 302
        assert Certificate.objects.count() == 1

    def test_linh_cannot_issue(self, as_, approved, linh):
        assert as_(linh).post(f"/certificates/issue/{approved.pk}/").status_code == 403

    def test_withdrawing_needs_a_reason(self, as_, approved, mai):
        certificate = issue(approved, mai).certificate
        response = as_(mai).post(f"/certificates/{certificate.number}/withdraw/", {"reason": ""})
        assert response.status_code == 422
        assert as_(mai).post(f"/certificates/{certificate.number}/withdraw/", {"reason": "x"}).status_code == 302

    def test_the_pages_work(self, as_, approved, mai, linh, thuy):
        certificate = issue(approved, mai).certificate
        for person, address in (
            (linh, "/certificates/"),
            (mai, "/certificates/all/"),
            (mai, "/certificates/all/?q=linh"),
            (mai, "/certificates/all/?q=nobody"),
            (linh, f"/certificates/{certificate.number}.pdf"),
            (thuy, f"/certificates/{certificate.number}/"),
        ):
            assert as_(person).get(address).status_code == 200

    def test_the_list_of_all_takes_the_same_statements_for_many(
        self, as_, approved, mai, linh, django_assert_max_num_queries
    ):
        issue(approved, mai)
        client = as_(mai)
        with django_assert_max_num_queries(12) as few:
            client.get("/certificates/all/")
        for number in range(30):
            Certificate.objects.create(
                person=linh,
                snapshot={"title": {"en": "X"}, "person": "L", "company": "P"},
                issued_on=clock.today() - timedelta(days=number),
                issued_by=mai,
            )
        with django_assert_max_num_queries(12) as many:
            client.get("/certificates/all/")
        assert len(few) == len(many)
