"""A plan for a group: found, changed by hand, applied once, taken back; and a holder who is replaced."""

from datetime import date, timedelta

import pytest

from trellis.domains.mentoring import actions
from trellis.domains.mentoring.actions import replacing
from trellis.domains.mentoring.actions.applying import apply_proposal, take_back
from trellis.domains.mentoring.actions.offers import say_away, say_back
from trellis.domains.mentoring.actions.proposing import Wanted, ask_for_plan, change_day, drop_proposal, find_plan
from trellis.domains.mentoring.actions.replacing import propose_replacements
from trellis.domains.mentoring.models import Absence, MentorshipDay, PlanProposal
from trellis.domains.mentoring.queries import days_beside
from trellis.domains.mentoring.queries.proposals import checked, free_for, problem_of
from trellis.domains.mentoring.rules import count_days
from trellis.domains.mentoring.tests.conftest import FIRST, LAST
from trellis.domains.people.actions import history
from trellis.domains.people.actions.erasure import erase
from trellis.domains.sessions import actions as sessions
from trellis.domains.sessions.models import Series
from trellis.kit import clock
from trellis.kit.journal.outbox import deliver
from trellis.kit.notices.models import Notice

pytestmark = pytest.mark.django_db


def coming():
    return MentorshipDay.objects.filter(cancelled_at=None)


class TestFinding:
    def test_six_days_for_linh_beside_minh(self, offer, propose, linh, minh):
        offer()
        found = propose()
        assert found.days.count() == 6
        assert found.outcome["proved"]
        assert not coming().exists()  # a proposal is no plan yet

    def test_a_date_with_a_class_is_left_out(self, offer, propose, linh, mai):
        offer()
        series = sessions.open_series(name="Leading", kind=Series.Kind.CLASSES, actor=mai)
        start = clock.at_time(FIRST, 14)
        sessions.schedule(
            series=series, title="", starts_at=start, ends_at=start + timedelta(hours=1), hosts=[mai], actor=mai
        )
        sessions.take_in(series=series, person_ids=[linh.pk], actor=mai)
        assert FIRST not in {day.on for day in propose(days=14).days.all()}

    def test_days_planned_already_are_kept_free(self, offer, propose, linh, minh, company):
        offer()
        actions.plan_day(learner=linh, holder=minh, position=company.team_leader, on=FIRST, actor=linh)
        assert FIRST not in {day.on for day in propose(days=14).days.all()}

    def test_who_lacks_days_and_what_would_cure_it(self, offer, propose, linh, hire):
        offer(last=date(2026, 3, 13))
        found = propose(linh, hire("Nam Le"))
        assert found.days.count() == 5
        [short] = found.outcome["short"]
        assert (short["needed"], short["offered"], sum(n for _on, n in short["more"])) == (12, 5, 7)
        assert [person.why_short for person in found.people.order_by("id")] == ["too_few_dates", "too_few_dates"]

    @pytest.mark.parametrize(
        ("first", "last", "days", "code"),
        [
            (LAST, FIRST, 6, "backwards"),
            (date(2026, 3, 1), LAST, 6, "in_past"),
            (FIRST, date(2027, 1, 1), 6, "too_long"),
            (FIRST, LAST, 0, "nobody"),
        ],
    )
    def test_what_cannot_be_asked(self, linh, mai, company, first, last, days, code):
        wanted = [Wanted(linh.pk, company.team_leader.pk, days)]
        asked = ask_for_plan(name="Spring", source="", wanted=wanted, first=first, last=last, per_week=None, actor=mai)
        assert (asked.code, asked.proposal) == (code, None)

    def test_found_once(self, offer, propose):
        offer()
        found = propose()
        find_plan(found.pk)
        assert found.days.count() == 6

    def test_as_many_statements_for_few_as_for_many(self, offer, propose, hire, django_assert_num_queries):
        offer(places=9)
        for number in range(3):
            found = propose(*[hire(f"L{number}{n} Le") for n in range(number + 1)])
            with django_assert_num_queries(7):
                problem_of(found)


class TestByHand:
    def test_another_day_instead(self, offer, propose, linh, minh, mai):
        offer()
        found = propose()
        left = found.days.first().on
        taken = free_for(found, found.people.get(), found.days.all())[-1]
        assert (
            change_day(proposal=found, learner_id=linh.pk, leaves=left, takes=(minh.pk, taken.on), actor=mai)
            == "changed"
        )
        assert found.days.get(on=taken.on).by_hand
        assert found.days.count() == 6

    def test_only_what_can_be(self, offer, propose, linh, minh, thuy, mai):
        offer()
        found = propose()
        on = free_for(found, found.people.get(), found.days.all())[0].on
        change = {"proposal": found, "learner_id": linh.pk, "actor": mai}
        left = found.days.first().on
        assert change_day(leaves=None, takes=(minh.pk, on), **change) == "enough"
        assert change_day(leaves=left, takes=(thuy.pk, on), **change) == "not_offered"
        assert change_day(leaves=left, takes=(minh.pk, found.days.last().on), **change) == "already"
        assert found.days.filter(on=left).exists()  # nothing half done
        drop_proposal(proposal=found, actor=mai)
        assert change_day(leaves=left, takes=None, **change) == "closed"


