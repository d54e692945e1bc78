"""Interviews in the order of the list; who is passed over, and why; the choice, which promotes."""

from datetime import date, timedelta

import pytest

from trellis.domains.credentials.models import Certificate
from trellis.domains.opportunities import actions, queries
from trellis.domains.opportunities.models import Interview, Opening, PassingOver, Placement, Story
from trellis.domains.opportunities.rules import Candidate, rank, stood_before
from trellis.domains.people.models import Holding
from trellis.kit import clock
from trellis.kit.journal.outbox import deliver
from trellis.kit.notices.models import Notice

FIRST = Candidate(1, certified_on=date(2025, 1, 1))
SECOND = Candidate(2, certified_on=date(2026, 1, 1))
OTHER = Candidate(3, asked=2, met=2)
ORDER = rank([FIRST, SECOND, OTHER])


@pytest.mark.parametrize(
    ("person", "aside", "before"),
    [
        pytest.param(1, (), (), id="nobody before the first"),
        pytest.param(2, (), (1,), id="the first certified"),
        pytest.param(3, (), (1, 2), id="all certified before who is not"),
        pytest.param(3, (1,), (2,), id="who said no is not passed over"),
        pytest.param(9, (), (1, 2), id="somebody who is not on the list"),
    ],
)
def test_who_stood_before(person, aside, before):
    assert stood_before(ORDER, person, aside=aside) == before


pytestmark = pytest.mark.django_db


@pytest.fixture
def opening(company, hoa):
    return actions.open_post(
        position=company.team_leader, unit=company.team, closes_on=clock.today() + timedelta(days=14), actor=hoa
    )


@pytest.fixture
def line(company, opening, mai, linh, xiaoyu, hire):
    """Linh and 晓雨 are certified, in this order; Lan put herself forward."""
    lan = hire("Lan Bui")
    snapshot = {"title": {"en": "Next Step"}, "person": "", "company": "Pixel House", "issued_by": "Mai"}
    for person, day in ((linh, date(2025, 10, 1)), (xiaoyu, date(2026, 1, 5))):
        Certificate.objects.create(
            person=person, position=company.team_leader, snapshot=snapshot, issued_on=day, issued_by=mai
        )
    actions.put_forward(opening=opening, person=lan)
    return linh, xiaoyu, lan


def soon(hours=4):
    return clock.at_time(clock.today(), 9 + hours)


def told(kind):
    deliver()
    return sorted(Notice.objects.filter(kind=f"opportunities.{kind}").values_list("person__name", flat=True))


class TestInterviews:
    def test_the_certified_first_else_with_a_reason_that_is_kept(self, opening, line, hoa, mai, tuan):
        linh, xiaoyu, lan = line
        refused = actions.invite(opening=opening, person=lan, at=soon(), actor=hoa)
        assert (refused.code, refused.passed_over) == ("reason_needed", (linh.pk, xiaoyu.pk))
        assert not Interview.objects.exists()
        assert actions.invite(opening=opening, person=linh, at=soon(), actor=hoa).code == "invited"
        given = actions.invite(opening=opening, person=lan, at=soon(), reason="Away next week", actor=hoa)
        assert given.code == "invited"
        assert [(p.person, p.kind, p.reason) for p in PassingOver.objects.all()] == [
            (xiaoyu, "interview", "Away next week")
        ]
        assert told("passed_over") == ["Mai Pham", "Tuan Do"]
        assert told("interview") == ["Lan Bui", "Linh Nguyen"]

    @pytest.mark.both_databases
    def test_invited_twice_is_once_and_another_time_is_told_again(self, opening, line, hoa):
        linh = line[0]
        codes = [
            actions.invite(opening=opening, person=linh, at=at, actor=hoa).code for at in (soon(), soon(), soon(5))
        ]
        assert codes == ["invited", "already", "moved"]
        assert Interview.objects.get().at == soon(5)

    def test_not_in_the_past_not_oneself_not_who_is_not_on_the_list(self, opening, line, hoa, minh):
        linh = line[0]
        ask = {"opening": opening, "at": soon(), "actor": hoa}
        assert actions.invite(**{**ask, "at": clock.now() - timedelta(hours=1)}, person=linh).code == "past"
        assert actions.invite(**ask, person=minh).code == "not_listed"
        assert actions.invite(**{**ask, "actor": linh}, person=linh).code == "oneself"

    def test_what_came_of_it(self, opening, line, hoa):
        linh = line[0]
        interview = actions.invite(opening=opening, person=linh, at=soon(), actor=hoa).interview
        assert actions.note_outcome(interview=interview, outcome="suitable", actor=hoa).code == "not_yet"
        with clock.moved(to=soon(5)):
            assert actions.note_outcome(interview=interview, outcome="suitable", actor=linh).code == "oneself"
            assert actions.note_outcome(interview=interview, outcome="not_now", actor=hoa).code == "reason_needed"
            assert actions.note_outcome(interview=interview, outcome="suitable", actor=hoa).ok

    def test_who_declines_is_not_passed_over(self, opening, line, hoa):
        linh, xiaoyu, _lan = line
        actions.invite(opening=opening, person=linh, at=soon(), actor=hoa)
        assert actions.withdraw_interest(opening=opening, person=linh)
        assert Interview.objects.get().outcome == "declined"
        assert queries.filling_of(opening, clock.today()).passed_over_by(xiaoyu.pk) == ()


