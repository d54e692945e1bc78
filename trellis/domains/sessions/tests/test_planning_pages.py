"""Rooms, bookings, shifts and changes of many sessions, as the office and people do them in the browser."""

from datetime import date, time, timedelta
from threading import Thread

import pytest
from django.db import IntegrityError, connection, transaction

from trellis.domains.sessions import actions, queries
from trellis.domains.sessions.models import Booking, OnShift, Room, Series, Session, Shift
from trellis.kit import clock
from trellis.kit.journal.models import Entry
from trellis.kit.notices.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def lotus(db):
    return Room.objects.create(name="Lotus", site="Hanoi", capacity=12)


@pytest.fixture
def taken(lotus, minh, mai):
    """Lotus on 16 March from two to four."""
    town_hall = actions.open_series(name="Town hall", kind="event", actor=mai)
    starts = clock.at_time(date(2026, 3, 16), 14)
    return actions.schedule(
        series=town_hall,
        title="",
        starts_at=starts,
        ends_at=starts + timedelta(hours=2),
        hosts=[minh],
        room=lotus,
        actor=mai,
    )


@pytest.fixture
def talk(mai, lotus):
    """A talk on 9 March at noon with two places."""
    starts = clock.at_time(date(2026, 3, 9), 12)
    planned = [actions.PlannedSession("", starts, starts + timedelta(hours=1), (mai,), room=lotus)]
    return actions.open_event(
        name="Light at night", names={"zh-hans": "夜里的光"}, planned=planned, places=2, days_before=0, actor=mai
    ).sessions[0]


class TestOneSession:
    @pytest.fixture
    def form(self, lotus, mai):
        times = {"day": "2026-03-16", "starts": "15:00", "ends": "17:00"}
        return {"title": "Extra", "room": lotus.pk, "hosts": [mai.pk], **times}

    def test_a_taken_room_is_refused_and_kept_with_a_reason(self, as_, series, taken, form, mai):
        page = as_(mai).post(f"/series/{series.pk}/sessions/new/", form)
        assert page.status_code == 422
        assert "Lotus, Hanoi is taken: “Town hall”, 14:00–16:00." in page.content.decode()
        assert not series.sessions.exists()
        as_(mai).post(f"/series/{series.pk}/sessions/new/", {**form, "because": "They leave early"})
        kept = series.sessions.get()
        assert (kept.kept_because, kept.kept_by, kept.where) == ("They leave early", mai, "Lotus, Hanoi")
        assert "They leave early" in as_(mai).get(f"/sessions/{kept.pk}/").content.decode()

    def test_a_host_cannot_be_in_two_places(self, as_, series, taken, form, mai, minh):
        taken.hosts.set([mai])
        page = as_(mai).post(f"/series/{series.pk}/sessions/new/", {**form, "room": ""})
        assert "Mai Pham cannot host both" in page.content.decode()

    def test_who_is_elsewhere_is_told_and_does_not_stand_in_the_way(self, as_, series, members, taken, form, mai, linh):
        actions.take_in(series=taken.series, person_ids=[linh.pk], actor=mai)
        page = as_(mai).post(f"/series/{series.pk}/sessions/new/", {**form, "room": ""}, follow=True)
        assert "2 people are expected elsewhere then: Linh Nguyen, Minh Tran." in page.content.decode()
        assert series.sessions.count() == 1

    def test_moving_into_a_taken_room_is_refused_too(self, as_, mondays, taken, lotus, mai):
        form = {"title": "Moved", "day": "2026-03-16", "starts": "15:00", "ends": "17:00", "hosts": [mai.pk]}
        sent = {**form, "room": lotus.pk, "seen": 0}
        page = as_(mai).post(f"/sessions/{mondays[2].pk}/edit/", sent)
        assert "Lotus, Hanoi is taken" in page.content.decode()
        assert Session.objects.get(pk=mondays[2].pk).room is None
        as_(mai).post(f"/sessions/{mondays[2].pk}/edit/", {**sent, "because": "Both are small"})
        moved = Session.objects.get(pk=mondays[2].pk)
        assert (moved.room, moved.kept_because) == (lotus, "Both are small")

    def test_a_session_stays_where_it_is_without_clashing_with_itself(self, as_, taken, lotus, minh, mai):
        form = {"title": "Longer", "day": "2026-03-16", "starts": "14:00", "ends": "17:00", "hosts": [minh.pk]}
        as_(mai).post(f"/sessions/{taken.pk}/edit/", {**form, "room": lotus.pk, "seen": 0})
        assert Session.objects.get(pk=taken.pk).title == "Longer"

    def test_days_gone_are_no_plan(self, as_, series, form, mai):
        page = as_(mai).post(f"/series/{series.pk}/sessions/new/", {**form, "day": "2026-02-16"})
        assert "This day is over." in page.content.decode()


