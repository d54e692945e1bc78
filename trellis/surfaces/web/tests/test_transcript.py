"""The transcript: all of it for oneself, results without single attempts for who leads one, and on paper."""

from datetime import timedelta

import pytest

from trellis.domains.credentials.models import TranscriptPaper
from trellis.domains.learning import actions as learning
from trellis.domains.people.actions.erasure import erase
from trellis.domains.programmes.tests.story import attend_and_pass, join, load, open_cohort
from trellis.kit import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def journey(company, mai, an, linh):
    journey = join(linh, open_cohort(load(mai), mai, an))
    attend_and_pass(journey, an)
    offering = journey.cohort.offerings.get()
    learning.record_result(offering=offering, person_id=linh.pk, score=81, actor=an, reason="A page was missing")
    return journey


@pytest.fixture
def an(hire):
    return hire("An Phan", roles=["teacher"])


def test_before_the_first_course_it_says_so(as_, linh):
    assert "Nothing is on record yet" in as_(linh).get("/transcript/").content.decode()


def test_one_reads_results_and_earlier_learning_of_oneself(as_, journey, linh, mai):
    course = journey.cohort.offerings.get().course
    credit = learning.ask_credit(person=linh, course=course, told="Before", learned_on=clock.today()).credit
    learning.settle_credit(credit=credit, grant=True, reason="A known school", actor=mai)
    page = as_(linh).get("/transcript/").content.decode()
    assert "81, passed" in page
    assert f"credited by {mai.name}: A known school" in page


def test_who_leads_one_reads_neither_what_was_left_nor_why_something_counts(as_, journey, linh, thuy, mai):
    offering = journey.cohort.offerings.get()
    credit = learning.ask_credit(person=linh, course=offering.course, told="Before", learned_on=clock.today()).credit
    learning.settle_credit(credit=credit, grant=True, reason="Her parental leave", actor=mai)
    other = learning.open_offering(
        course=offering.course, name="Evening", starts_on=clock.today(), ends_on=clock.today(), places=5, actor=mai
    )
    learning.enrol(offering=other, person_ids=[linh.pk], way_in="self", actor=linh)
    learning.withdraw(offering=other, person_ids=[linh.pk], actor=linh)
    own, leads = (as_(reader).get(f"/people/{linh.pk}/transcript/").content.decode() for reader in (linh, thuy))
    assert "left on" in own
    assert "Her parental leave" in own
    assert f"credited by {mai.name}" in leads
    assert "left on" not in leads
    assert "Her parental leave" not in leads


@pytest.mark.parametrize(("who", "status"), [("linh", 200), ("thuy", 200), ("mai", 200), ("minh", 403)])
def test_who_may_read_it(as_, journey, request, linh, who, status):
    reader = request.getfixturevalue(who)
    assert as_(reader).get(f"/people/{linh.pk}/transcript/").status_code == status


def test_on_paper_in_both_languages(as_, journey, linh):
    client = as_(linh)
    for language in ("en", "zh-hans"):
        client.cookies["django_language"] = language
        paper = client.get(f"/people/{linh.pk}/transcript.pdf")
        assert paper["Content-Type"] == "application/pdf"
        assert paper.content.startswith(b"%PDF")


def test_its_number_tells_anybody_whose_it_is_and_of_which_day_and_nothing_it_lists(client, as_, journey, linh, mai):
    for reader in (linh, linh, mai):
        as_(reader).get(f"/people/{linh.pk}/transcript.pdf")
    paper = TranscriptPaper.objects.get()  # the same paper, the same day: one number
    client.logout()
    page = client.get(f"/verify/{paper.number}/").content.decode()
    assert linh.name in page
    assert "2 March 2026" in page
    assert "Leadership" not in page
    with clock.moved(to=clock.today() + timedelta(days=1)):
        as_(linh).get(f"/people/{linh.pk}/transcript.pdf")
    assert TranscriptPaper.objects.count() == 2
    erase(person=linh, actor=mai)
    client.logout()
    assert client.get(f"/verify/{paper.number}/").status_code == 404
