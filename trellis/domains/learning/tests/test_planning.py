"""Planning runs: clashes, insisting, and the queue for a place."""

from datetime import date, timedelta
from threading import Thread

import pytest
from django.db import connection
from django.utils.timezone import localtime

from trellis.domains.learning import actions
from trellis.domains.learning.actions.places import let_go_who_left
from trellis.domains.learning.models import Course, Enrolment, InQueue, Offering
from trellis.domains.people.actions.history import leave
from trellis.domains.sessions import actions as sessions_actions
from trellis.domains.sessions.models import Room, Session
from trellis.kit import clock
from trellis.kit.journal.models import Entry
from trellis.kit.notices.models import Notice

pytestmark = pytest.mark.django_db
NEW = "/courses/feedback/offerings/new/"


@pytest.fixture
def lotus(db):
    return Room.objects.create(name="Lotus", site="Hanoi", capacity=12)


@pytest.fixture
def form(mai, lotus):
    """Three Mondays from 9 March, from two to four, in Lotus, by Mai."""
    times = {"first_day": "2026-03-09", "starts": "14:00", "ends": "16:00", "number": "3"}
    return {"name": "Spring", "places": "12", "teachers": [mai.pk], "room": lotus.pk, **times}


@pytest.fixture
def taken(lotus, minh, mai):
    """Lotus on 16 March from three to five, hosted by Minh."""
    series = sessions_actions.open_series(name="Town hall", kind="event", actor=mai)
    starts = clock.at_time(date(2026, 3, 16), 15)
    return sessions_actions.schedule(
        series=series,
        title="",
        starts_at=starts,
        ends_at=starts + timedelta(hours=2),
        hosts=[minh],
        room=lotus,
        actor=mai,
    )


def rows(page):
    """The rows of the plan as a browser would send them."""
    draft = page.context["draft"]
    return {
        f"{row.name}-{part}": getattr(row, part)
        for row in draft.rows
        for part in ("day", "starts", "ends", "room", "host")
    }


