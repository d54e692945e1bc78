import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from trellis.domains.learning import actions
from trellis.domains.learning.models import Course, Enrolment, Offering, Result
from trellis.domains.people.models import Person
from trellis.domains.sessions.models import Session

pytestmark = pytest.mark.django_db


def statements(client, address):
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


@pytest.mark.parametrize(
    ("who", "page", "status"),
    [
        ("linh", "/courses/", 200),
        ("linh", "/courses/feedback/", 200),
        ("linh", "/courses/new/", 403),
        ("linh", "/courses/feedback/edit/", 403),
        ("linh", "/courses/feedback/offerings/new/", 403),
        ("mai", "/courses/new/", 200),
        ("mai", "/courses/feedback/edit/", 200),
        ("mai", "/courses/feedback/offerings/new/", 200),
        ("linh", "/offerings/{}/", 200),
        ("minh", "/offerings/{}/", 200),
        ("hoa", "/offerings/{}/", 200),
        ("linh", "/offerings/{}/people/", 403),
        ("linh", "/offerings/{}/results/", 403),
        ("hoa", "/offerings/{}/results/", 403),
        ("mai", "/offerings/{}/people/", 200),
        ("mai", "/offerings/{}/results/", 200),
    ],
)
def test_who_sees_what(request, as_, offering, who, page, status):
    assert as_(request.getfixturevalue(who)).get(page.format(offering.pk)).status_code == status


def cell(person, value, seen="0.1", part="result"):
    """The fields of one cell of the sheet."""
    return {f"g{person.pk}.{part}": value, f"s{person.pk}.{part}": seen}


class TestResults:
    def test_the_sheet_is_saved(self, as_, offering, linh, mai):
        as_(mai).post(f"/offerings/{offering.pk}/results/", cell(linh, "85,5"))
        assert Result.objects.get().score == 85.5

    @pytest.mark.parametrize("typed", ["101", "good", "85.55"])
    def test_a_fault_is_told_in_its_cell_and_the_sheet_kept(self, as_, offering, linh, minh, mai, typed):
        actions.enrol(offering=offering, person_ids=[minh.pk], way_in="staff", actor=mai)
        page = as_(mai).post(f"/offerings/{offering.pk}/results/", cell(linh, typed) | cell(minh, "90"))
        assert page.status_code == 422
        assert "Write a number from 0 to 100" in page.content.decode()
        assert f'value="{typed}"' in page.content.decode()
        assert 'value="90"' in page.content.decode()
        assert not Result.objects.exists()

    def test_a_correction_asks_for_its_reason(self, as_, offering, linh, mai):
        first = actions.record_result(offering=offering, person_id=linh.pk, score=60, actor=mai)
        sent = cell(linh, "70", f"{first.attempt_id}.1")
        page = as_(mai).post(f"/offerings/{offering.pk}/results/", sent)
        assert "A correction needs its reason" in page.content.decode()
        as_(mai).post(f"/offerings/{offering.pk}/results/", {**sent, "reason": "Recount"})
        assert Result.objects.get(is_current=True).score == 70

    def test_the_script_sends_one_at_a_time_and_is_told_what_stands(self, as_, offering, linh, thuy, mai):
        client, address = as_(mai), f"/offerings/{offering.pk}/results/"
        told = client.post(address, {"one": f"{linh.pk}.result", "value": "64", "seen": "0.1"}).json()
        assert (told["ok"], told["value"]) == (True, "64")
        assert "not passed" in told["result"]
        again = client.post(address, {"one": f"{linh.pk}.result", "value": "80", "seen": "0.1"}).json()
        assert (again["ok"], again["code"], again["value"]) == (False, "conflict", "64")
        assert again["seen"] == told["seen"]

    @pytest.mark.parametrize(("letter", "says"), [("m", "missed"), ("e", "not graded yet")])
    def test_missed_is_kept_apart_from_failed(self, as_, offering, linh, mai, letter, says):
        as_(mai).post(f"/offerings/{offering.pk}/results/", cell(linh, letter))
        page = as_(mai).get(f"/offerings/{offering.pk}/results/").content.decode()
        assert f'value="{letter}"' in page
        assert says in page


