"""Planning the runs of a cohort: a proposal, clashes through all courses, and who gets the places."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.domains.learning.models import Course, Enrolment, Offering
from trellis.domains.programmes import actions
from trellis.domains.programmes.rules import spread
from trellis.domains.programmes.tests.story import YAML, join
from trellis.domains.sessions.models import Room, Session

MONDAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("place", "first", "starts"),
    [
        pytest.param(0, date(2026, 3, 2), time(9, 30), id="the first on Monday"),
        pytest.param(1, date(2026, 3, 31), time(9, 30), id="the next on a Tuesday, four weeks later"),
        pytest.param(5, date(2026, 4, 27), time(13, 30), id="the sixth after lunch"),
    ],
)
def test_courses_are_spread_over_the_week(place, first, starts):
    found = spread([6] * 8, MONDAY, 17)[place]
    assert (found.first, found.starts) == (first, starts)


@given(st.lists(st.integers(1, 20), max_size=15), st.dates(date(2026, 1, 1), date(2027, 1, 1)))
def test_fifteen_courses_never_meet_at_the_same_hour_and_none_begins_before(sessions, begins):
    found = spread(sessions, begins, 17)
    assert len({(p.first.weekday(), p.starts) for p in found}) == len(sessions)
    assert all(p.first >= begins and p.first.weekday() < 5 for p in found)


@pytest.fixture
def cohort(company, mai):
    """Next Step with two courses, neither of which has a run; Mai teaches."""
    for code, name in (("leadership", "Leadership"), ("english", "English")):
        course = Course.objects.create(code=code, name=name, kind="soft", pass_mark=70, sessions_planned=2)
        course.usual_teachers.add(mai)
    outcome = actions.load_definition(text_or_dict=YAML.replace("[leadership]", "[leadership, english]"), actor=mai)
    return actions.open_cohort(
        version=outcome.version,
        name="Spring",
        starts_on=MONDAY,
        ends_on=date(2026, 8, 28),
        join_until=date(2026, 3, 20),
        places=20,
        actor=mai,
    )


@pytest.fixture
def lotus(db):
    return Room.objects.create(name="Lotus", site="Hanoi", capacity=24)


@pytest.fixture
def form(cohort, lotus, mai):
    """Both courses on Wednesdays at two, in the same room: they clash."""
    sent = {"places": "20", "skip": ""}
    for course in Course.objects.all():
        line = {"wanted": "on", "teacher": mai.pk, "first_day": "2026-03-04", "number": "2"}
        line |= {"starts": "14:00", "ends": "16:00", "room": lotus.pk}
        sent |= {f"c{course.pk}-{key}": value for key, value in line.items()}
    return sent


def rows(page):
    return {
        f"{row.name}-{part}": getattr(row, part)
        for draft in page.context["drawn"]
        for row in draft.rows
        for part in ("day", "starts", "ends", "room", "host")
    }


pytestmark = pytest.mark.django_db


def address(cohort):
    return f"/cohorts/{cohort.pk}/runs/"


def test_the_page_proposes_days_and_the_usual_teacher(as_, cohort, mai):
    page = as_(mai).get(address(cohort))
    line = next(line for line in page.context["lines"] if line.course.code == "english")
    assert line.initial["first_day"] == date(2026, 3, 31)
    assert line.fields["teacher"].choices[0] == (str(mai.pk), mai.name)


def test_one_room_can_be_chosen_for_all_courses_that_have_none_of_their_own(as_, cohort, form, mai, lotus):
    of_its_own = next(key for key in form if key.endswith("-room"))
    form |= {key: "" for key in form if key.endswith("-room") and key != of_its_own}
    page = as_(mai).post(address(cohort), form | {"step": "dates"})
    assert {row.room for draft in page.context["drawn"] for row in draft.rows} == {str(lotus.pk), ""}
    page = as_(mai).post(address(cohort), form | {"step": "dates", "room": lotus.pk})
    assert {row.room for draft in page.context["drawn"] for row in draft.rows} == {str(lotus.pk)}


def test_two_courses_in_one_room_are_refused_until_one_is_moved(as_, cohort, form, mai, linh):
    journey = join(linh, cohort)
    page = as_(mai).post(address(cohort), {**form, "step": "dates"})
    assert page.status_code == 422
    assert "Lotus, Hanoi is taken" in page.content.decode()
    sent = {**form, **rows(page), "step": "open"}
    assert as_(mai).post(address(cohort), sent).status_code == 422
    assert not Offering.objects.exists()
    english = Course.objects.get(code="english").pk
    moved = {f"c{english}r{n}-{part}": time for n in (1, 2) for part, time in (("starts", "09:00"), ("ends", "11:00"))}
    assert as_(mai).post(address(cohort), sent | moved).status_code == 302
    assert set(cohort.offerings.values_list("name", flat=True)) == {"Leadership, Spring", "English, Spring"}
    assert Session.objects.count() == 4
    assert Enrolment.objects.filter(person=journey.person, way_in="programme:next-step").count() == 2


def test_who_insists_keeps_the_clash_with_the_reason(as_, cohort, form, mai):
    as_(mai).post(address(cohort), {**form, "step": "open", "because": "The wall between is open"})
    assert Session.objects.filter(kept_because="The wall between is open", kept_by=mai).count() == 4


def test_only_what_is_wanted_is_planned_and_the_rest_stays(as_, cohort, form, mai):
    english = Course.objects.get(code="english").pk
    sent = {key: value for key, value in form.items() if key != f"c{english}-wanted"}
    as_(mai).post(address(cohort), {**sent, "step": "open"})
    page = as_(mai).get(address(cohort))
    assert [course.code for course, _run in page.context["runs"].there] == ["leadership"]
    assert [course.code for course in page.context["runs"].missing] == ["english"]


def test_holidays_are_skipped_in_all_courses(as_, cohort, form, mai):
    page = as_(mai).post(address(cohort), {**form, "skip": "2026-03-11", "step": "dates"})
    assert {row.day for draft in page.context["drawn"] for row in draft.rows} == {"2026-03-04", "2026-03-18"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"places": "0"}, "greater than or equal to 1"),
        ({"skip": "soon"}, "“soon” is no day"),
        ({"places": "25", "step": "open"}, "Lotus, Hanoi is too small"),
    ],
)
def test_what_makes_no_sense_is_said(as_, cohort, form, mai, change, said):
    page = as_(mai).post(address(cohort), {**form, **change})
    assert page.status_code == 422
    assert said in page.content.decode()


def test_two_clicks_open_each_run_once(as_, cohort, form, mai):
    for _click in range(2):
        as_(mai).post(address(cohort), {**form, "step": "open", "because": "Both halves"})
    assert Offering.objects.count() == 2
