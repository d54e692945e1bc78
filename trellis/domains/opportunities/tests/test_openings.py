"""Who comes first and why, and who may do what with a post."""

from datetime import UTC, date, datetime, timedelta

import pytest

from trellis.domains.careers.models import Competency, Evidence, Framework, ProfileItem
from trellis.domains.credentials import actions as credentials
from trellis.domains.credentials.models import Certificate
from trellis.domains.opportunities import actions, queries
from trellis.domains.opportunities.models import Interest, Opening
from trellis.domains.opportunities.rules import Candidate, Supply, rank
from trellis.domains.people.actions import history
from trellis.kit import clock
from trellis.kit.journal.outbox import deliver
from trellis.kit.notices.models import Notice


def said(hour):
    return datetime(2026, 3, 1, hour, tzinfo=UTC)


CERTIFIED_LATE = Candidate(1, certified_on=date(2026, 2, 1))
CERTIFIED_EARLY = Candidate(2, certified_on=date(2025, 2, 1), asked=3, met=1, lacks=4, lacking=(7, 8))
MEETS = Candidate(3, put_forward_at=said(9), asked=3, met=3)
NEARLY = Candidate(4, put_forward_at=said(8), asked=3, met=2, lacks=1, lacking=(7,))
NEARLY_LATER = Candidate(5, put_forward_at=said(10), asked=3, met=2, lacks=1, lacking=(7,))
LACKS = Candidate(6, put_forward_at=said(7), asked=3, met=0, lacks=6, lacking=(7, 8, 9))
UNKNOWN = Candidate(7, put_forward_at=said(6))


@pytest.mark.parametrize(
    ("candidates", "order"),
    [
        pytest.param([MEETS, CERTIFIED_LATE], [1, 3], id="the certified before who meets the profile"),
        pytest.param(
            [CERTIFIED_LATE, CERTIFIED_EARLY], [2, 1], id="by the day of the certificate, whatever is lacking"
        ),
        pytest.param([NEARLY, MEETS], [3, 4], id="meets before nearly, though later"),
        pytest.param([NEARLY_LATER, NEARLY], [4, 5], id="the earlier of two alike"),
        pytest.param([UNKNOWN, LACKS, NEARLY, MEETS, CERTIFIED_LATE], [1, 3, 4, 6, 7], id="all together"),
        pytest.param([], [], id="nobody"),
    ],
)
def test_the_order(candidates, order):
    assert [place.candidate.person for place in rank(candidates)] == order


def test_every_place_has_its_reason():
    reasons = [place.reason for place in rank([UNKNOWN, LACKS, NEARLY, MEETS, CERTIFIED_LATE])]
    assert reasons == ["certified", "meets_profile", "nearly", "lacks", "nothing_asked"]


def test_cover_is_told_only_where_posts_are_open():
    assert Supply(2, 1, 5, 9, posts=2).cover == 1.5
    assert Supply(2, 1, 5, 9, posts=0).cover is None


pytestmark = pytest.mark.django_db


@pytest.fixture
def feedback(company):
    framework = Framework.objects.create(code="own", name="Ours")
    feedback = Competency.objects.create(framework=framework, code="feedback", name="Giving feedback")
    ProfileItem.objects.create(position=company.team_leader, competency=feedback, level=2)
    return feedback


@pytest.fixture
def opening(company, hoa):
    return actions.open_post(
        position=company.team_leader, unit=company.team, closes_on=clock.today() + timedelta(days=14), actor=hoa
    )


@pytest.fixture
def certify(company, mai):
    def certify(person, on=date(2026, 1, 5)):
        return Certificate.objects.create(
            person=person,
            position=company.team_leader,
            snapshot={"title": {"en": "Next Step"}, "person": person.name, "company": "Pixel House"},
            issued_on=on,
            issued_by=mai,
        )

    return certify


def names(opening):
    return [row.person.name for row in queries.ranked_list(opening, clock.today())]


def test_the_certified_stand_first_also_when_they_said_nothing(opening, feedback, certify, linh, xiaoyu, hire):
    Evidence.objects.create(
        person=xiaoyu, competency=feedback, level=3, shown_on=clock.today(), source=Evidence.Source.ASSESSED
    )
    certify(linh)
    lan = hire("Lan Bui")
    for person in (lan, xiaoyu):
        actions.put_forward(opening=opening, person=person)
    assert names(opening) == ["Linh Nguyen", "晓雨", "Lan Bui"]


def test_withdrawn_left_or_promoted_no_longer_counts_as_certified(opening, certify, linh, xiaoyu, company, mai):
    withdrawn = certify(linh)
    certify(xiaoyu)
    credentials.withdraw(certificate=withdrawn, actor=mai, reason="Mistake")
    assert names(opening) == ["晓雨"]
    xiaoyu.holdings.update(position=company.team_leader)
    assert names(opening) == []


def test_who_put_themselves_forward_and_left_is_not_on_the_list(opening, linh, xiaoyu, mai):
    for person in (linh, xiaoyu):
        actions.put_forward(opening=opening, person=person)
    history.leave(person=linh, on=clock.today(), leaving="voluntary", actor=mai)
    with clock.moved(to=clock.today() + timedelta(days=1)):
        assert names(opening) == ["晓雨"]