class TestPlaces:
    @pytest.fixture
    def coming(self, course, mai):
        as_form = {"name": "Next", "first_day": "2026-03-09", "starts": "14:00", "ends": "16:00", "number": "3"}
        return {**as_form, "places": "2", "place": "Hall", "teachers": [mai.pk], "step": "open"}

    def test_a_run_comes_with_its_weekly_sessions(self, as_, course, coming, mai):
        as_(mai).post("/courses/feedback/offerings/new/", coming)
        offering = Offering.objects.get()
        assert (str(offering.starts_on), str(offering.ends_on)) == ("2026-03-09", "2026-03-23")
        assert Session.objects.filter(series=offering.series, hosts=mai).count() == 3

    def test_a_place_is_taken_and_given_back(self, as_, course, coming, linh, mai):
        as_(mai).post("/courses/feedback/offerings/new/", coming)
        offering = Offering.objects.get()
        for _click in range(2):
            as_(linh).post(f"/offerings/{offering.pk}/join/")
        assert Enrolment.objects.get(withdrawn_at=None).way_in == "self"
        as_(linh).post(f"/offerings/{offering.pk}/leave/")
        assert not Enrolment.objects.filter(withdrawn_at=None).exists()

    def test_without_a_place_left_one_waits(self, as_, course, coming, linh, minh, thuy, mai):
        as_(mai).post("/courses/feedback/offerings/new/", coming)
        offering = Offering.objects.get()
        actions.enrol(offering=offering, person_ids=[minh.pk, thuy.pk], way_in="staff", actor=mai)
        page = as_(linh).post(f"/offerings/{offering.pk}/join/", follow=True)
        assert "you wait as number 1" in page.content.decode()

    def test_a_run_that_is_over_takes_nobody(self, as_, offering, minh):
        as_(minh).post(f"/offerings/{offering.pk}/join/")
        assert not Enrolment.objects.filter(person=minh).exists()

    def test_a_place_from_the_academy_is_theirs_to_take_back(self, as_, offering, linh):
        as_(linh).post(f"/offerings/{offering.pk}/leave/")
        assert Enrolment.objects.get().withdrawn_at is None

    def test_people_are_enrolled_by_pasted_ids(self, as_, offering, minh, thuy, mai):
        as_(mai).post(f"/offerings/{offering.pk}/people/", {"employee_ids": "E-minh, E-thuy\nE-linh"})
        assert Enrolment.objects.count() == 3

    def test_an_unknown_id_is_named_and_nobody_enrolled(self, as_, offering, minh, mai):
        page = as_(mai).post(f"/offerings/{offering.pk}/people/", {"employee_ids": "E-minh E-nobody"})
        assert "E-nobody" in page.content.decode()
        assert Enrolment.objects.count() == 1

    def test_somebody_is_taken_out(self, as_, offering, linh, mai):
        as_(mai).post(f"/offerings/{offering.pk}/people/{linh.pk}/withdraw/")
        assert Enrolment.objects.get().withdrawn_at


class TestCourses:
    def test_a_course_is_written_down(self, as_, feedback, mai):
        sent = {"name": "Coaching", "chinese_name": "辅导", "code": "coaching", "kind": "soft", "hours": "8"}
        as_(mai).post("/courses/new/", {**sent, "sessions_planned": "4", "pass_mark": "70", "teaches": "feedback 2"})
        course = Course.objects.get()
        assert (course.names, course.teaches.get().level) == ({"zh-hans": "辅导"}, 2)

    def test_an_unknown_competency_is_told_with_its_line(self, as_, feedback, mai):
        sent = {"name": "Coaching", "code": "coaching", "kind": "soft", "hours": "8", "sessions_planned": "4"}
        page = as_(mai).post("/courses/new/", {**sent, "pass_mark": "70", "teaches": "feedback 2\nunknown 1"})
        assert "Line 2: there is no competency with the code “unknown”." in page.content.decode()

    @pytest.mark.parametrize("words", ["feedb", "反馈"])
    def test_a_course_is_found_by_name_in_both_languages(self, as_, course, linh, words):
        assert "Giving feedback" in as_(linh).get("/courses/", {"q": words}).content.decode()


@pytest.mark.parametrize(
    "page", ["/courses/", "/courses/feedback/", "/offerings/{}/", "/offerings/{}/results/", "/offerings/{}/people/"]
)
def test_as_many_statements_for_fifty_as_for_one(as_, offering, run, mai, page):
    client, address = as_(mai), page.format(offering.pk)
    client.get(address)
    few = statements(client, address)
    Course.objects.bulk_create([Course(code=f"c-{n}", name=f"Course {n}", kind="soft") for n in range(50)])
    people = Person.objects.bulk_create([Person(employee_id=f"C-{n}", name=f"Person {n}") for n in range(25)])
    actions.enrol(offering=offering, person_ids=[p.pk for p in people], way_in="staff", actor=mai)
    for number in range(5):
        run(name=f"Run {number}")
    assert statements(client, address) == few
    assert few <= 12