class TestApplying:
    @pytest.mark.both_databases
    def test_once_however_often_it_is_clicked(self, offer, propose, linh, minh, mai):
        offer()
        found = propose()
        assert [apply_proposal(proposal=found, actor=mai).code for _click in range(2)] == ["applied", "already"]
        assert coming().count() == 6
        assert list(coming().first().session.hosts.all()) == [minh]
        assert Notice.objects.filter(kind="mentoring.plan_for_you", person=linh).count() == 1
        assert Notice.objects.filter(kind="mentoring.plan_beside_you", person=minh).count() == 1

    def test_what_changed_meanwhile_is_said_and_nothing_is_planned(self, offer, propose, linh, minh, mai):
        offer()
        found = propose()
        first = found.days.first()
        say_away(person=minh, first=first.on, last=first.on, actor=minh)
        outcome = apply_proposal(proposal=found, actor=mai)
        assert (outcome.code, outcome.broken) == ("stale", 1)
        assert checked(found, found.days.all()) == {(linh.pk, first.on): "place_gone"}
        assert not coming().exists()

    def test_one_plan_takes_the_places_of_another(self, offer, propose, linh, mai, hire):
        offer(last=date(2026, 3, 16))
        one, other = propose(linh), propose(hire("Nam Le"))
        assert apply_proposal(proposal=one, actor=mai).ok
        assert apply_proposal(proposal=other, actor=mai).code == "stale"
        assert coming().count() == 6

    def test_taken_back_while_nothing_was_held(self, offer, propose, mai):
        offer()
        found = propose()
        assert take_back(proposal=found, actor=mai).code == "not_applied"
        apply_proposal(proposal=found, actor=mai)
        assert [take_back(proposal=found, actor=mai).code for _click in range(2)] == ["taken_back", "already"]
        assert not coming().exists()
        assert apply_proposal(proposal=found, actor=mai).code == "dropped"

    def test_not_after_the_first_day(self, offer, propose, mai):
        offer()
        found = propose()
        apply_proposal(proposal=found, actor=mai)
        with clock.moved(to=found.days.first().on + timedelta(days=1)):
            assert take_back(proposal=found, actor=mai).code == "held"
        assert coming().count() == 6


class TestReplacing:
    @pytest.fixture
    def under_way(self, offer, propose, linh, minh, thuy, mai):
        """Linh has done two of her six days beside Minh; Thuy offers days too, later on."""
        offer()
        apply_proposal(proposal=propose(), actor=mai)
        for day in coming().order_by("on")[:2]:
            with clock.moved(to=clock.at_time(day.on, 18)):
                actions.confirm_day(day=day, minutes=480, value="present", actor=minh)
                actions.sign_day(day=day, text="Planned the queue", actor=linh)
        offer(thuy, first=date(2026, 3, 28), last=date(2026, 4, 10))
        return [day.on for day in coming().order_by("on")]

    def test_a_holder_falls_ill(self, under_way, linh, minh, thuy, mai, company):
        with clock.moved(to=clock.at_time(under_way[1], 19)):
            say_away(person=minh, first=under_way[2], last=date(2026, 4, 30), actor=minh)
            found = propose_replacements(holder_id=minh.pk)
            assert propose_replacements(holder_id=minh.pk) == found  # one waits
            assert {day.holder_id for day in found.days.all()} == {thuy.pk}
            assert apply_proposal(proposal=found, actor=mai).days == 4
            done = count_days(days_beside([linh.pk], [company.team_leader.pk])[linh.pk, company.team_leader.pk],
                              on=clock.today())  # fmt: skip
        assert (done.counted, done.planned, done.left) == (2, 4, 0)
        assert Notice.objects.filter(kind="mentoring.upset", person=linh).count() == 4
        assert Notice.objects.filter(kind="mentoring.replacing", person=mai).count() == 1

    def test_a_holder_leaves(self, under_way, minh, mai, hoa, linh, thuy, company):
        with clock.moved(to=clock.at_time(under_way[1], 19)):
            history.leave(person=minh, on=under_way[2], leaving="voluntary", actor=hoa)
            deliver()
            found = PlanProposal.objects.get(source=f"replace:{minh.pk}")
            assert found.days.count() == 3  # the day of the last work day stays
            apply_proposal(proposal=found, actor=mai)
            counted = days_beside([linh.pk], [company.team_leader.pk])[linh.pk, company.team_leader.pk]
        assert [day.holder_id for day in counted] == [minh.pk] * 3 + [thuy.pk] * 3

    def test_who_comes_back_keeps_the_days(self, under_way, minh, mai):
        with clock.moved(to=clock.at_time(under_way[1], 19)):
            say_away(person=minh, first=under_way[2], last=under_way[-1], actor=minh)
            found = propose_replacements(holder_id=minh.pk)
            say_back(absence=Absence.objects.get(), actor=minh)
            assert propose_replacements(holder_id=minh.pk) is None
            assert apply_proposal(proposal=found, actor=mai).code == "dropped"
        assert coming().filter(holder=minh).count() == 6

    def test_stopped_before_the_plan_was_found_it_is_found_the_next_time(self, under_way, minh, monkeypatch):
        with clock.moved(to=clock.at_time(under_way[1], 19)):
            say_away(person=minh, first=under_way[2], last=date(2026, 4, 30), actor=minh)
            with monkeypatch.context() as killed:
                killed.setattr(replacing, "find_plan", lambda pk: None)
                propose_replacements(holder_id=minh.pk)
            assert PlanProposal.objects.get(source=f"replace:{minh.pk}").found_at is None
            assert propose_replacements(holder_id=minh.pk).days.count() == 4

    def test_a_day_that_took_place_after_all_is_not_replaced(self, under_way, linh, minh, mai):
        with clock.moved(to=clock.at_time(under_way[1], 19)):
            say_away(person=minh, first=under_way[2], last=date(2026, 4, 30), actor=minh)
            found = propose_replacements(holder_id=minh.pk)
        with clock.moved(to=clock.at_time(under_way[2], 18)):
            came = coming().get(on=under_way[2])
            assert actions.confirm_day(day=came, minutes=480, value="present", actor=minh).ok
            assert (apply_proposal(proposal=found, actor=mai).code, coming().count()) == ("stale", 6)
            [proposed] = found.days.filter(replaces=came)
            assert checked(found, found.days.all()) == {(linh.pk, proposed.on): "held"}
            change_day(proposal=found, learner_id=linh.pk, leaves=proposed.on, takes=None, actor=mai)
            assert (apply_proposal(proposal=found, actor=mai).days, coming().count()) == (3, 6)


