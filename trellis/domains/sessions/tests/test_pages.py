from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from trellis.domains.people.models import Person
from trellis.domains.sessions import actions
from trellis.domains.sessions.models import Mark
from trellis.kit import clock
from trellis.kit.journal.models import Entry

pytestmark = pytest.mark.django_db


def statements(client, address):
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


@pytest.fixture
def crowd(series, company, mai):
    """crowd(n): so many more people in the series."""

    def crowd(number):
        people = Person.objects.bulk_create(
            [Person(employee_id=f"C-{n}", name=f"Person {n:03}") for n in range(number)]
        )
        actions.take_in(series=series, person_ids=[p.pk for p in people], actor=mai)
        return people

    return crowd


class TestAccess:
    @pytest.mark.parametrize(
        ("who", "page", "status"),
        [
            ("linh", "", 200),
            ("mai", "", 200),
            ("thuy", "", 403),
            ("linh", "register/", 403),
            ("thuy", "register/", 403),
            ("mai", "register/", 200),
            ("linh", "edit/", 403),
            ("mai", "edit/", 200),
            ("linh", "cancel/", 403),
            ("linh", "make-up/", 403),
            ("mai", "make-up/", 200),
        ],
    )
    def test_who_sees_what_of_a_session(self, request, as_, mondays, members, who, page, status):
        person = request.getfixturevalue(who)
        assert as_(person).get(f"/sessions/{mondays[1].pk}/{page}").status_code == status

    def test_a_host_marks_without_being_academy(self, as_, hold, members, minh):
        session = hold(date(2026, 3, 2), hosts=[minh], title="By Minh")
        assert as_(minh).get(f"/sessions/{session.pk}/register/").status_code == 200

    @pytest.mark.parametrize(
        ("who", "status"), [("linh", 200), ("thuy", 200), ("mai", 200), ("hoa", 200), ("minh", 403)]
    )
    def test_attendance_is_seen_by_oneself_and_managers(self, request, as_, linh, who, status):
        assert as_(request.getfixturevalue(who)).get(f"/people/{linh.pk}/attendance/").status_code == status

    def test_a_refusal_is_in_the_journal(self, as_, mondays, members, linh):
        as_(linh).post(f"/sessions/{mondays[1].pk}/register/", {f"m{linh.pk}": "present"})
        assert Entry.objects.get(kind="access.refused").actor == linh
        assert not Mark.objects.exists()


class TestNames:
    def test_a_session_without_a_title_is_called_like_its_course(self, as_, hold, members, linh):
        session = hold(date(2026, 3, 9))
        session.title = ""
        session.save()
        html = as_(linh).get("/sessions/").content.decode()
        assert str(session) == str(session.series)
        assert "Mentorship day" not in html.split("<main")[1].split('class="lines"')[1]

    def test_the_register_says_which_session_it_is_of(self, as_, mondays, members, mai):
        html = as_(mai).get(f"/sessions/{mondays[1].pk}/register/").content.decode()
        assert f"<h1>Register: {mondays[1]}</h1>" in html