class TestFollowing:
    @pytest.fixture
    def form(self, mai):
        return {"shift_days": "1", "starts": "09:00", "ends": "11:00", "place": "Hall", "hosts": [mai.pk]}

    def test_this_and_all_that_follow_move_and_what_was_before_stays(self, as_, mondays, members, form, mai):
        as_(mai).post(f"/sessions/{mondays[1].pk}/following/", form)
        days = [f"{s.starts_at.astimezone(clock.now().tzinfo):%m-%d}" for s in Session.objects.order_by("pk")]
        assert days == ["02-23", "03-03", "03-10"]
        assert set(Session.objects.filter(place="Hall").values_list("pk", flat=True)) == {
            mondays[1].pk,
            mondays[2].pk,
        }

    def test_one_clash_stops_them_all(self, as_, mondays, taken, lotus, form, mai):
        form |= {"shift_days": "7", "starts": "14:00", "ends": "16:00", "room": lotus.pk, "place": ""}
        page = as_(mai).post(f"/sessions/{mondays[1].pk}/following/", form)
        assert page.status_code == 422
        assert "Lotus, Hanoi is taken" in page.content.decode()
        assert not Session.objects.filter(room=lotus).exclude(pk=taken.pk).exists()


class TestBooking:
    def test_everybody_sees_it_and_takes_a_place_once(self, as_, talk, linh):
        assert "Light at night" in as_(linh).get("/sessions/open/").content.decode()
        for _click in range(2):
            as_(linh).post(f"/sessions/{talk.pk}/book/")
        assert Booking.objects.get().person == linh
        assert list(queries.expected(talk)) == [linh]
        assert talk in queries.sessions_of(linh)

    def test_the_third_waits_and_moves_up_when_a_place_is_given_back(self, as_, talk, linh, minh, xiaoyu):
        for person in (linh, minh):
            actions.book(session=talk, person=person, actor=person)
        page = as_(xiaoyu).post(f"/sessions/{talk.pk}/book/", follow=True)
        assert "number 1" in page.content.decode()
        as_(linh).post(f"/sessions/{talk.pk}/give-back/")
        assert set(queries.expected(talk)) == {minh, xiaoyu}
        assert Notice.objects.get(person=xiaoyu).kind == "sessions.moved_up"
        assert Entry.objects.filter(kind="sessions.moved_up", about=xiaoyu).exists()

    def test_more_places_let_the_queue_move_up_and_fewer_take_none_back(self, as_, talk, linh, minh, xiaoyu, mai):
        for person in (linh, minh, xiaoyu):
            actions.book(session=talk, person=person, actor=person)
        as_(mai).post(f"/sessions/{talk.pk}/bookings/", {"places": "3"})
        assert queries.expected(talk).count() == 3
        as_(mai).post(f"/sessions/{talk.pk}/bookings/", {"places": "1"})
        talk.refresh_from_db()
        assert queries.expected(talk).count() == 3

    def test_after_the_last_moment_places_are_no_longer_given(self, as_, talk, linh):
        Session.objects.update(book_until=clock.at_time(date(2026, 3, 1), 12))
        page = as_(linh).post(f"/sessions/{talk.pk}/book/", follow=True)
        assert "Places are no longer given." in page.content.decode()
        assert not Booking.objects.exists()

    def test_a_make_up_with_places_is_for_who_missed_the_session(self, mondays, members, linh, minh, mai):
        actions.mark(session=mondays[0], person_id=linh.pk, value="absent", actor=mai)
        starts = clock.at_time(date(2026, 3, 12), 14)
        planned = actions.PlannedSession("", starts, starts + timedelta(hours=2), (mai,))
        make_up = actions.plan_one(
            series=mondays[0].series, planned=planned, makes_up=mondays[0], places=5, actor=mai
        ).sessions[0]
        assert actions.book(session=make_up, person=minh, actor=minh).code == "not_concerned"
        assert actions.book(session=make_up, person=linh, actor=linh).code == "booked"
        assert list(queries.expected(make_up)) == [linh]

    def test_who_booked_is_marked_like_anybody(self, talk, linh, mai):
        actions.book(session=talk, person=linh, actor=linh)
        with clock.moved(to=date(2026, 3, 9)):
            assert actions.mark(session=talk, person_id=linh.pk, value="present", actor=mai).ok

    def test_an_event_is_opened_once_by_a_double_click(self, as_, lotus, mai):
        form = {"name": "Talk", "first_day": "2026-03-10", "number": "2", "starts": "12:00", "ends": "13:00"}
        form |= {"places": "10", "days_before": "1", "hosts": [mai.pk], "room": lotus.pk, "step": "open"}
        for _click in range(2):
            as_(mai).post("/sessions/events/new/", form)
        assert Series.objects.filter(name="Talk").count() == 1
        first = Session.objects.order_by("starts_at").first()
        assert (first.places, first.starts_at - first.book_until) == (10, timedelta(days=1))

    def test_more_places_than_the_room_holds_are_refused(self, as_, lotus, mai):
        form = {"name": "Talk", "first_day": "2026-03-10", "number": "1", "starts": "12:00", "ends": "13:00"}
        form |= {"places": "13", "days_before": "0", "hosts": [mai.pk], "room": lotus.pk, "step": "open"}
        page = as_(mai).post("/sessions/events/new/", form)
        assert "Lotus, Hanoi is too small" in page.content.decode()
        assert not Series.objects.filter(name="Talk").exists()

    @pytest.mark.both_databases
    def test_the_database_knows_one_booking_a_person(self, talk, linh):
        Booking.objects.create(session=talk, person=linh)
        with pytest.raises(IntegrityError), transaction.atomic():
            Booking.objects.create(session=talk, person=linh, is_waiting=True)


