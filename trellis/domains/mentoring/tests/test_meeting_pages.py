"""The pages of meetings, as Linh and her mentor use them."""

from datetime import timedelta

import pytest

from trellis.domains.mentoring.actions.mentors import accept, ask
from trellis.domains.mentoring.actions.willing import Offering, be_willing
from trellis.domains.mentoring.models import Meeting, MeetingAction, MeetingTopic, Mentorship
from trellis.domains.mentoring.queries.mentors import mentor_of
from trellis.kit import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(linh, minh):
    be_willing(person=minh, offering=Offering(2, ("en",), ()))
    mentorship = ask(mentee=linh, mentor=minh).mentorship
    accept(mentorship=mentorship)
    return mentorship


def wish(mentor, **changes):
    usual = {"day": "2026-03-09", "starts": "10:00", "minutes": "45", "every": "0", "whom": mentor.pk, "place": "Lab"}
    return {**usual, **changes}


@pytest.fixture
def meeting(two, as_, linh, minh):
    assert as_(linh).post("/meetings/new/", wish(minh)).status_code == 302
    return Meeting.objects.get()


class TestWithWhom:
    """The page of meetings leads to the mentor, whoever that is, and promises nobody who is not there."""

    def test_who_chose_nobody_plans_with_the_leader_also_beside_mentees(
        self, two, as_, minh, tuan, django_assert_max_num_queries
    ):
        minh.manager = tuan
        minh.save()
        client = as_(minh)
        client.get("/")
        with django_assert_max_num_queries(12):
            said = client.get("/meetings/").content.decode()
        assert "With Linh Nguyen" in said
        assert f"With {tuan.name}" in said
        assert "Your team leader is your mentor until you choose somebody else." in said

    def test_who_has_no_leader_is_told_so_and_shown_the_way(self, as_, tuan):
        assert mentor_of(tuan).mentor is None
        said = as_(tuan).get("/meetings/").content.decode()
        assert "You have no mentor now." in said
        assert said.count('href="/mentors/find/"') == 2
        assert "Your team leader is your mentor" not in said


class TestPlanning:
    def test_a_series_is_planned_and_listed_for_both(self, two, as_, linh, minh):
        answer = as_(linh).post("/meetings/new/", wish(minh, every="2", number="3"))
        assert answer["Location"] == "/meetings/"
        assert Meeting.objects.count() == 3
        for reader, other in ((linh, "Minh Tran"), (minh, "Linh Nguyen")):
            for page in ("/meetings/", "/sessions/"):
                assert as_(reader).get(page).content.decode().count(other) >= 3, (reader, page)

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"every": "2"}, "Say how many meetings, or until when."),
            ({"every": "2", "until": "2026-03-01"}, "This day is before the first meeting."),
            ({"every": "1", "number": "60"}, "At most 26 meetings"),
            ({"day": "2026-02-01"}, "This time is over."),
            ({"day": "gibberish"}, "Enter a valid date."),
            ({"minutes": "7"}, "Select a valid choice."),
        ],
    )
    def test_bad_input_gets_a_sentence(self, two, as_, linh, minh, changes, said):
        answer = as_(linh).post("/meetings/new/", wish(minh, **changes))
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert not Meeting.objects.exists()

    def test_another_mentor_since_the_form_was_opened(self, two, as_, linh, thuy):
        answer = as_(linh).post("/meetings/new/", wish(thuy))
        assert answer.status_code == 422
        assert not Meeting.objects.exists()

    def test_a_clash_is_shown_and_insisted_upon(self, meeting, as_, linh, minh, two, xiaoyu):
        be_willing(person=minh, offering=Offering(3, ("en",), ()))
        accept(mentorship=ask(mentee=xiaoyu, mentor=minh).mentorship)
        page = as_(xiaoyu).post("/meetings/new/", wish(minh))
        assert page.status_code == 422
        assert "1 person is expected elsewhere then: Minh Tran." in page.content.decode()
        assert "Linh" not in page.content.decode()
        assert as_(xiaoyu).post("/meetings/new/", wish(minh, anyway="yes")).status_code == 302

    def test_the_next_one_is_asked_for_at_the_hour_and_place_of_the_last(self, meeting, as_, minh, two):
        form = as_(minh).get(f"/mentorships/{two.pk}/meetings/new/").context["form"]
        assert [form[name].value() for name in ("day", "starts", "minutes", "place")] == [None, "10:00", 45, "Lab"]

    def test_the_mentor_reads_when_they_meet_next_or_plans_it(self, two, as_, linh, minh):
        assert f'href="/mentorships/{two.pk}/meetings/new/"' in as_(minh).get("/mentors/").text
        as_(linh).post("/meetings/new/", wish(minh))
        assert f'href="/meetings/{Meeting.objects.get().pk}/"' in as_(minh).get("/mentors/").text

    def test_who_met_is_led_to_the_next_time_and_to_what_is_late(self, meeting, as_, linh):
        at = f"/meetings/{meeting.pk}/"
        MeetingAction.objects.create(meeting=meeting, whose=linh, text="Read it", due_on="2026-03-08")
        before = as_(linh).get(at).text
        assert "Plan the next one" not in before
        assert "was due" not in before
        with clock.moved(to=clock.at_time(clock.today() + timedelta(days=7), 12)):
            after = as_(linh).get(at).text
        assert "Plan the next one" in after
        assert "was due Sun 8 Mar" in after

    def test_with_the_team_leader_by_default(self, as_, linh, thuy):
        assert "leads your team" in as_(linh).get("/meetings/new/").content.decode()
        as_(linh).post("/meetings/new/", wish(thuy))
        assert Mentorship.objects.get().mentor == thuy

    def test_who_has_no_mentor_is_led_to_the_finder(self, as_, tuan):
        assert as_(tuan).get("/meetings/new/")["Location"] == "/mentors/find/"

    def test_the_sessions_page_leads_to_the_meeting(self, meeting, as_, linh, mai):
        assert as_(linh).get(f"/sessions/{meeting.pk}/")["Location"] == f"/meetings/{meeting.pk}/"
        assert as_(mai).get(f"/sessions/{meeting.pk}/").status_code == 403

    def test_moved_and_cancelled(self, meeting, as_, linh, minh):
        at = f"/meetings/{meeting.pk}/"
        sent = {"day": "2026-03-10", "starts": "11:00", "minutes": "45", "seen": "0", "why": "Dentist"}
        assert as_(minh).post(f"{at}move/", sent)["Location"] == at
        before = as_(linh).get(at).content.decode()
        assert "Dentist" in before
        assert "Add the topic" in before
        late = as_(linh).post(f"{at}move/", {**sent, "day": "2026-03-12"})
        assert late.status_code == 422
        assert "moved meanwhile" in late.content.decode()
        as_(linh).post(f"{at}cancel/", {"why": ""})
        after = as_(minh).get(at).content.decode()
        assert "This meeting was cancelled." in after
        for nothing_to_prepare in ("Add the topic", "Take it on", "Keep the notes"):
            assert nothing_to_prepare not in after