class TestRegister:
    def test_the_whole_form_is_saved_without_script(self, as_, mondays, members, linh, minh, mai):
        sent = {f"m{linh.pk}": "present", f"s{linh.pk}": "0", f"m{minh.pk}": "absent", f"s{minh.pk}": "0"}
        address = f"/sessions/{mondays[1].pk}/register/"
        assert as_(mai).post(address, sent).status_code == 302
        assert set(Mark.objects.values_list("person_id", "value")) == {(linh.pk, "present"), (minh.pk, "absent")}
        assert as_(mai).post(address, sent).status_code in {302, 422}
        assert Mark.objects.count() == 2

    def test_one_mark_is_answered_with_what_it_means(self, as_, series, mondays, members, linh, mai):
        sent = {"one": linh.pk, "value": "absent", "seen": "0"}
        answer = as_(mai).post(f"/sessions/{mondays[1].pk}/register/", sent).json()
        assert answer["ok"]
        assert answer["seen"] == Mark.objects.get().pk
        assert "1 missed: cannot reach 100 %" in answer["standing"]
        assert f"/sessions/{mondays[1].pk}/make-up/" in answer["standing"]
        assert "1 absent" in answer["counts"]
        assert "2 not marked" in answer["counts"]

    def test_with_a_make_up_it_says_when_it_is(self, as_, mondays, members, hold, linh, mai):
        hold(date(2026, 3, 12), makes_up=mondays[1])
        sent = {"one": linh.pk, "value": "absent", "seen": "0"}
        answer = as_(mai).post(f"/sessions/{mondays[1].pk}/register/", sent).json()
        assert "1 missed: make-up on Thu 12 Mar repairs it" in answer["standing"]

    def test_a_conflict_names_the_other_one_and_the_mark(self, as_, mondays, members, linh, mai, thuy):
        actions.mark(session=mondays[1], person_id=linh.pk, value="late", actor=thuy)
        sent = {"one": linh.pk, "value": "absent", "seen": "0"}
        answer = as_(mai).post(f"/sessions/{mondays[1].pk}/register/", sent).json()
        assert not answer["ok"]
        assert answer["value"] == "late"
        assert "Meanwhile Thuy Le marked “Late”" in answer["said"]

    def test_a_refused_mark_keeps_the_choice_and_says_why(self, as_, mondays, members, linh, mai):
        mark = actions.mark(session=mondays[0], person_id=linh.pk, value="present", actor=mai)
        sent = {f"m{linh.pk}": "absent", f"s{linh.pk}": mark.mark_id, "reason": ""}
        page = as_(mai).post(f"/sessions/{mondays[0].pk}/register/", sent)
        assert page.status_code == 422
        assert "The register has closed. Write the reason" in page.content.decode()
        assert f"name=m{linh.pk} value=absent checked" in page.content.decode()

    def test_what_somebody_else_changed_is_not_undone_by_an_old_page(self, as_, mondays, members, linh, mai, thuy):
        mark = actions.mark(session=mondays[1], person_id=linh.pk, value="present", actor=mai)
        actions.mark(session=mondays[1], person_id=linh.pk, value="absent", actor=thuy)
        sent = {f"m{linh.pk}": "present", f"s{linh.pk}": mark.mark_id}
        as_(mai).post(f"/sessions/{mondays[1].pk}/register/", sent)
        assert Mark.objects.get(is_current=True).value == "absent"

    def test_everyone_else_is_here(self, as_, mondays, members, mai):
        as_(mai).post(f"/sessions/{mondays[1].pk}/register/", {"rest": "1"})
        assert Mark.objects.filter(value="present").count() == 3

    @pytest.mark.parametrize("sent", [{"one": "x"}, {"one": "9" * 40}, {"m1x": "present"}, {"m" + "9" * 40: "late"}])
    def test_nonsense_is_harmless(self, as_, mondays, members, mai, sent):
        assert as_(mai).post(f"/sessions/{mondays[1].pk}/register/", sent).status_code in {200, 302, 422}
        assert not Mark.objects.exists()

    def test_names_are_escaped(self, as_, mondays, members, hire, series, mai):
        person = Person.objects.create_user(employee_id="X", name="<b>Bad</b>")
        actions.take_in(series=series, person_ids=[person.pk], actor=mai)
        page = as_(mai).get(f"/sessions/{mondays[1].pk}/register/").content.decode()
        assert "<b>Bad" not in page

    def test_in_chinese_the_letters_are_chinese(self, as_, mondays, members, mai):
        actions.mark_rest_present(session=mondays[0], actor=mai)
        client = as_(mai)
        client.cookies["django_language"] = "zh-hans"
        page = client.get(f"/sessions/{mondays[1].pk}/register/").content.decode()
        assert 'title="出勤">到</abbr>' in page


class TestBudgets:
    @pytest.mark.parametrize("page", ["register", "series", "agenda"])
    def test_as_many_statements_for_fifty_as_for_one(self, as_, series, mondays, members, crowd, hold, mai, page):
        address = {
            "register": f"/sessions/{mondays[1].pk}/register/",
            "series": f"/series/{series.pk}/",
            "agenda": "/sessions/",
        }[page]
        client = as_(mai)
        client.get(address)
        few = statements(client, address)
        crowd(50)
        for number in range(1, 20):
            hold(date(2026, 4, number))
        actions.mark_rest_present(session=mondays[1], actor=mai)
        assert statements(client, address) == few
        assert few <= 12