def at_once(*tasks):
    """Run them in threads of their own, each with its connection."""

    def run(task):
        try:
            task()
        finally:
            connection.close()

    threads = [Thread(target=run, args=[task]) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_of_five_at_once_two_have_a_place(talk, linh, minh, xiaoyu, thuy, hoa):
    if connection.vendor == "sqlite":
        pytest.skip("the tests' database in memory knows no second connection that waits")
    people = (linh, minh, xiaoyu, thuy, hoa)
    at_once(*[lambda p=p: actions.book(session=talk, person=p, actor=p) for p in people])
    assert Booking.objects.filter(is_waiting=False).count() == 2
    assert Booking.objects.filter(is_waiting=True).count() == 3


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_of_two_who_plan_the_same_room_at_once_one_is_refused(lotus, series, mai, minh):
    if connection.vendor == "sqlite":
        pytest.skip("the tests' database in memory knows no second connection that waits")
    starts = clock.at_time(date(2026, 3, 20), 14)
    outcomes = []

    def plan(host):
        planned = actions.PlannedSession(host.name, starts, starts + timedelta(hours=1), (host,), room=lotus)
        outcomes.append(actions.plan(series=series, planned=[planned], actor=host).ok)

    at_once(lambda: plan(mai), lambda: plan(minh))
    assert sorted(outcomes) == [False, True]
    assert Session.objects.filter(room=lotus).count() == 1


class TestRooms:
    def test_a_room_is_written_down_and_changed(self, as_, mai):
        form = {"name": "Willow", "chinese_name": "柳", "site": "Da Nang", "capacity": "8", "equipment": "Screen"}
        as_(mai).post("/rooms/new/", form)
        room = Room.objects.get()
        assert (str(room), room.names) == ("Willow, Da Nang", {"zh-hans": "柳"})
        as_(mai).post(f"/rooms/{room.pk}/edit/", {**form, "capacity": "10"})
        assert Room.objects.get().capacity == 10

    @pytest.mark.parametrize(
        ("change", "said"),
        [({"capacity": "0"}, "Write a number from 1 to 5000."), ({"name": "Lotus"}, "There is a room of this name")],
    )
    def test_what_makes_no_sense_is_said(self, as_, lotus, mai, change, said):
        form = {"name": "Willow", "site": "Hanoi", "capacity": "8", **change}
        page = as_(mai).post("/rooms/new/", form)
        assert page.status_code == 422
        assert said in page.content.decode()

    def test_its_week_shows_what_takes_place(self, as_, taken, lotus, mai):
        assert "Town hall" in as_(mai).get(f"/rooms/{lotus.pk}/?week=2026-03-18").content.decode()
        assert "Town hall" not in as_(mai).get(f"/rooms/{lotus.pk}/?week=someday").content.decode()

    def test_it_is_retired_once_nothing_is_planned_in_it(self, as_, taken, lotus, mai):
        page = as_(mai).post(f"/rooms/{lotus.pk}/use/", {"use": "no"}, follow=True)
        assert "1 session is still to take place here." in page.content.decode()
        actions.cancel(session=taken, reason="", actor=mai)
        as_(mai).post(f"/rooms/{lotus.pk}/use/", {"use": "no"})
        assert lotus not in queries.rooms_in_use()
        as_(mai).post(f"/rooms/{lotus.pk}/use/", {"use": "again"})
        assert lotus in queries.rooms_in_use()


class TestShifts:
    @pytest.fixture
    def early(self, db):
        return Shift.objects.create(name="Early", weekdays="12345", from_time=time(6), to_time=time(14))

    def test_people_are_put_on_a_shift_by_their_ids(self, as_, early, linh, minh, hoa):
        late = Shift.objects.create(name="Late", weekdays="12345", from_time=time(14), to_time=time(22))
        as_(hoa).post(f"/shifts/{early.pk}/people/", {"employee_ids": "E-linh E-minh"})
        with clock.moved(to=date(2026, 3, 10)):
            as_(hoa).post(f"/shifts/{late.pk}/people/", {"employee_ids": "E-linh"})
            assert OnShift.objects.get(person=linh, ended_on=None).shift == late
        assert queries.shifts_of([linh.pk, minh.pk], date(2026, 3, 9))[linh.pk].begins == time(6)
        assert queries.shifts_of([linh.pk, minh.pk], date(2026, 3, 10))[linh.pk].begins == time(14)

    def test_an_unknown_id_is_named_and_nobody_moved(self, as_, early, linh, hoa):
        page = as_(hoa).post(f"/shifts/{early.pk}/people/", {"employee_ids": "E-linh E-ghost"})
        assert "E-ghost" in page.content.decode()
        assert not OnShift.objects.exists()

    def test_a_shift_is_written_down(self, as_, hoa):
        form = {"name": "Night", "days": ["4", "5"], "from_time": "22:00", "to_time": "06:00"}
        as_(hoa).post("/shifts/new/", form)
        assert Shift.objects.get().weekdays == "56"
        assert as_(hoa).post("/shifts/new/", {**form, "name": "No", "to_time": "22:00"}).status_code == 422

    def test_planning_warns_of_those_who_do_not_work_then(self, early, members, mai, series):
        actions.put_on_shift(shift=early, person_ids=[p.pk for p in members], actor=mai)
        starts = clock.at_time(date(2026, 3, 9), 15)
        plan = actions.PlannedSession("", starts, starts + timedelta(hours=2), (mai,), people=frozenset(
            p.pk for p in members
        ))  # fmt: skip
        (clash,) = actions.speaks_against([plan])
        assert (clash.kind, len(clash.who)) == ("hours", 3)


def test_a_plan_is_looked_at_in_a_bounded_number_of_statements(
    series, mondays, members, lotus, mai, django_assert_max_num_queries
):
    starts = clock.at_time(date(2026, 3, 9), 14)
    hours = timedelta(hours=2)
    people = frozenset(p.pk for p in members)
    many = [
        actions.PlannedSession(
            "", starts + timedelta(days=n), starts + timedelta(days=n) + hours, (mai,), "", "", lotus
        )
        for n in range(30)
    ]
    with django_assert_max_num_queries(7):
        actions.speaks_against([*many, actions.PlannedSession("", starts, starts + hours, (mai,), people=people)])