class TestForgetting:
    def test_nothing_keeps_the_words_of_a_learner_or_the_name_of_a_holder(self, offer, propose, linh, minh, mai):
        offer()
        apply_proposal(proposal=propose(), actor=mai)
        day = coming().order_by("on").first()
        with clock.moved(to=clock.at_time(day.on, 18)):
            actions.sign_day(day=day, text="Linh spoke with the client", actor=linh)
            say_away(person=minh, first=day.on + timedelta(days=1), last=LAST, actor=minh)
            propose_replacements(holder_id=minh.pk)
            for person in (linh, minh):
                erase(person=person, actor=mai)
            deliver()
        assert [signature.text for signature in day.signatures.all()] == [""]
        assert not PlanProposal.objects.filter(name__contains="Minh").exists()


class TestSigning:
    @pytest.fixture
    def day(self, linh, minh, company):
        today = clock.today()
        outcome = actions.plan_day(learner=linh, holder=minh, position=company.team_leader, on=today, actor=linh)
        return MentorshipDay.objects.get(pk=outcome.day_id)

    def codes(self, linh, company):
        found = days_beside([linh.pk], [company.team_leader.pk])[linh.pk, company.team_leader.pk]
        return [day.code for day in count_days(found, on=clock.today()).days]

    def test_a_day_counts_once_both_signed(self, day, linh, minh, company):
        assert actions.sign_day(day=day, text="Led the morning round", actor=linh) == "signed"
        assert self.codes(linh, company) == ["planned"]
        actions.confirm_day(day=day, minutes=480, value="present", actor=minh)
        assert self.codes(linh, company) == ["counted"]

    def test_confirmed_it_waits_for_the_learner(self, day, linh, minh, company):
        actions.confirm_day(day=day, minutes=480, value="present", actor=minh)
        assert self.codes(linh, company) == ["unsigned"]
        assert Notice.objects.filter(kind="mentoring.sign", person=linh).exists()

    @pytest.mark.both_databases
    def test_signed_twice_once_and_a_change_keeps_the_first(self, day, linh):
        said = [actions.sign_day(day=day, text=text, actor=linh) for text in ("One", " One ", "Two")]
        assert said == ["signed", "already", "signed"]
        assert list(day.signatures.values_list("text", "is_current")) == [("One", False), ("Two", True)]

    def test_what_cannot_be_signed(self, day, linh, minh, company):
        assert actions.sign_day(day=day, text="x", actor=minh) == "not_yours"
        assert actions.sign_day(day=day, text="  ", actor=linh) == "empty"
        assert actions.sign_day(day=day, text="x" * 1001, actor=linh) == "too_long"
        actions.confirm_day(day=day, minutes=None, value="absent", actor=minh)
        assert actions.sign_day(day=day, text="x", actor=linh) == "not_there"
