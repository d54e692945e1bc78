"""Each page for the person it belongs to, with a bounded number of statements."""

import pytest

from trellis.domains.programmes import actions
from trellis.domains.programmes.models import Cohort, Journey, Review
from trellis.domains.programmes.tests.story import (
    LATER,
    YAML,
    approve,
    attend_and_pass,
    carry_to_review,
    join,
    six_days,
)
from trellis.kit import clock

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


def test_everybody_reads_what_there_is_to_join(as_, cohort, linh):
    assert "Next Step" in text(as_(linh).get("/programmes/"))
    page = text(as_(linh).get("/programmes/next-step/"))
    assert "Team leader" in page
    assert "Leadership" in page
    assert "Spring 2026" in page


def test_linh_joins_in_three_pages_and_a_double_click_joins_once(as_, cohort, linh):
    client = as_(linh)
    assert "Which position" in text(client.get("/programmes/next-step/join/"))
    chosen = {"cohort": cohort.pk, "position": "team-leader"}
    assert "What you take on" in text(client.get("/programmes/next-step/join/", chosen))
    for _click in range(2):
        response = client.post("/programmes/next-step/join/", chosen)
    assert response.url == f"/journeys/{Journey.objects.get().pk}/"
    assert client.get("/journeys/").url == response.url


def test_who_is_on_the_way_already_is_led_to_the_journey(as_, journey, linh):
    page = as_(linh).get("/programmes/next-step/join/").content.decode()
    assert "You are on your way to Team leader in this programme already." in page
    assert f'href="/journeys/{journey.pk}/"' in page
    assert "Yes, I join" not in page


def test_a_position_that_is_not_offered_is_asked_for_again(as_, cohort, minh):
    response = as_(minh).post("/programmes/next-step/join/", {"cohort": cohort.pk, "position": "team-leader"})
    assert response.status_code == 422
    assert "Choose the position you want to step to" in text(response)
    assert not Journey.objects.exists()


def test_the_journey_says_for_each_requirement_where_it_stands(as_, journey, linh):
    page = text(as_(linh).get(f"/journeys/{journey.pk}/"))
    assert "Leadership: every session attended" in page
    assert "0 of 2 attended; 2 are still open." in page
    assert "Not open yet" in page


def test_the_journey_says_who_is_waited_for_since_when(as_, journey, linh, thuy):
    from datetime import timedelta

    from trellis.domains.sessions import actions as sessions

    for session in journey.cohort.offerings.get().series.sessions.order_by("starts_at"):
        with clock.moved(to=session.ends_at):
            sessions.mark(session=session, person_id=linh.pk, value="present", actor=thuy)
    with clock.moved(to=clock.today() + timedelta(days=20)):
        page = text(as_(linh).get(f"/journeys/{journey.pk}/"))
        assert "Waiting for Thuy Le since 16 Mar" in page


def test_in_chinese(as_, journey, linh, client):
    client.cookies["django_language"] = "zh-hans"
    page = text(as_(linh).get(f"/journeys/{journey.pk}/"))
    assert "下一步" in page
    assert "领导力" in page


@pytest.mark.parametrize(("who", "status"), [("linh", 200), ("thuy", 200), ("mai", 200), ("xiaoyu", 403), ("hoa", 403)])
def test_who_sees_a_journey(request, as_, journey, who, status):
    assert as_(request.getfixturevalue(who)).get(f"/journeys/{journey.pk}/").status_code == status


def test_only_the_person_leaves_and_confirms_it_first(as_, journey, linh, mai):
    address = f"/journeys/{journey.pk}/leave/"
    assert as_(mai).post(address).status_code == 403
    assert "Yes, leave" in text(as_(linh).get(address))
    assert as_(linh).post(address, {"reason": "Moving away"}).status_code == 302
    journey.refresh_from_db()
    assert journey.left_because == "Moving away"


def test_linh_asks_and_mai_approves(as_, journey, linh, thuy, minh, mai):
    attend_and_pass(journey, thuy)
    six_days(journey, minh)
    with clock.moved(to=LATER):
        as_(linh).post(f"/journeys/{journey.pk}/ask/", {"key": "review"})
        review = Review.objects.get()
        assert "Linh Nguyen" in text(as_(mai).get("/reviews/"))
        page = text(as_(mai).get(f"/reviews/{review.pk}/"))
        assert page.count("8 h beside Minh Tran") == 6
        response = as_(mai).post(f"/reviews/{review.pk}/", {"decision": "approve"}, follow=True)
    assert "Issue the certificate" in text(response)


def test_returning_without_a_reason_keeps_the_form_and_says_so(as_, journey, thuy, minh, mai):
    review = carry_to_review(journey, thuy, minh)
    response = as_(mai).post(f"/reviews/{review.pk}/", {"decision": "return", "reason": ""})
    assert response.status_code == 422
    assert "Write down the reason" in text(response)


