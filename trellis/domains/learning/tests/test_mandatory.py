"""What the job requires: until when, done, due, overdue, exempt; and it is nobody's own to settle."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from trellis.domains.learning.actions import mandatory as actions
from trellis.domains.learning.actions.reminding import remind_of_mandatory
from trellis.domains.learning.models import Course, Exemption, Mandatory, TrainingRecord
from trellis.domains.learning.queries import mandatory as queries
from trellis.domains.learning.rules.mandatory import (
    Demand,
    Standing,
    first_due,
    leader_hears,
    months_after,
    standing,
    step_of,
)
from trellis.domains.people.actions.erasure import erase
from trellis.kit import clock
from trellis.kit.notices.models import Notice
from trellis.kit.notices.notify import set_wishes
from trellis.kit.tasks.declare import schedule

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)
LONG_AGO = date(2020, 1, 1)


@pytest.mark.parametrize(
    ("demand", "began", "done", "exempt", "found"),
    [
        pytest.param((TODAY, None, None), LONG_AGO, [], False, ("due", TODAY, None), id="due on the day itself"),
        pytest.param(
            (date(2026, 3, 1), None, None), LONG_AGO, [], False, ("overdue", date(2026, 3, 1), None), id="over"
        ),
        pytest.param(
            (date(2026, 1, 1), None, None),
            date(2026, 2, 20),
            [],
            False,
            ("due", date(2026, 3, 22), None),
            id="came after",
        ),
        pytest.param((None, 14, None), date(2026, 2, 20), [], False, ("due", date(2026, 3, 6), None), id="within days"),
        pytest.param(
            (None, 30, None), LONG_AGO, [], False, ("due", date(2026, 3, 4), None), id="declared after they began"
        ),
        pytest.param((TODAY, None, None), LONG_AGO, [LONG_AGO], False, ("done", None, LONG_AGO), id="once is for good"),
        pytest.param(
            (None, 30, 12),
            LONG_AGO,
            [date(2025, 12, 1)],
            False,
            ("done", date(2026, 12, 1), date(2025, 12, 1)),
            id="yearly",
        ),
        pytest.param(
            (None, 30, 12),
            LONG_AGO,
            [date(2025, 3, 20)],
            False,
            ("due", date(2026, 3, 20), date(2025, 3, 20)),
            id="soon again",
        ),
        pytest.param(
            (None, 30, 12),
            LONG_AGO,
            [date(2025, 3, 1)],
            False,
            ("overdue", date(2026, 3, 1), date(2025, 3, 1)),
            id="too late",
        ),
        pytest.param(
            (None, 30, 12), LONG_AGO, [date(2026, 5, 1)], False, ("due", date(2026, 3, 4), None), id="not in advance"
        ),
        pytest.param((date(2026, 1, 1), None, None), LONG_AGO, [], True, ("exempt", None, None), id="exempt"),
    ],
)
def test_where_somebody_stands(demand, began, done, exempt, found):
    asked = Demand(*demand, since=date(2026, 2, 2))
    assert standing(asked, began=began, done=done, exempt=exempt, on=TODAY) == Standing(*found)


def test_a_month_that_is_shorter_ends_on_its_last_day():
    assert months_after(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_after(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert months_after(date(2025, 12, 5), 1) == date(2026, 1, 5)
    assert first_due(Demand(TODAY, None, None, LONG_AGO), began=LONG_AGO) == TODAY


@pytest.fixture
def safety(mai):
    course = Course.objects.create(code="fire-safety", name="Fire safety", kind="technical")
    with clock.moved(to=TODAY - timedelta(days=60)):
        wish = Mandatory(course=course, within_days=30, repeat_months=12, why="The law asks for it")
        return actions.require_training(wanted=wish, actor=mai)


def state_of(person):
    lines = queries.of_people([person.pk], TODAY).get(person.pk, [])
    assert lines == queries.of_person(person.pk, TODAY)
    return [line.standing.state for line in lines]


def test_it_reaches_the_branch_and_the_position_it_is_for(linh, thuy, mai, safety, company):
    other = Course.objects.create(code="leading-safely", name="Leading safely", kind="technical")
    wish = Mandatory(course=other, due_on=TODAY, unit=company.team, position=company.team_leader, why="They lead")
    actions.require_training(wanted=wish, actor=mai)
    assert state_of(linh) == ["overdue"]
    assert state_of(thuy) == ["overdue", "due"]
    assert state_of(mai) == ["overdue"]
    thuy.employments.update(ended_on="2026-03-01")
    assert state_of(thuy) == []


def test_requiring_the_same_twice_is_one(safety, mai):
    again = Mandatory(course=safety.course, within_days=30, repeat_months=12, why="The law asks for it")
    assert actions.require_training(wanted=again, actor=mai) == safety


def test_nobody_settles_it_for_themselves(safety, mai):
    assert actions.record_done(mandatory=safety, person=mai, done_on=TODAY, note="", actor=mai).why == "oneself"
    assert actions.exempt(mandatory=safety, person=mai, reason="Busy", until=None, actor=mai).why == "oneself"
    assert not TrainingRecord.objects.exists()


def test_a_record_of_the_office_counts_and_is_kept_once(safety, linh, hoa):
    for _twice in range(2):
        assert actions.record_done(mandatory=safety, person=linh, done_on=TODAY, note="List", actor=hoa).ok
    assert TrainingRecord.objects.count() == 1
    assert state_of(linh) == ["done"]
    tomorrow = TODAY + timedelta(days=1)
    assert (
        actions.record_done(mandatory=safety, person=linh, done_on=tomorrow, note="", actor=hoa).why == "in_the_future"
    )


def test_an_exemption_has_its_reason_and_its_end(safety, linh, hoa):
    assert actions.exempt(mandatory=safety, person=linh, reason=" ", until=None, actor=hoa).why == "reason_needed"
    actions.exempt(mandatory=safety, person=linh, reason="On leave", until=TODAY, actor=hoa)
    assert state_of(linh) == ["exempt"]
    with clock.moved(to=TODAY + timedelta(days=1)):
        assert queries.of_people([linh.pk], clock.today())[linh.pk][0].standing.state == "overdue"
    actions.exempt(mandatory=safety, person=linh, reason="Works from home", until=None, actor=hoa)
    assert Exemption.objects.filter(ended_at=None).count() == 1
    actions.end_exemption(mandatory=safety, person=linh, actor=hoa)
    assert state_of(linh) == ["overdue"]


def test_an_erasure_takes_the_words_and_nobody_unknown_is_asked_for_anything(safety, linh, hoa):
    actions.record_done(mandatory=safety, person=linh, done_on=TODAY, note="Linh's card", actor=hoa)
    actions.exempt(mandatory=safety, person=linh, reason="Her back", until=None, actor=hoa)
    erase(person=linh, actor=None)
    assert (TrainingRecord.objects.get().note, Exemption.objects.get().reason) == ("", "")
    assert state_of(linh) == []


def test_ending_it_keeps_what_was_done(safety, linh, hoa, mai):
    actions.record_done(mandatory=safety, person=linh, done_on=TODAY, note="", actor=hoa)
    assert actions.end_training(mandatory=safety, actor=mai)
    assert not actions.end_training(mandatory=safety, actor=mai)
    assert state_of(linh) == []
    assert TrainingRecord.objects.exists()


@pytest.mark.both_databases
def test_the_database_refuses_what_must_not_be(safety, mai, linh):
    course = {"course": safety.course, "declared_by": mai, "why": "x"}
    for wrong in (
        lambda: Mandatory.objects.create(**course),
        lambda: Mandatory.objects.create(**course, due_on=TODAY, within_days=3),
        lambda: TrainingRecord.objects.create(person=mai, course=safety.course, done_on=TODAY, recorded_by=mai),
        lambda: Exemption.objects.create(mandatory=safety, person=mai, reason="x", granted_by=mai),
        lambda: [Exemption.objects.create(mandatory=safety, person=linh, reason="x", granted_by=mai) for _ in "ab"],
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong()


def test_everybody_is_counted_in_as_many_statements_as_one(linh, thuy, mai, hire, safety, django_assert_num_queries):
    for _times in range(2):
        with django_assert_num_queries(2):  # nobody passed a run, so no register is read
            found = queries.standings([safety], None, TODAY)
        hire(f"More{len(found)} Nguyen")
    assert queries.counted(found)[safety.pk]["overdue"] == len(found)


def test_the_office_requires_records_and_exempts_by_forms(as_, mai, linh, company):
    course = Course.objects.create(code="data-protection", name="Data protection", kind="technical")
    form = {"course": course.pk, "why": "GDPR, PIPL"}
    refused = as_(mai).post("/mandatory/new/", form)
    assert refused.status_code == 422
    assert "one of the two" in refused.text
    as_(mai).post("/mandatory/new/", {**form, "due_on": "2026-04-01"})
    one = f"/mandatory/{Mandatory.objects.get().pk}/"
    assert "due" in as_(linh).get("/mandatory/").text
    page = f"{one}people/{linh.pk}/"
    assert as_(mai).post(page, {"deed": "done", "done_on": "2027-01-01"}).status_code == 422
    as_(mai).post(page, {"deed": "done", "done_on": "2026-02-27", "note": "=Signed list"})
    told = b"".join(as_(mai).get(one.rstrip("/") + ".csv?state=done")).decode()
    assert "E-linh,Linh Nguyen,Data protection,done,,2026-02-27" in told
    assert "E-mai" not in told
    assert "1" in as_(mai).get("/mandatory/all/").text


def test_a_branch_sees_its_own_people(as_, hire, company, safety, linh):
    from trellis.domains.people.models import RoleGrant

    bich = hire("Bich Dang", unit=company.whole)
    RoleGrant.objects.create(person=bich, role="hr", unit=company.team, began_on="2024-01-08")
    page = as_(bich).get(f"/mandatory/{safety.pk}/").text
    assert "Linh Nguyen" in page
    assert "Mai Pham" not in page
    assert as_(bich).get(f"/mandatory/{safety.pk}/people/{linh.pk}/").status_code == 200
    assert as_(bich).post(f"/mandatory/{safety.pk}/end/").status_code == 403


@pytest.mark.parametrize(
    ("where", "step"),
    [
        pytest.param(("due", date(2026, 3, 24)), "", id="more than three weeks before"),
        pytest.param(("due", date(2026, 3, 23)), "before", id="three weeks before"),
        pytest.param(("due", TODAY), "today", id="on the day"),
        pytest.param(("overdue", date(2026, 3, 1)), "overdue", id="the day after"),
        pytest.param(("done", date(2026, 3, 1)), "", id="done"),
        pytest.param(("done", None), "", id="done for good"),
        pytest.param(("exempt", None), "", id="exempt"),
    ],
)
def test_the_step_that_is_reached(where, step):
    assert step_of(Standing(*where), on=TODAY) == step


@pytest.mark.parametrize(
    ("state", "due", "since", "hears"),
    [
        pytest.param("overdue", date(2026, 2, 16), LONG_AGO, True, id="a week late on Monday of the week before"),
        pytest.param("overdue", date(2026, 2, 22), LONG_AGO, True, id="a week late on Sunday"),
        pytest.param("overdue", date(2026, 2, 23), LONG_AGO, False, id="a week late only today"),
        pytest.param("overdue", date(2026, 2, 15), LONG_AGO, False, id="said the week before"),
        pytest.param("overdue", date(2026, 1, 1), date(2026, 2, 18), True, id="declared when it was over"),
        pytest.param("due", date(2026, 3, 5), LONG_AGO, False, id="not over"),
    ],
)
def test_when_who_leads_hears_of_it(state, due, since, hears):
    for day in range(7):
        assert leader_hears(Standing(state, due), since=since, on=TODAY + timedelta(days=day)) == hears


def letters(person):
    told = Notice.objects.filter(person=person, kind__startswith="learning.mandatory").order_by("id")
    return [notice.kind.removeprefix("learning.mandatory_") for notice in told]


@pytest.fixture
def fire_drill(linh, thuy, company, mai):
    linh.manager = thuy
    linh.save()
    course = Course.objects.create(
        code="fire-drill", name="Fire drill", names={"zh-hans": "消防演习"}, kind="technical"
    )
    wish = Mandatory(course=course, due_on=date(2026, 4, 1), position=company.photo_editor, why="The law asks for it")
    return actions.require_training(wanted=wish, actor=mai)


def run_daily(first, last):
    for n in range((last - first).days + 1):
        with clock.moved(to=first + timedelta(days=n)):
            remind_of_mandatory()
            remind_of_mandatory()  # killed at the end, and run again


def test_each_step_is_told_once_and_who_leads_hears_a_week_later_without_a_name(linh, thuy, fire_drill):
    run_daily(TODAY, date(2026, 3, 10))
    assert letters(linh) == []
    run_daily(date(2026, 3, 11), date(2026, 4, 9))
    assert letters(linh) == ["before", "today", "overdue"]
    assert letters(thuy) == []
    run_daily(date(2026, 4, 10), date(2026, 5, 10))
    assert letters(linh) == ["before", "today", "overdue"]
    assert letters(thuy) == ["team"]
    told = Notice.objects.get(person=thuy, kind="learning.mandatory_team")
    assert (told.params, told.link, told.mail) == ({"n": 1}, "/team/mandatory/", Notice.Mail.IN_DIGEST)


def test_what_is_done_or_spared_is_not_reminded_of(linh, thuy, hoa, fire_drill):
    run_daily(date(2026, 3, 11), date(2026, 3, 20))
    with clock.moved(to=date(2026, 3, 21)):
        actions.record_done(mandatory=fire_drill, person=linh, done_on=clock.today(), note="", actor=hoa)
    run_daily(date(2026, 3, 22), date(2026, 4, 20))
    assert letters(linh) == ["before"]
    assert letters(thuy) == []


def test_days_without_a_run_are_not_made_up_for(linh, fire_drill):
    run_daily(date(2026, 4, 3), date(2026, 4, 4))
    assert letters(linh) == ["overdue"]


def test_who_wants_no_letter_gets_none_and_who_wants_one_a_day_gets_that(linh, thuy, fire_drill, hire):
    nam = hire("Nam Tran")
    set_wishes(person_id=linh.pk, channels={"learning.mandatory_overdue": "none"})
    set_wishes(person_id=nam.pk, channels={"learning.mandatory_overdue": "digest"})
    run_daily(date(2026, 4, 2), date(2026, 4, 3))
    assert letters(linh) == []
    assert [notice.mail for notice in Notice.objects.filter(person=nam)] == [Notice.Mail.IN_DIGEST]


def test_it_is_asked_for_every_morning():
    assert schedule()["trellis.domains.learning.tasks.remind_of_mandatory_training"].hour == 6


def test_it_asks_as_often_for_many_as_for_one(linh, thuy, hire, fire_drill, django_assert_max_num_queries):
    for times in range(2):
        Notice.objects.all().delete()
        with django_assert_max_num_queries(14), clock.moved(to=date(2026, 4, 2)):
            assert remind_of_mandatory() == 2 + 9 * times  # Linh and Mai, then more
        for n in range(9 * (1 - times)):
            hire(f"More{n} Nguyen")