class TestMinutes:
    def test_topics_notes_actions_and_a_line_afterwards(self, meeting, as_, linh, minh):
        at = f"/meetings/{meeting.pk}/"
        as_(linh).post(f"{at}topics/", {"topic-text": "See /positions/team-leader/ <b>"})
        as_(linh).post(f"{at}notes/", {"notes-text": "We said **this**", "notes-seen": "0"})
        as_(minh).post(f"{at}actions/", {"action-text": "Send the book", "action-whose": minh.pk})
        as_(linh).post(f"{at}my-note/", {"note-text": "He listens", "note-seen": "0"})
        as_(linh).post(f"{at}afterwards/", {"word-text": "too early"})
        page = as_(minh).get(at).content.decode()
        assert "<strong>this</strong>" in page
        assert "&lt;b&gt;" in page
        assert "Send the book" in page
        assert "He listens" not in page
        assert "too early" not in page
        with clock.moved(to=clock.at_time(clock.today() + timedelta(days=7), 11)):
            as_(linh).post(f"{at}afterwards/", {"word-text": "The example helped"})
            assert "The example helped" in as_(minh).get(at).content.decode()

    def test_two_who_write_at_once_see_both_texts(self, meeting, as_, linh, minh):
        at = f"/meetings/{meeting.pk}/notes/"
        as_(linh).post(at, {"notes-text": "Words of Linh", "notes-seen": "0"})
        page = as_(minh).post(at, {"notes-text": "Words of Minh", "notes-seen": "0"})
        assert page.status_code == 409
        assert "Words of Linh" in page.content.decode()
        assert "Words of Minh" in page.content.decode()
        assert as_(minh).post(at, {"notes-text": "Both", "notes-seen": "1"}).status_code == 302

    def test_what_is_too_long_or_empty_is_said(self, meeting, as_, linh):
        at = f"/meetings/{meeting.pk}/"
        for path, sent in (("topics/", {"topic-text": ""}), ("actions/", {"action-text": "x" * 201})):
            assert as_(linh).post(f"{at}{path}", sent).status_code == 422
        assert as_(linh).post(f"{at}notes/", {"notes-text": "x" * 20_001, "notes-seen": "0"}).status_code == 422

    def test_an_action_is_ticked_put_on_the_board_once_and_dropped_by_its_owner(self, meeting, as_, linh, minh):
        from trellis.domains.growth.models import Card

        at = f"/meetings/{meeting.pk}/"
        as_(minh).post(
            f"{at}actions/", {"action-text": "Ask Mai", "action-whose": linh.pk, "action-due_on": "2026-03-20"}
        )
        action = MeetingAction.objects.get()
        for _twice in range(2):
            as_(linh).post(f"/meeting-actions/{action.pk}/card/")
        card = Card.objects.get()
        assert (card.title, card.due_on.isoformat(), card.column.board.owner) == ("Ask Mai", "2026-03-20", linh)
        assert as_(minh).post(f"/meeting-actions/{action.pk}/card/").status_code == 403
        as_(minh).post(f"/meeting-actions/{action.pk}/tick/", {"done": "yes", "on": meeting.pk})
        assert "done on" in as_(linh).get(at).content.decode()
        assert as_(minh).post(f"/meeting-actions/{action.pk}/drop/").status_code == 403
        as_(linh).post(f"/meeting-actions/{action.pk}/drop/")
        assert not MeetingAction.objects.exists()

    def test_nobody_else_opens_anything(self, meeting, as_, linh, minh, thuy, mai, hoa, tuan):
        MeetingTopic.objects.create(meeting=meeting, author=linh, text="x")
        take = MeetingAction.objects.create(meeting=meeting, whose=linh, text="x")
        for person in (thuy, mai, hoa, tuan):
            for path in ("", "move/", "cancel/"):
                assert as_(person).get(f"/meetings/{meeting.pk}/{path}").status_code == 403
            for path in (f"meetings/{meeting.pk}/notes/", f"meeting-actions/{take.pk}/tick/"):
                assert as_(person).post(f"/{path}").status_code == 403
            assert as_(person).get(f"/mentorships/{meeting.mentorship_id}/times/").status_code == 403