def test_the_slower_of_two_reviewers_is_told(as_, hire, journey, thuy, minh, mai):
    review = carry_to_review(journey, thuy, minh)
    approve(review, mai)
    quan = hire("Quan Bui", roles=["academy"])
    response = as_(quan).post(f"/reviews/{review.pk}/", {"decision": "return", "reason": "Hm"}, follow=True)
    assert "Mai Pham was faster" in text(response)
    review.refresh_from_db()
    assert review.state == "approved"


def test_reviewers_do_not_review_themselves(as_, cohort, mai, thuy, minh):
    review = carry_to_review(join(mai, cohort), thuy, minh)
    assert as_(mai).post(f"/reviews/{review.pk}/", {"decision": "approve"}).status_code == 403


@pytest.mark.parametrize("address", ["/reviews/", "/cohorts/", "/cohorts/new/", "/programmes/definitions/"])
def test_the_office_is_for_the_office(as_, linh, mai, address):
    assert as_(linh).get(address).status_code == 403
    assert as_(mai).get(address).status_code == 200


def test_a_waiver_from_the_journey(as_, journey, mai, linh):
    address = f"/journeys/{journey.pk}/waive/"
    assert as_(linh).post(address, {"key": "days", "reason": "x"}).status_code == 403
    as_(mai).post(address, {"key": "passed:leadership", "reason": "Taught it for years"})
    assert "Taught it for years" in text(as_(linh).get(f"/journeys/{journey.pk}/"))


def test_a_manager_sees_that_something_was_waived_and_not_why(as_, journey, mai, linh, minh):
    linh.manager = minh
    linh.save()
    actions.give_waiver(journey=journey, key="passed:leadership", reason="Her hearing", actor=mai)
    page = text(as_(minh).get(f"/journeys/{journey.pk}/"))
    assert "The academy decided that this need not be met." in page
    assert "Her hearing" not in page
    assert "Her hearing" in text(as_(mai).get(f"/journeys/{journey.pk}/"))


def test_a_definition_is_loaded_from_the_page_and_faults_keep_the_text(as_, cohort, mai):
    client = as_(mai)
    broken = YAML.replace("months: 6", "months: six")
    response = client.post("/programmes/definitions/", {"text": broken})
    assert response.status_code == 422
    assert "Line 7" in text(response)
    assert "months: six" in text(response)
    assert client.post("/programmes/definitions/", {"text": YAML}).status_code == 302
    assert client.get("/programmes/next-step.yaml").content.decode().startswith("programme:\n  code: next-step\n")


def test_a_cohort_is_opened_and_its_dates_are_checked(as_, cohort, mai):
    form = {
        "version": cohort.version_id,
        "name": "Autumn",
        "starts_on": "2026-09-01",
        "ends_on": "2026-08-01",
        "join_until": "2026-07-01",
        "places": 10,
    }
    response = as_(mai).post("/cohorts/new/", form)
    assert response.status_code == 422
    assert "has to end after it starts" in text(response)
    response = as_(mai).post("/cohorts/new/", {**form, "ends_on": "2027-03-01"})
    assert response.status_code == 302
    opened = Cohort.objects.get(name="Autumn")
    assert response.url == f"/cohorts/{opened.pk}/runs/", "what comes next: the runs of its courses"
    assert "Nobody has joined yet" in text(as_(mai).get(f"/cohorts/{opened.pk}/"))


class TestStatements:
    """The same with one row and with many, and at most 12 on lists."""

    def test_roster(self, as_, hire, cohort, mai, django_assert_max_num_queries):
        client = as_(mai)
        join(hire("A1"), cohort)
        client.get(f"/cohorts/{cohort.pk}/")
        with django_assert_max_num_queries(12) as few:
            client.get(f"/cohorts/{cohort.pk}/")
        for number in range(2, 30):
            join(hire(f"A{number}"), cohort)
        with django_assert_max_num_queries(12) as many:
            client.get(f"/cohorts/{cohort.pk}/")
        assert len(few) == len(many)

    @pytest.mark.parametrize("address", ["/reviews/", "/cohorts/", "/programmes/"])
    def test_lists(self, as_, hire, cohort, mai, django_assert_max_num_queries, address):
        client = as_(mai)
        client.get(address)
        with django_assert_max_num_queries(12) as few:
            client.get(address)
        for number in range(10):
            journey = join(hire(f"B{number}"), cohort)
            Review.objects.create(journey=journey, person=journey.person, key="review")
            open_more = actions.open_cohort(
                version=cohort.version,
                name=f"C{number}",
                starts_on=cohort.starts_on,
                ends_on=cohort.ends_on,
                join_until=cohort.join_until,
                places=4,
                actor=mai,
            )
            assert open_more.pk
        with django_assert_max_num_queries(12) as many:
            client.get(address)
        assert len(many) <= len(few) + (address == "/reviews/")

    def test_journey(self, as_, journey, linh, thuy, minh, django_assert_max_num_queries):
        carry_to_review(journey, thuy, minh)
        client = as_(linh)
        client.get(f"/journeys/{journey.pk}/")
        with django_assert_max_num_queries(12):
            client.get(f"/journeys/{journey.pk}/")
