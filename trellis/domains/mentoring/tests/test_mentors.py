"""Asking, answering, changing and ending: nobody decides but the two."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from trellis.domains.mentoring.actions.mentors import accept, ask, begin_with_leader, decline, take_back
from trellis.domains.mentoring.actions.parting import end, look_at_questions
from trellis.domains.mentoring.actions.willing import Offering, be_willing, pause, resume, stop
from trellis.domains.mentoring.models import Mentorship, Reason, Willing
from trellis.domains.mentoring.queries.mentors import mentor_of, mine, room_of
from trellis.domains.mentoring.rules.mentors import Asking, has_lapsed, hoped_for, is_to_remind, leaders, why_not_ask
from trellis.domains.people.actions.erasure import erase
from trellis.domains.people.actions.history import leave as leave_company
from trellis.domains.people.actions.history import move
from trellis.domains.people.models import Person, Unit
from trellis.kit import clock
from trellis.kit.journal.models import Entry
from trellis.kit.journal.outbox import deliver
from trellis.kit.notices.models import Notice

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)


@pytest.fixture
def willing():
    """willing(minh, places=1): says to be willing."""

    def willing(person, places=2, languages=("en", "vi"), competencies=(), **more):
        return be_willing(person=person, offering=Offering(places, languages, competencies, **more))

    return willing


def told(person):
    return set(Notice.objects.filter(person=person).values_list("kind", flat=True))


def pair(mentee, mentor):
    mentorship = ask(mentee=mentee, mentor=mentor).mentorship
    assert accept(mentorship=mentorship) == "accepted"
    return mentorship


class TestRules:
    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            pytest.param({}, "", id="who is willing is asked"),
            pytest.param({"is_oneself": True}, "oneself", id="nobody mentors themselves"),
            pytest.param({"is_here": False}, "gone", id="who left"),
            pytest.param({"open": None}, "not_willing", id="who never said to be willing"),
            pytest.param({"open": None, "is_leader": True}, "", id="but the team leader can be asked"),
            pytest.param({"open": False}, "paused", id="who pauses"),
            pytest.param({"open": False, "is_leader": True}, "paused", id="a pause of the leader too"),
            pytest.param({"is_mentor_already": True}, "yours_already", id="the mentor one has"),
            pytest.param({"waiting": 2}, "", id="two questions wait, a third may"),
            pytest.param({"waiting": 3}, "too_many", id="no fourth"),
        ],
    )
    def test_who_can_be_asked(self, changes, code):
        usual = Asking(is_oneself=False, is_here=True, open=True, is_leader=False, is_mentor_already=False, waiting=0)
        assert why_not_ask(replace(usual, **changes)) == code

    @pytest.mark.parametrize(
        ("heads", "manager", "parted", "found"),
        [
            pytest.param({3: 30, 2: 20}, 40, (), [30, 40, 20], id="the head of the team, the manager, the heads above"),
            pytest.param({2: 20}, None, (), [20], id="no head and no manager: the nearest above"),
            pytest.param({3: 7, 2: 20}, None, (), [20], id="a head has the head above"),
            pytest.param({3: 30}, 30, (), [30], id="the same person once"),
            pytest.param({3: 30}, 40, (30,), [40], id="not with whom it was ended"),
            pytest.param({}, None, (), [], id="nobody"),
        ],
    )
    def test_who_stands_in(self, heads, manager, parted, found):
        assert leaders(7, units=[3, 2, 1], heads=heads, manager=manager, parted=parted) == found

    def test_an_answer_is_hoped_for_in_two_weeks_unless_one_waits(self):
        assert hoped_for(TODAY, free=1, ahead=0) == date(2026, 3, 16)
        assert hoped_for(TODAY, free=1, ahead=1) is None
        assert hoped_for(TODAY, free=None, ahead=9) == date(2026, 3, 16)
        assert [is_to_remind(date(2026, 3, 16), date(2026, 3, day)) for day in (8, 9)] == [False, True]
        assert [has_lapsed(date(2026, 3, 16), date(2026, 3, day)) for day in (16, 17)] == [False, True]
        assert not has_lapsed(None, date(2030, 1, 1))


class TestTheDefault:
    def test_it_is_the_team_leader_without_a_row(self, linh, thuy):
        now = mentor_of(linh)
        assert (now.mentor, now.is_default, now.mentorship) == (thuy, True, None)

    def test_it_is_the_manager_where_the_team_has_no_head(self, linh, minh):
        Person.objects.filter(pk=linh.pk).update(manager=minh)
        assert mentor_of(linh).mentor == minh

    def test_who_leads_has_the_head_above(self, thuy, tuan, company):
        company.whole.head = tuan
        company.whole.save()
        assert mentor_of(thuy).mentor == tuan
        assert mentor_of(tuan).mentor is None

    def test_it_becomes_a_row_when_the_two_meet_and_once(self, linh, thuy):
        first = begin_with_leader(mentee=linh, actor=linh)
        assert begin_with_leader(mentee=linh, actor=thuy) == first
        assert (first.mentor, first.origin, first.began_on) == (thuy, "default", TODAY)
        assert mentor_of(linh).is_default

    def test_a_leader_who_ends_it_is_no_default_any_more(self, linh, thuy):
        end(mentorship=begin_with_leader(mentee=linh, actor=linh), actor=thuy)
        assert mentor_of(linh).mentor is None
        assert ask(mentee=linh, mentor=thuy).code == "not_willing"

    def test_after_somebody_else_it_is_the_leader_again(self, linh, thuy, minh, willing):
        willing(minh)
        begin_with_leader(mentee=linh, actor=linh)
        chosen = pair(linh, minh)
        end(mentorship=chosen, actor=linh)
        assert mentor_of(linh).mentor == thuy

    def test_who_moves_keeps_the_leader_they_talk_with_and_reads_who_leads_now(self, linh, thuy, tuan, company):
        begin_with_leader(mentee=linh, actor=linh)
        assert mine(linh).now.is_default
        other = Unit.objects.create(code="team-3", name="Team 3", parent=company.whole, head=tuan)
        Unit.objects.filter(pk=other.pk).update(path=f"{company.whole.path}{other.pk}/")
        other.refresh_from_db()
        move(person=linh, position=company.photo_editor, unit=other, on=TODAY, actor=None)
        now = mine(Person.objects.get(pk=linh.pk)).now
        assert (now.mentor, now.leader, now.is_default) == (thuy, tuan, False)

    def test_those_of_the_own_team_take_no_place(self, linh, thuy, willing):
        willing(thuy, places=1)
        begin_with_leader(mentee=linh, actor=linh)
        assert room_of(thuy).free == 1


class TestAsking:
    def test_the_yes_of_the_mentor_is_all_it_takes(self, linh, minh, willing):
        willing(minh)
        asked = ask(mentee=linh, mentor=minh, message="I would like to learn to give feedback.")
        assert asked.code == "asked"
        assert told(minh) == {"mentoring.mentor_asked"}
        assert accept(mentorship=asked.mentorship) == "accepted"
        now = mentor_of(linh)
        assert (now.mentor, now.is_default) == (minh, False)
        assert told(linh) == {"mentoring.mentor_yes"}

    @pytest.mark.both_databases
    def test_twice_is_once(self, linh, minh, willing):
        willing(minh)
        first = ask(mentee=linh, mentor=minh).mentorship
        assert ask(mentee=linh, mentor=minh).code == "already"
        assert [accept(mentorship=first), accept(mentorship=first)] == ["accepted", "already"]
        assert Entry.objects.filter(kind="mentoring.mentor_accepted").count() == 1
        with pytest.raises(IntegrityError), transaction.atomic():
            Mentorship.objects.create(mentee=linh, mentor=minh)

    def test_no_word_of_theirs_is_in_the_journal_or_a_notice(self, linh, minh, willing):
        willing(minh)
        asked = ask(mentee=linh, mentor=minh, message="a canary in a mine").mentorship
        decline(mentorship=asked, words="another canary")
        asked.refresh_from_db()
        assert asked.answer == "another canary"
        assert "canary" not in f"{list(Entry.objects.values())} {list(Notice.objects.values())}"

    def test_a_no_is_kind_and_lets_ask_anew(self, linh, minh, willing):
        willing(minh)
        decline(mentorship=ask(mentee=linh, mentor=minh).mentorship)
        assert Notice.objects.get(person=linh, kind="mentoring.mentor_no").link == "/mentors/find/"
        with_words = ask(mentee=linh, mentor=minh).mentorship
        decline(mentorship=with_words, words="Ask me again in July?")
        assert Notice.objects.filter(person=linh).latest("pk").link == f"/mentorships/{with_words.pk}/"
        assert ask(mentee=linh, mentor=minh).code == "asked"

    def test_taken_back_it_is_no_question_any_more(self, linh, minh, willing):
        willing(minh)
        asked = ask(mentee=linh, mentor=minh).mentorship
        assert take_back(mentorship=asked)
        assert accept(mentorship=asked) == "gone"
        assert not decline(mentorship=asked)

    def test_the_first_yes_counts_and_the_others_are_told(self, linh, minh, tuan, willing):
        willing(minh)
        willing(tuan)
        first, second = ask(mentee=linh, mentor=minh).mentorship, ask(mentee=linh, mentor=tuan).mentorship
        assert accept(mentorship=second) == "accepted"
        assert accept(mentorship=first) == "gone"
        assert "mentoring.mentor_found" in told(minh)

    def test_it_is_brought_to_mind_once_and_then_let_go(self, linh, minh, willing):
        willing(minh)
        asked = ask(mentee=linh, mentor=minh).mentorship
        seen = []
        for days in (6, 7, 8, 14, 15, 16):
            with clock.moved(to=TODAY + timedelta(days=days)):
                seen.append(look_at_questions())
        assert seen == [(0, 0), (1, 0), (0, 0), (0, 0), (0, 1), (0, 0)]
        asked.refresh_from_db()
        assert asked.state == "expired"
        assert told(linh) == {"mentoring.mentor_lapsed"}


class TestPlaces:
    def test_who_is_full_lets_wait_and_the_first_is_next(self, linh, xiaoyu, hire, minh, willing):
        willing(minh, places=1)
        there = pair(hire("Nam"), minh)
        waiting = [ask(mentee=person, mentor=minh) for person in (linh, xiaoyu)]
        assert [one.code for one in waiting] == ["waits", "waits"]
        assert "mentoring.mentor_free" not in told(minh)
        end(mentorship=there, actor=minh)
        assert [Mentorship.objects.get(pk=one.mentorship.pk).answer_by for one in waiting] == [date(2026, 3, 16), None]
        assert Notice.objects.filter(person=minh, kind="mentoring.mentor_free").count() == 1

    def test_above_the_number_only_by_raising_it(self, linh, hire, minh, willing):
        willing(minh, places=1)
        pair(hire("Nam"), minh)
        waiting = ask(mentee=linh, mentor=minh).mentorship
        assert accept(mentorship=waiting) == "full"
        assert accept(mentorship=waiting, one_more=True) == "accepted"
        assert (room_of(minh).places, room_of(minh).free) == (2, 0)

    def test_fewer_places_end_nothing(self, linh, hire, minh, willing):
        willing(minh, places=2)
        for person in (linh, hire("Nam")):
            pair(person, minh)
        willing(minh, places=1)
        assert Mentorship.objects.filter(mentor=minh, state="in_force").count() == 2
        assert room_of(minh).free == 0

    def test_a_pause_lets_wait_and_is_over_when_said(self, linh, xiaoyu, minh, willing):
        willing(minh)
        asked = ask(mentee=linh, mentor=minh).mentorship
        assert [pause(person=minh), pause(person=minh)] == [True, False]
        assert ask(mentee=xiaoyu, mentor=minh).code == "paused"
        with clock.moved(to=date(2026, 6, 1)):
            assert look_at_questions() == (0, 0)
            assert resume(person=minh)
            asked.refresh_from_db()
            assert asked.answer_by == date(2026, 6, 15)

    def test_who_stops_keeps_whom_they_accompany(self, linh, xiaoyu, minh, willing):
        willing(minh)
        pair(linh, minh)
        ask(mentee=xiaoyu, mentor=minh)
        assert [stop(person=minh), stop(person=minh)] == [True, False]
        assert mentor_of(linh).mentor == minh
        assert told(xiaoyu) == {"mentoring.mentor_no"}
        assert ask(mentee=xiaoyu, mentor=minh).code == "not_willing"


class TestChanging:
    def test_the_new_yes_ends_the_old_one_kindly_for_both(self, linh, minh, tuan, willing):
        willing(minh)
        willing(tuan)
        old = pair(linh, minh)
        ask(mentee=linh, mentor=tuan, reason="We talk past each other.")
        assert mentor_of(linh).mentor == minh, "until the new one says yes"
        accept(mentorship=Mentorship.objects.get(state="asked"))
        old.refresh_from_db()
        assert (old.state, old.ending, old.ended_on) == ("ended", "changed", TODAY)
        assert mentor_of(linh).mentor == tuan
        assert mentor_of(linh, date(2026, 3, 1)).mentor != tuan
        assert "mentoring.mentor_followed" in told(minh)
        assert "mentoring.mentor_yes_changed" in told(linh)
        assert Reason.objects.get().person == linh
        assert "past each other" not in str(list(Notice.objects.values()))

    @pytest.mark.both_databases
    def test_one_is_in_force_at_a_time(self, linh, minh, tuan, willing):
        willing(minh)
        pair(linh, minh)
        with pytest.raises(IntegrityError), transaction.atomic():
            Mentorship.objects.create(mentee=linh, mentor=tuan, state="in_force", began_on=TODAY)
        with pytest.raises(IntegrityError), transaction.atomic():
            Mentorship.objects.create(mentee=linh, mentor=linh)

    def test_either_ends_it_and_once(self, linh, minh, willing):
        willing(minh)
        for actor, other, kind in ((linh, minh, "mentee_ended"), (minh, linh, "mentor_ended")):
            one = pair(linh, minh)
            assert [end(mentorship=one, actor=actor, reason="No time."), end(mentorship=one, actor=other)] == [
                True,
                False,
            ]
            assert f"mentoring.{kind}" in told(other)
        assert [one.person for one in Reason.objects.all()] == [linh, minh]


class TestLeaving:
    def test_mentees_of_who_leaves_are_told_and_led_to_the_finder(self, linh, xiaoyu, minh, hoa, thuy, willing):
        willing(minh)
        pair(linh, minh)
        ask(mentee=xiaoyu, mentor=minh)
        leave_company(person=minh, on=date(2026, 3, 1), leaving="voluntary", actor=hoa)
        deliver()
        assert mentor_of(linh).mentor == thuy
        notice = Notice.objects.get(person=linh, kind="mentoring.mentor_left")
        assert notice.link == "/mentors/find/"
        assert Mentorship.objects.filter(state__in=["asked", "in_force"]).count() == 0

    def test_who_is_erased_still_counts_and_no_word_stays(self, linh, minh, quan, willing):
        willing(minh, about="A canary about me.")
        row = ask(mentee=linh, mentor=minh, message="A canary.").mentorship
        accept(mentorship=row, words="A canary too.")
        end(mentorship=row, actor=linh, reason="A third.")
        erase(person=minh, actor=quan)
        deliver()
        row.refresh_from_db()
        assert (row.state, row.message, row.answer) == ("ended", "", "")
        assert Mentorship.objects.filter(mentor=minh).count() == 1
        assert not Willing.objects.exists()
        erase(person=linh, actor=quan)
        deliver()
        assert not Reason.objects.exists()
        assert Mentorship.objects.filter(mentee=linh, state="ended").count() == 1

    def test_erased_within_a_mentorship_it_ends(self, linh, minh, quan, willing):
        willing(minh)
        row = pair(linh, minh)
        erase(person=linh, actor=quan)
        deliver()
        row.refresh_from_db()
        assert (row.state, row.ending) == ("ended", "left")
        assert room_of(minh).free == 2


@pytest.fixture
def quan(hire):
    return hire("Quan", roles=["administrator"])