class TestPlanning:
    def test_the_days_are_shown_before_anything_is_made(self, as_, course, form, mai):
        page = as_(mai).post(NEW, {**form, "step": "dates"})
        assert [row.day for row in page.context["draft"].rows] == ["2026-03-09", "2026-03-16", "2026-03-23"]
        assert "Nothing clashes" in page.content.decode()
        assert not Offering.objects.exists()

    def test_a_taken_room_is_refused_and_named(self, as_, course, form, taken, mai):
        page = as_(mai).post(NEW, {**form, "step": "open"})
        assert page.status_code == 422
        assert "Lotus, Hanoi is taken: “Town hall”, 15:00–17:00." in page.content.decode()
        assert not Offering.objects.exists()

    def test_one_session_is_put_elsewhere_and_all_is_open(self, as_, course, form, taken, mai):
        page = as_(mai).post(NEW, {**form, "step": "dates"})
        as_(mai).post(NEW, {**form, **rows(page), "r2-starts": "09:00", "r2-ends": "11:00", "step": "open"})
        starts = Session.objects.filter(series__offering__name="Spring").values_list("starts_at", flat=True)
        assert [localtime(start).hour for start in starts] == [14, 9, 14]

    def test_who_insists_says_why_and_it_stays_with_the_session(self, as_, course, form, taken, mai):
        as_(mai).post(NEW, {**form, "step": "open", "because": "The town hall moves"})
        kept = Session.objects.get(series__offering__name="Spring", kept_because="The town hall moves")
        assert (kept.kept_by, kept.title) == (mai, "Giving feedback 2")
        entry = Entry.objects.get(kind="sessions.kept_in_spite")
        assert (entry.actor, entry.facts["session"], entry.facts["clashes"]) == (mai, kept.pk, "room")
        assert Session.objects.filter(kept_because="").count() == 3

    def test_a_session_left_out_is_not_made(self, as_, course, form, mai):
        page = as_(mai).post(NEW, {**form, "step": "dates"})
        as_(mai).post(NEW, {**form, **rows(page), "r2-out": "1", "step": "open"})
        titles = Session.objects.values_list("title", flat=True)
        assert list(titles) == ["Giving feedback 1", "Giving feedback 2"]
        assert Offering.objects.get().ends_on == date(2026, 3, 23)

    def test_a_double_click_opens_one(self, as_, course, form, mai):
        for _click in range(2):
            as_(mai).post(NEW, {**form, "step": "open"})
        assert Offering.objects.count() == 1
        assert Session.objects.count() == 3

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"ends": "13:00"}, "The end has to be after the start."),
            ({"first_day": "2026-02-27"}, "This day is over."),
            ({"number": "400"}, "A series has at most 100 sessions."),
            ({"number": ""}, "Say how many sessions there are, or until which day."),
            ({"until": "2026-03-01"}, "The last day lies before the first one."),
            ({"skip": "30 April"}, "“30” is no day. Write it as 2026-04-30."),
            ({"places": "13", "step": "open"}, "Lotus, Hanoi is too small: 1 person more is expected than it holds."),
            ({"room": "999"}, "Select a valid choice."),
        ],
    )
    def test_what_makes_no_sense_is_said(self, as_, course, form, mai, change, said):
        page = as_(mai).post(NEW, {**form, **change})
        assert page.status_code == 422
        assert said in page.content.decode()
        assert not Offering.objects.exists()

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"r2-day": "tomorrow"}, "Write the day as 2026-04-30."),
            ({"r2-day": "2026-02-31"}, "Write the day as 2026-04-30."),
            ({"r2-starts": "25:00"}, "Write the time as 14:00."),
            ({"r2-ends": "13:00"}, "The end has to be after the start."),
            ({"r2-day": "2026-02-27"}, "This day is over."),
        ],
    )
    def test_so_it_is_of_single_sessions(self, as_, course, form, mai, change, said):
        page = as_(mai).post(NEW, {**form, "step": "dates"})
        page = as_(mai).post(NEW, {**form, **rows(page), **change, "step": "open"})
        assert page.status_code == 422
        assert said in page.content.decode()
        assert not Offering.objects.exists()

    def test_a_room_that_was_retired_meanwhile(self, as_, course, form, lotus, mai):
        page = as_(mai).post(NEW, {**form, "step": "dates"})
        sent = rows(page)
        Room.objects.update(retired_on=clock.today())
        page = as_(mai).post(NEW, {**form, **sent, "room": "", "step": "open"})
        assert "This room is out of use. Choose another one." in page.content.decode()

    def test_an_hour_that_does_not_exist(self, as_, course, form, mai, settings):
        from django.utils import timezone

        with timezone.override("Europe/Berlin"):
            page = as_(mai).post(
                NEW, {**form, "first_day": "2026-03-29", "starts": "02:30", "ends": "04:00", "step": "open"}
            )
        assert "This hour does not exist" in page.content.decode()

    def test_usual_teachers_are_proposed(self, as_, course, mai, minh):
        as_(mai).post("/courses/feedback/teachers/", {"teachers": [mai.pk]})
        assert "Mai Pham (usual)" in as_(mai).get(NEW).content.decode()


