from datetime import date
from threading import Thread

import pytest
from django.db import IntegrityError, connection, transaction

from trellis.domains.sessions import actions, queries
from trellis.domains.sessions.events import AttendanceCompleted
from trellis.domains.sessions.models import Mark, Member
from trellis.domains.sessions.rules import Wish
from trellis.kit import clock
from trellis.kit.journal.models import Entry
from trellis.kit.notices.models import Notice

pytestmark = pytest.mark.django_db


def current(session, person):
    return Mark.objects.get(session=session, person=person, is_current=True)


def attendance(series, person):
    return queries.attendance([series.pk], [person.pk])[series.pk, person.pk]


class TestMarking:
    def test_a_mark_is_one_fact_in_the_journal(self, mondays, members, linh, mai):
        outcome = actions.mark(session=mondays[0], person_id=linh.pk, value="present", actor=mai)
        assert outcome.ok
        entry = Entry.objects.get(kind="sessions.marked")
        assert (entry.actor, entry.about, entry.facts["value"]) == (mai, linh, "present")

    def test_a_correction_replaces_and_keeps_what_it_replaces(self, mondays, members, linh, mai):
        first = actions.mark(session=mondays[1], person_id=linh.pk, value="absent", actor=mai)
        second = actions.mark(session=mondays[1], person_id=linh.pk, value="late", actor=mai, seen=first.mark_id)
        assert second.code == "marked"
        assert current(mondays[1], linh).replaces_id == first.mark_id
        assert Mark.objects.count() == 2

    def test_after_a_day_a_correction_needs_its_reason(self, mondays, members, linh, mai):
        actions.mark(session=mondays[0], person_id=linh.pk, value="absent", actor=mai)
        refused = actions.mark(session=mondays[0], person_id=linh.pk, value="present", actor=mai)
        assert refused.code == "reason_needed"
        assert current(mondays[0], linh).value == "absent"
        taken = actions.mark(session=mondays[0], person_id=linh.pk, value="present", actor=mai, reason="Came by bus")
        assert taken.ok
        assert current(mondays[0], linh).reason == "Came by bus"

    def test_asking_twice_marks_once(self, mondays, members, linh, mai):
        for _click in range(2):
            assert actions.mark(session=mondays[0], person_id=linh.pk, value="present", actor=mai, seen=0).ok
        assert Mark.objects.count() == 1

    @pytest.mark.parametrize(
        ("monday", "who", "code"), [(2, "linh", "too_early"), (1, "thuy", "not_expected"), (1, "mai", "not_expected")]
    )
    def test_who_cannot_be_marked(self, request, mondays, members, mai, monday, who, code):
        person = request.getfixturevalue(who)
        outcome = actions.mark(session=mondays[monday], person_id=person.pk, value="present", actor=mai)
        assert outcome.code == code
        assert not Mark.objects.exists()

    def test_nobody_marks_themselves(self, mondays, members, linh):
        assert actions.mark(session=mondays[1], person_id=linh.pk, value="present", actor=linh).code == "oneself"

    @pytest.mark.both_databases
    def test_the_database_refuses_marks_by_oneself_and_two_current_ones(self, mondays, members, linh, mai):
        with pytest.raises(IntegrityError), transaction.atomic():
            Mark.objects.create(session=mondays[0], person=linh, value="present", marked_by=linh)
        Mark.objects.create(session=mondays[0], person=linh, value="present", marked_by=mai)
        with pytest.raises(IntegrityError), transaction.atomic():
            Mark.objects.create(session=mondays[0], person=linh, value="late", marked_by=mai)

    def test_a_cancelled_session_takes_no_marks(self, mondays, members, linh, mai):
        actions.cancel(session=mondays[1], reason="Ill", actor=mai)
        assert actions.mark(session=mondays[1], person_id=linh.pk, value="present", actor=mai).code == "cancelled"

    def test_everyone_else_is_here(self, mondays, members, linh, mai):
        actions.mark(session=mondays[1], person_id=linh.pk, value="absent", actor=mai)
        outcomes = actions.mark_rest_present(session=mondays[1], actor=mai)
        assert len(outcomes) == 2
        assert current(mondays[1], linh).value == "absent"
        assert Mark.objects.filter(value="present").count() == 2


@pytest.mark.both_databases
class TestTwoAtOnce:
    def test_who_comes_second_is_told_what_the_first_wrote(self, mondays, members, linh, mai, thuy):
        seen_by_both = 0
        actions.mark(session=mondays[1], person_id=linh.pk, value="late", actor=mai, seen=seen_by_both)
        outcome = actions.mark(session=mondays[1], person_id=linh.pk, value="absent", actor=thuy, seen=seen_by_both)
        assert (outcome.code, outcome.value, outcome.marked_by) == ("conflict", "late", mai.pk)
        assert current(mondays[1], linh).value == "late"

    def test_everyone_else_does_not_overwrite_what_came_meanwhile(self, mondays, members, linh, mai, thuy):
        actions.mark(session=mondays[1], person_id=linh.pk, value="absent", actor=thuy)
        stale = {linh.pk: Wish("present", seen=0)}
        assert actions.mark_all(session=mondays[1], wishes=stale, actor=mai)[linh.pk].code == "conflict"
        assert current(mondays[1], linh).value == "absent"


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_of_two_threads_one_writes_and_the_other_is_told(mondays, members, linh, mai, thuy):
    if connection.vendor == "sqlite":
        pytest.skip("the tests' database in memory knows no second connection that waits")
    outcomes = []

    def run(value, actor):
        try:
            outcomes.append(actions.mark(session=mondays[1], person_id=linh.pk, value=value, actor=actor, seen=0))
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in (("late", mai), ("absent", thuy))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcome.code for outcome in outcomes) == ["conflict", "marked"]
    assert Mark.objects.filter(is_current=True).count() == 1