class TestTheChoice:
    @pytest.mark.both_databases
    def test_it_promotes_once_and_closes_the_post_and_everybody_is_told(self, opening, line, hoa):
        linh, _xiaoyu, lan = line
        on = clock.today() + timedelta(days=30)
        codes = [actions.choose(opening=opening, person=linh, on=on, actor=hoa).code for _ in range(2)]
        assert codes == ["chosen", "already"]
        opening.refresh_from_db()
        assert opening.closed_because == "filled"
        assert [h.began for h in Holding.objects.filter(person=linh).order_by("began_on")] == ["joined", "promoted"]
        assert Placement.objects.get().certified
        assert told("chosen") == ["Linh Nguyen"]
        assert told("filled") == ["Lan Bui"]
        assert actions.choose(opening=opening, person=lan, on=on, actor=hoa).code == "filled"

    def test_without_a_reason_for_each_passed_over_nothing_happens(self, opening, line, hoa):
        linh, xiaoyu, lan = line
        ask = {"opening": opening, "person": lan, "on": clock.today() + timedelta(days=30), "actor": hoa}
        refused = actions.choose(**ask, reasons={linh.pk: "Moves abroad", xiaoyu.pk: " "})
        assert (refused.code, refused.passed_over) == ("reason_needed", (xiaoyu.pk,))
        assert not Placement.objects.exists()
        assert Holding.objects.filter(person=lan).count() == 1
        assert actions.choose(**ask, reasons={linh.pk: "Moves abroad", xiaoyu.pk: "Still learns English"}).ok
        assert queries.passings_over().count() == 2

    def test_of_two_posts_who_gets_the_second_is_not_in_the_report(self, opening, line, hoa):
        linh, xiaoyu, _lan = line
        Opening.objects.update(posts=2)
        on = clock.today() + timedelta(days=30)
        assert actions.choose(opening=opening, person=xiaoyu, on=on, reasons={linh.pk: "Later"}, actor=hoa).ok
        assert queries.passings_over().count() == 1
        assert Opening.objects.get().closed_at is None
        assert actions.choose(opening=opening, person=linh, on=on, actor=hoa).ok
        assert queries.passings_over().count() == 0

    def test_a_day_before_the_present_position_undoes_it_all(self, opening, line, hoa):
        linh = line[0]
        outcome = actions.choose(opening=opening, person=linh, on=date(2024, 1, 8), actor=hoa)
        assert outcome.code == "not_after_present"
        assert not Placement.objects.exists()
        assert actions.choose(opening=opening, person=linh, on=clock.today(), actor=linh).code == "oneself"

    def test_on_the_page_the_reasons_are_asked_one_by_one(self, as_, opening, line, hoa, mai):
        linh, xiaoyu, lan = line
        address = f"/openings/{opening.pk}/choose/{lan.pk}/"
        assert as_(mai).get(address).status_code == 403
        page = as_(hoa).get(address).content.decode()
        assert "Why not Linh Nguyen?" in page
        form = {"on": "2026-04-01", f"reason_{linh.pk}": "Moves abroad", f"reason_{xiaoyu.pk}": "Learns English"}
        assert as_(hoa).post(address, {**form, f"reason_{linh.pk}": ""}).status_code == 422
        assert as_(hoa).post(address, form).status_code == 302
        assert "Moves abroad" in b"".join(as_(mai).get("/openings/passed-over.csv").streaming_content).decode()
        assert as_(linh).get("/openings/passed-over/").status_code == 403


class TestStories:
    @pytest.fixture
    def promotion(self, company, linh):
        linh.holdings.update(ended_on=date(2025, 12, 31))
        return Holding.objects.create(
            person=linh, position=company.team_leader, unit=company.team, began_on=date(2026, 1, 1), began="promoted"
        )

    def test_only_the_person_begins_tells_and_publishes(self, promotion, linh, hoa):
        assert actions.begin_story(holding=promotion, title="x", words="y", actor=hoa).code == "not_yours"
        story = actions.begin_story(holding=promotion, title="My way", words="Step by step", actor=linh).story
        assert actions.begin_story(holding=promotion, title="z", words="z", actor=linh).code == "already"
        assert actions.consent(story=story, actor=hoa).code == "not_yours"
        assert not queries.published().exists()
        assert actions.consent(story=story, actor=linh).ok
        assert queries.published().get() == story
        actions.withdraw_story(story=story, actor=linh)
        assert not queries.published().exists()

    def test_a_new_line_on_pay_is_not_shown_before_the_person_agrees(self, promotion, linh, hoa):
        story = actions.begin_story(holding=promotion, title="My way", words="Step by step", actor=linh).story
        actions.set_pay_line(story=story, line="Band 3 to band 4", actor=hoa)
        actions.tell(story=story, title="My way", words="x", shows_pay=True, actor=linh)
        actions.set_pay_line(story=story, line="Band 3 to band 5", actor=hoa)
        assert not Story.objects.get().shows_pay
        assert actions.set_pay_line(story=story, line="Mine", actor=linh).code == "not_yours"

    def test_the_draft_is_made_of_facts_and_hidden_until_consent(self, as_, promotion, linh, hoa, minh):
        client = as_(linh)
        client.post(f"/stories/begin/{promotion.pk}/")
        story = Story.objects.get()
        assert "8 January 2024: Joined the company as Photo editor." in story.words
        assert as_(minh).get(f"/stories/{story.pk}/").status_code == 403
        assert "own" in as_(hoa).get(f"/stories/{story.pk}/").content.decode()
        assert story.words[:20] not in as_(hoa).get(f"/stories/{story.pk}/").content.decode()
        client = as_(linh)
        client.post(f"/stories/{story.pk}/publish/")
        assert not Story.objects.get().is_published
        client.post(f"/stories/{story.pk}/publish/", {"consent": "1"})
        assert as_(minh).get(f"/stories/{story.pk}/").status_code == 200