class TestQueue:
    @pytest.fixture
    def full(self, run, minh, mai, course):
        """One place, which is Minh's, in a run that is still under way."""
        offering = run(places=1)
        Offering.objects.filter(pk=offering.pk).update(ends_on="2026-03-30")
        offering.refresh_from_db()
        actions.take_place(offering=offering, person=minh, actor=minh)
        return offering

    def test_the_first_who_waits_moves_up_and_is_told(self, full, linh, xiaoyu, minh):
        for person in (linh, xiaoyu):
            assert actions.take_place(offering=full, person=person, actor=person).code == "waiting"
        actions.withdraw(offering=full, person_ids=[minh.pk], actor=minh)
        assert Enrolment.objects.get(withdrawn_at=None).person == linh
        assert list(Notice.objects.filter(person=linh).values_list("kind", flat=True)) == ["learning.moved_up"]
        assert InQueue.objects.get(ended_at=None).person == xiaoyu

    def test_who_left_the_company_has_neither_place_nor_turn(self, full, linh, xiaoyu, minh, mai):
        for person in (linh, xiaoyu):
            actions.take_place(offering=full, person=person, actor=person)
        for person in (minh, linh):
            assert leave(person=person, on=clock.today(), leaving="voluntary", actor=mai).done
        with clock.moved(to=clock.today() + timedelta(days=1)):
            assert let_go_who_left() == 1
        here = Enrolment.objects.filter(offering=full, withdrawn_at=None)
        assert [one.person for one in here] == [xiaoyu]

    def test_more_places_let_the_queue_move_up(self, as_, full, linh, xiaoyu, mai):
        for person in (linh, xiaoyu):
            actions.take_place(offering=full, person=person, actor=person)
        as_(mai).post(f"/offerings/{full.pk}/edit/", {"name": "Spring", "places": "2", "teachers": [mai.pk]})
        assert set(full.enrolments.values_list("person", flat=True)) >= {linh.pk}
        assert InQueue.objects.get(ended_at=None).person == xiaoyu

    def test_fewer_places_than_people_is_refused(self, as_, full, mai, linh):
        actions.change_offering(offering=full, name="S", places=2, book_until=None, teachers=[mai], actor=mai)
        actions.take_place(offering=full, person=linh, actor=linh)
        page = as_(mai).post(f"/offerings/{full.pk}/edit/", {"name": "S", "places": "1", "teachers": [mai.pk]})
        assert "2 people have a place already" in page.content.decode()

    def test_the_page_says_the_own_turn(self, as_, full, linh, xiaoyu):
        as_(xiaoyu).post(f"/offerings/{full.pk}/join/")
        as_(linh).post(f"/offerings/{full.pk}/join/")
        assert "you wait as number 2" in as_(linh).get(f"/offerings/{full.pk}/").content.decode()
        as_(linh).post(f"/offerings/{full.pk}/leave/")
        assert InQueue.objects.filter(ended_at=None).count() == 1

    def test_after_the_last_day_nobody_takes_a_place(self, as_, full, linh):
        Offering.objects.filter(pk=full.pk).update(book_until="2026-03-01", places=5)
        page = as_(linh).post(f"/offerings/{full.pk}/join/", follow=True)
        assert "Places of this run are no longer given" in page.content.decode()
        assert not linh.enrolments.exists()

    def test_who_is_enrolled_by_the_academy_waits_no_longer(self, full, linh, mai):
        actions.take_place(offering=full, person=linh, actor=linh)
        actions.change_offering(offering=full, name="S", places=1, book_until=None, teachers=[mai], actor=mai)
        Offering.objects.filter(pk=full.pk).update(places=2)
        actions.enrol(offering=full, person_ids=[linh.pk], way_in="staff", actor=mai)
        assert not InQueue.objects.filter(ended_at=None).exists()


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_as_many_have_a_place_as_there_are(run, hire, linh, minh, xiaoyu, thuy, hoa, mai):
    if connection.vendor == "sqlite":
        pytest.skip("the tests' database in memory knows no second connection that waits")
    offering = run(places=2)
    Offering.objects.filter(pk=offering.pk).update(ends_on="2026-03-30")
    codes = []

    def ask(person):
        try:
            codes.append(actions.take_place(offering=offering, person=person, actor=person).code)
        finally:
            connection.close()

    threads = [Thread(target=ask, args=[person]) for person in (linh, minh, xiaoyu, thuy, hoa)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(codes) == ["booked", "booked", "waiting", "waiting", "waiting"]
    assert Enrolment.objects.filter(withdrawn_at=None).count() == 2


@pytest.mark.both_databases
def test_runs_planned_together_clash_among_each_other(course, lotus, mai, minh):
    other = Course.objects.create(code="english", name="English", kind="soft")
    starts = clock.at_time(date(2026, 3, 9), 14)
    meeting = sessions_actions.PlannedSession("", starts, starts + timedelta(hours=2), (mai,), room=lotus)
    elsewhere = sessions_actions.PlannedSession("", starts, starts + timedelta(hours=2), (minh,))
    wanted = [
        actions.WantedOffering(course, "A", 10, (mai,), (meeting,)),
        actions.WantedOffering(other, "B", 10, (mai,), (elsewhere, meeting)),
    ]
    outcome = actions.plan_offerings(wanted=wanted, actor=mai)
    assert {(c.kind, c.planned, c.other) for c in outcome.clashes} == {
        ("room", -1, -3), ("host", -1, -3), ("room", -3, -1), ("host", -3, -1),
    }  # fmt: skip
    assert not Offering.objects.exists()
    kept = actions.plan_offerings(wanted=wanted, because="Both halves of one room", actor=mai)
    assert len(kept.offerings) == 2
    assert Session.objects.filter(kept_because="Both halves of one room").count() == 2