class TestMakeUps:
    def test_its_register_lists_those_who_missed_the_original(self, mondays, members, hold, linh, xiaoyu, mai):
        actions.mark(session=mondays[0], person_id=linh.pk, value="absent", actor=mai)
        actions.mark(session=mondays[0], person_id=xiaoyu.pk, value="present", actor=mai)
        make_up = hold(date(2026, 3, 3), makes_up=mondays[0])
        assert list(queries.expected(make_up)) == [linh]

    def test_being_there_repairs_the_absence(self, series, mondays, members, hold, linh, mai):
        actions.mark(session=mondays[0], person_id=linh.pk, value="absent", actor=mai)
        make_up = hold(date(2026, 3, 3), makes_up=mondays[0])
        assert attendance(series, linh).repairable == 1
        with clock.moved(to=date(2026, 3, 3)):
            actions.mark(session=make_up, person_id=linh.pk, value="present", actor=mai)
        assert attendance(series, linh).made_up == 1

    def test_a_make_up_of_a_make_up_stands_for_the_original(self, mondays, members, hold):
        make_up = hold(date(2026, 3, 3), makes_up=mondays[0])
        assert hold(date(2026, 3, 4), makes_up=make_up).makes_up == mondays[0]

    def test_scheduling_it_twice_gives_one(self, mondays, hold):
        assert hold(date(2026, 3, 3), makes_up=mondays[0]) == hold(date(2026, 3, 3), makes_up=mondays[0])


class TestTelling:
    def test_an_absence_is_told_with_what_it_means(self, mondays, members, linh, mai):
        actions.mark(session=mondays[0], person_id=linh.pk, value="absent", actor=mai)
        assert Notice.objects.get(person=linh).kind == "sessions.marked_absent"

    def test_with_a_make_up_offered_it_says_when(self, mondays, members, hold, linh, mai):
        hold(date(2026, 3, 12), makes_up=mondays[0])
        actions.mark(session=mondays[0], person_id=linh.pk, value="absent", actor=mai)
        notice = Notice.objects.get(person=linh)
        assert (notice.kind, notice.params["make_up"]) == ("sessions.marked_absent_repairable", "2026-03-12")

    def test_offering_a_make_up_tells_those_who_missed(self, mondays, members, hold, linh, minh, mai):
        actions.mark(session=mondays[0], person_id=linh.pk, value="excused", actor=mai)
        hold(date(2026, 3, 12), makes_up=mondays[0])
        assert list(Notice.objects.filter(kind="sessions.make_up_offered").values_list("person", flat=True)) == [
            linh.pk
        ]

    def test_present_is_not_worth_a_notice(self, mondays, members, linh, mai):
        actions.mark(session=mondays[0], person_id=linh.pk, value="present", actor=mai)
        assert not Notice.objects.exists()

    def test_a_late_correction_is_told(self, mondays, members, linh, mai):
        actions.mark(session=mondays[0], person_id=linh.pk, value="present", actor=mai)
        actions.mark(session=mondays[0], person_id=linh.pk, value="late", actor=mai, reason="Mixed up")
        assert Notice.objects.get(person=linh).kind == "sessions.mark_corrected"


class TestCompletion:
    def test_the_last_mark_completes_the_attendance(self, mondays, members, linh, mai):
        actions.cancel(session=mondays[2], reason="Holiday", actor=mai)
        actions.mark(session=mondays[0], person_id=linh.pk, value="present", actor=mai)
        assert not Entry.objects.filter(kind=AttendanceCompleted.kind).exists()
        actions.mark(session=mondays[1], person_id=linh.pk, value="late", actor=mai)
        assert Entry.objects.get(kind=AttendanceCompleted.kind).about == linh

    def test_so_does_cancelling_the_only_open_session(self, mondays, members, linh, mai):
        for session in mondays[:2]:
            actions.mark(session=session, person_id=linh.pk, value="present", actor=mai)
        actions.cancel(session=mondays[2], reason="Holiday", actor=mai)
        assert Entry.objects.get(kind=AttendanceCompleted.kind).about == linh


class TestMembers:
    def test_taken_in_twice_is_a_member_once(self, series, members, linh, mai):
        assert actions.take_in(series=series, person_ids=[linh.pk], actor=mai) == []
        assert Member.objects.filter(person=linh).count() == 1

    def test_who_left_keeps_the_marks_and_can_come_back(self, series, mondays, members, linh, mai):
        actions.mark(session=mondays[0], person_id=linh.pk, value="present", actor=mai)
        assert actions.let_go(series=series, person_ids=[linh.pk], actor=mai) == [linh.pk]
        assert linh not in queries.expected(mondays[1])
        assert attendance(series, linh).attended == 1
        assert actions.take_in(series=series, person_ids=[linh.pk], actor=mai) == [linh.pk]


def test_attendance_takes_as_many_statements_for_one_as_for_many(
    series, mondays, members, mai, django_assert_num_queries
):
    actions.mark_rest_present(session=mondays[0], actor=mai)
    with django_assert_num_queries(2):
        assert len(queries.attendance([series.pk], [members[0].pk])) == 1
    with django_assert_num_queries(2):
        assert len(queries.attendance([series.pk], [m.pk for m in members])) == 3