class TestTimetable:
    def form(self, mai, **changes):
        usual = {
            "title": "Extra",
            "day": "2026-03-12",
            "starts": "10:00",
            "ends": "12:00",
            "place": "Hall",
            "hosts": [mai.pk],
        }
        return {**usual, **changes}

    def test_a_make_up_is_scheduled(self, as_, mondays, mai):
        as_(mai).post(f"/sessions/{mondays[0].pk}/make-up/", self.form(mai))
        make_up = mondays[0].make_ups.get()
        assert (make_up.title, make_up.place) == ("Extra", "Hall")

    def test_an_end_before_the_start_is_told_and_the_form_kept(self, as_, mondays, mai):
        page = as_(mai).post(f"/sessions/{mondays[0].pk}/make-up/", self.form(mai, ends="09:00")).content.decode()
        assert "The end has to be after the start." in page
        assert 'value="Extra"' in page
        assert not mondays[0].make_ups.exists()

    def test_a_cancelled_session_says_so(self, as_, mondays, members, linh, mai):
        as_(mai).post(f"/sessions/{mondays[2].pk}/cancel/", {"reason": "Holiday"})
        assert "Holiday" in as_(linh).get(f"/sessions/{mondays[2].pk}/").content.decode()

    def test_a_new_session_and_a_moved_one(self, as_, series, mondays, mai):
        as_(mai).post(f"/series/{series.pk}/sessions/new/", self.form(mai))
        assert series.sessions.count() == 4
        as_(mai).post(f"/sessions/{mondays[2].pk}/edit/", self.form(mai, title="Later", starts="18:00", ends="19:00"))
        mondays[2].refresh_from_db()
        assert mondays[2].title == "Later"


def test_the_agenda_shows_what_concerns_me(as_, mondays, members, hold, linh, mai):
    actions.mark(session=mondays[0], person_id=linh.pk, value="absent", actor=mai)
    hold(date(2026, 3, 12), makes_up=mondays[0], title="For those who missed")
    coming = as_(linh).get("/sessions/").content.decode()
    assert "For those who missed" in coming
    assert "Session of 09.03." in coming
    assert "Session of 23.02." not in coming
    assert "Session of 23.02." in as_(linh).get("/sessions/?when=past").content.decode()


def test_an_empty_agenda_says_what_to_do(as_, linh):
    assert "Nothing is coming up for you." in as_(linh).get("/sessions/").content.decode()


class TestCorrections:
    def test_the_host_and_the_person_see_what_was_corrected_and_why(self, as_, mondays, members, linh, mai):
        actions.mark(session=mondays[0], person_id=linh.pk, value="absent", actor=mai)
        actions.mark(session=mondays[0], person_id=linh.pk, value="present", actor=mai, reason="Came by bus")
        for person, address in (
            (mai, f"/sessions/{mondays[0].pk}/corrections/"),
            (linh, f"/sessions/{mondays[0].pk}/"),
        ):
            page = as_(person).get(address).content.decode()
            assert "Came by bus" in page
            assert "Absent" in page
        assert as_(linh).get(f"/sessions/{mondays[0].pk}/corrections/").status_code == 403

    def test_without_any_it_says_so(self, as_, mondays, mai):
        page = as_(mai).get(f"/sessions/{mondays[0].pk}/corrections/").content.decode()
        assert "Every mark is as it was first made." in page


class TestLive:
    def test_an_open_register_learns_what_was_marked_since(self, as_, mondays, members, linh, minh, mai):
        address = f"/sessions/{mondays[1].pk}/register/"
        first = actions.mark(session=mondays[1], person_id=linh.pk, value="late", actor=mai)
        assert as_(mai).get(f"{address}?since={first.mark_id}").json() == {"rows": {}}
        actions.mark(session=mondays[1], person_id=minh.pk, value="present", actor=mai)
        told = as_(mai).get(f"{address}?since={first.mark_id}").json()
        assert list(told["rows"]) == [str(minh.pk)]
        assert told["rows"][str(minh.pk)]["value"] == "present"
        assert "1 not marked" in told["counts"]

    def test_it_looks_only_while_people_may_check_in(self, as_, mondays, members, mai):
        assert "data-since" not in as_(mai).get(f"/sessions/{mondays[1].pk}/register/").content.decode()
        with clock.moved(to=mondays[1].starts_at):
            assert 'data-since="0"' in as_(mai).get(f"/sessions/{mondays[1].pk}/register/").content.decode()
