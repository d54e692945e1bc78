"""The office's queue: what waits, for whom, since when."""

from datetime import timedelta

import pytest

from trellis.domains.mentoring import actions as mentoring
from trellis.domains.programmes import actions
from trellis.domains.programmes.models import Programme, Waiver
from trellis.domains.programmes.queries import waiting as queries
from trellis.domains.programmes.tests.story import LATER, START, approve, carry_to_review, join, load, open_cohort
from trellis.kit import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort(company, mai, thuy):
    return open_cohort(load(mai), mai, thuy)


def found(cohort=None, **more):
    return [(kind.code, one.about) for kind, one in queries.waiting(cohort, **more)]


def test_a_review_waits_for_the_academy_and_then_its_certificate(cohort, thuy, minh, linh, mai):
    review = carry_to_review(join(linh, cohort), thuy, minh)
    with clock.moved(to=LATER):
        [(kind, one)] = queries.waiting()
        assert (kind.code, one.since, one.link) == ("reviews", LATER, f"/reviews/{review.pk}/")
        assert queries.is_for(one, mai)
        assert queries.next_review(mai, queries.reviews_asked()) == review
        assert queries.next_review(linh, queries.reviews_asked()) is None
    approve(review, mai)
    with clock.moved(to=LATER):
        assert found() == [("certificates", "Linh Nguyen")]


def test_a_day_nobody_confirmed_waits_for_its_holder(cohort, thuy, minh, linh, mai):
    journey = join(linh, cohort)
    with clock.moved(to=START + timedelta(days=3)):
        planned = mentoring.plan_day(learner=linh, holder=minh, position=journey.position, on=clock.today(), actor=linh)
        assert planned.ok
        assert found(kind="days") == []
    with clock.moved(to=START + timedelta(days=5)):
        [(_kind, one)] = queries.waiting(kind="days")
        assert (one.waits_for, one.since) == (minh, START + timedelta(days=3))
        assert queries.is_for(one, minh)
        assert not queries.is_for(one, mai)
        assert found(cohort, kind="days") == [("days", "Linh Nguyen")]


def test_results_of_a_run_that_is_over_wait_for_its_teacher(cohort, thuy, linh):
    join(linh, cohort)
    with clock.moved(to=LATER):
        [(_kind, one)] = queries.waiting(cohort, kind="results")
        assert (one.about, one.waits_for) == ("Leadership", thuy)


def test_only_what_waits_in_a_programme(as_, cohort, thuy, minh, linh, mai):
    carry_to_review(join(linh, cohort), thuy, minh)
    other = Programme.objects.create(code="makers", name="Makers")
    with clock.moved(to=LATER):
        assert len(found(programme=cohort.version.programme)) == 1
        assert found(programme=other) == []
        page = as_(mai).get("/waiting/?programme=next-step")
        assert page.context["programme"] == cohort.version.programme
        assert len(page.context["page"].object_list) == 1


def test_the_longest_comes_first_and_the_next_one_is_a_click_away(as_, cohort, thuy, minh, linh, xiaoyu, mai, hire):
    other = hire("Khanh", position=minh.holdings.get().position)
    first = carry_to_review(join(linh, cohort), thuy, minh)
    second = carry_to_review(join(xiaoyu, cohort), thuy, other)
    with clock.moved(to=LATER):
        client = as_(mai)
        page = client.get("/waiting/?kind=reviews").content.decode()
        assert page.index("Linh") < page.index("晓雨")
        client.post(f"/reviews/{first.pk}/", {"decision": "approve", "reason": ""})
        assert client.get("/reviews/next/").url == f"/reviews/{second.pk}/"
        assert as_(linh).get("/waiting/").status_code == 403


def test_the_evidence_names_sessions_results_days_and_signers(as_, cohort, thuy, minh, linh, mai):
    review = carry_to_review(join(linh, cohort), thuy, minh)
    with clock.moved(to=LATER):
        page = as_(mai).get(f"/reviews/{review.pk}/evidence/").content.decode()
        for expected in ("Leadership", "Day 1", "Present", "beside Minh Tran", "8 hours", "confirmed by Minh Tran"):
            assert expected in page, expected
        assert as_(linh).get(f"/reviews/{review.pk}/evidence/").status_code == 403


def test_the_evidence_says_in_words_what_was_waived_and_what_is_asked_for_again(as_, cohort, thuy, minh, linh, mai):
    review = carry_to_review(join(linh, cohort), thuy, minh)
    with clock.moved(to=LATER):
        waiver = {"journey": review.journey, "key": "attendance:leadership", "actor": mai}
        Waiver.objects.create(
            journey=review.journey, person=linh, key=waiver["key"], given_by=mai, reason="Taught it herself"
        )
        client = as_(mai)
        page = client.get(f"/reviews/{review.pk}/evidence/").content.decode()
        assert "Leadership: every session attended" in page
        assert "attendance:leadership" not in page
        assert "asked for again" not in page
        actions.revoke_waiver(**waiver, reason="That was another course")
        page = client.get(f"/reviews/{review.pk}/evidence/").content.decode()
        assert "asked for again by Mai" in page
        assert "That was another course" in page
