"""What the job requires: until when, done, due, overdue, exempt; and it is nobody's own to settle."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from trellis.domains.learning.actions import mandatory as actions
from trellis.domains.learning.models import Course, Exemption, Mandatory, TrainingRecord
from trellis.domains.learning.queries import mandatory as queries
from trellis.domains.learning.rules.mandatory import Demand, Standing, first_due, months_after, standing
from trellis.domains.people.actions.erasure import erase
from trellis.kit import clock

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