@pytest.mark.both_databases
def test_putting_oneself_forward_twice_is_once_and_can_be_taken_back(opening, linh):
    assert [actions.put_forward(opening=opening, person=linh).code for _ in range(2)] == ["put_forward", "already"]
    assert Interest.objects.count() == 1
    assert actions.withdraw_interest(opening=opening, person=linh)
    assert not actions.withdraw_interest(opening=opening, person=linh)
    assert names(opening) == []
    assert actions.put_forward(opening=opening, person=linh).code == "put_forward"


def test_not_for_what_one_holds_nor_for_a_closed_post(opening, linh, minh, hoa):
    assert actions.put_forward(opening=opening, person=minh).code == "holds_it"
    assert actions.close_post(opening=opening, actor=hoa, reason="Filled")
    assert not actions.close_post(opening=opening, actor=hoa)
    opening.refresh_from_db()
    assert actions.put_forward(opening=opening, person=linh).code == "closed"


def test_a_double_click_opens_one_post(opening, hoa):
    again = {"position": opening.position, "unit": opening.unit, "closes_on": opening.closes_on, "posts": opening.posts}
    assert actions.open_post(**again, about=opening.about, actor=hoa) == opening
    actions.close_post(opening=opening, actor=hoa)
    assert actions.open_post(**again, about=opening.about, actor=hoa) != opening


def test_the_certified_are_told_once(certify, linh, xiaoyu, opening):
    certify(linh)
    deliver()
    deliver()
    assert [notice.person for notice in Notice.objects.filter(kind="opportunities.certified_for")] == [linh]


class TestPages:
    def test_everybody_sees_openings_and_puts_themselves_forward(self, as_, opening, linh):
        client = as_(linh)
        assert "Team leader" in client.get("/openings/").content.decode()
        for _click in range(2):
            client.post(f"/openings/{opening.pk}/put-forward/", {"note": "I led the night team twice."})
        page = client.get(f"/openings/{opening.pk}/").content.decode()
        assert "You put yourself forward on" in page
        assert "Who comes first" not in page
        client.post(f"/openings/{opening.pk}/withdraw/")
        assert Interest.objects.filter(withdrawn_at=None).count() == 0

    @pytest.mark.parametrize(("who", "sees"), [("hoa", True), ("mai", True), ("thuy", True), ("minh", False)])
    def test_the_list_is_for_who_fills_the_post(self, request, as_, opening, feedback, certify, linh, who, sees):
        certify(linh)
        page = as_(request.getfixturevalue(who)).get(f"/openings/{opening.pk}/").content.decode()
        assert ("Certified for this position on 5 January 2026: interviews first." in page) is sees

    def test_hr_opens_and_closes(self, as_, company, hoa, linh):
        form = {"position": company.team_leader.pk, "unit": company.team.pk, "posts": 1, "closes_on": "2026-01-01"}
        assert as_(linh).post("/openings/new/", form).status_code == 403
        assert "This day is past" in as_(hoa).post("/openings/new/", form).content.decode()
        response = as_(hoa).post("/openings/new/", {**form, "closes_on": "2026-04-01"})
        as_(hoa).post(response.url + "close/", {"reason": "Filled"})
        assert Opening.objects.get().closed_because == "Filled"
        assert "No post is open" in as_(linh).get("/openings/").content.decode()

    @pytest.mark.parametrize(
        ("who", "status"), [("tuan", 200), ("hoa", 200), ("mai", 200), ("linh", 403), ("thuy", 403)]
    )
    def test_the_pool_is_for_leaders_and_the_office(self, request, as_, opening, certify, xiaoyu, who, status):
        certify(xiaoyu)
        assert as_(request.getfixturevalue(who)).get("/pool/").status_code == status

    def test_the_pool_counts_each_person_once(self, opening, feedback, certify, linh, xiaoyu, minh):
        certify(linh)
        Evidence.objects.create(person=linh, competency=feedback, level=2, shown_on=clock.today(), source="assessed")
        Evidence.objects.create(person=minh, competency=feedback, level=2, shown_on=clock.today(), source="assessed")
        [row] = queries.pool(clock.today())
        assert (row.supply.certified, row.supply.ready, row.supply.posts) == (1, 0, 1)
        assert row.supply.nearly == 3  # 晓雨, Hoa who opened the post, Mai who certified

    @pytest.mark.parametrize("address", ["/openings/", "/pool/", "opening"])
    def test_statements(self, as_, hire, opening, feedback, certify, hoa, address, django_assert_max_num_queries):
        address = f"/openings/{opening.pk}/" if address == "opening" else address
        client = as_(hoa)
        certify(hire("A0"))
        actions.put_forward(opening=opening, person=hire("B0"))
        client.get(address)
        with django_assert_max_num_queries(12) as few:
            client.get(address)
        for number in range(1, 20):
            certify(hire(f"A{number}"))
            actions.put_forward(opening=opening, person=hire(f"B{number}"))
            actions.open_post(
                position=opening.position, unit=opening.unit, closes_on=opening.closes_on, posts=number, actor=hoa
            )
        with django_assert_max_num_queries(12) as many:
            client.get(address)
        assert len(few) == len(many)
