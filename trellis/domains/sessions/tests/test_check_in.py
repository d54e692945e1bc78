"""Check-in by code: Mai shows it, Linh and Minh type it. The session begins at 14:00 on 2 March and lasts two hours."""

from datetime import date, datetime, timedelta

import pytest

from trellis.domains.sessions import actions
from trellis.domains.sessions.models import CheckIn, Mark, WrongCode
from trellis.domains.sessions.rules.check_in import code_of, decide_opening, holds, plain, seconds_left, value_at
from trellis.kit import clock
from trellis.kit.journal.models import Entry

TODAY = date(2026, 3, 2)
START = datetime.fromisoformat("2026-03-02T14:00:00+07:00")
SECRET = "a secret of the session"


class TestRules:
    @pytest.mark.parametrize(
        ("after", "accepted"),
        [(0, True), (59, True), (60, True), (89, True), (90, False), (150, False), (-1, False), (3600, False)],
    )
    def test_a_code_holds_for_its_minute_and_half_of_the_next(self, after, accepted):
        code = code_of(SECRET, 7, START)
        assert holds(code, secret=SECRET, session_id=7, at=START + timedelta(seconds=after)) is accepted

    def test_it_is_of_one_session_and_one_secret(self):
        code = code_of(SECRET, 7, START)
        assert code != code_of(SECRET, 8, START)
        assert code != code_of("another", 7, START)
        assert len(code) == 6

    def test_codes_are_spread_over_all_digits(self):
        codes = {code_of(SECRET, 7, START + timedelta(minutes=n)) for n in range(2000)}
        assert len(codes) > 1990
        assert {code[0] for code in codes} == set("0123456789")

    def test_how_long_it_is_still_shown(self):
        assert [seconds_left(START + timedelta(seconds=n)) for n in (0, 1, 59, 60)] == [60, 59, 1, 60]

    @pytest.mark.parametrize(
        ("typed", "read"), [("123456", "123456"), ("123 456", "123456"), ("１２３-４５６", "123456"), ("12a456", "")]
    )
    def test_what_people_type(self, typed, read):
        assert plain(typed) == read

    @pytest.mark.parametrize(("minutes", "value"), [(-20, "present"), (0, "present"), (9, "present"), (10, "late")])
    def test_late_is_ten_minutes_after_the_start(self, minutes, value):
        assert value_at(START, START + timedelta(minutes=minutes)) == value

    @pytest.mark.parametrize(
        ("minutes", "given", "code"),
        [
            (-31, {}, "too_early"),
            (-30, {}, "opened"),
            (119, {}, "opened"),
            (120, {}, "over"),
            (5, {"is_open": True}, "already"),
            (5, {"cancelled": True}, "cancelled"),
        ],
    )
    def test_when_it_can_be_opened(self, minutes, given, code):
        times = {"starts_at": START, "ends_at": START + timedelta(hours=2), "now": START + timedelta(minutes=minutes)}
        assert decide_opening(**times, **{"cancelled": False, "is_open": False, **given}) == code


@pytest.fixture
def at(mondays):
    """at(minutes): the clock so many minutes after the start of today's session."""
    return lambda minutes: clock.moved(to=mondays[1].starts_at + timedelta(minutes=minutes))


@pytest.fixture
def opened(mondays, members, mai, at):
    with at(-5):
        assert actions.open_check_in(session=mondays[1], actor=mai) == "opened"
    return mondays[1]


def shown(session):
    return code_of(CheckIn.objects.get(session=session).secret, session.pk, clock.now())


@pytest.mark.django_db
class TestCheckingIn:
    def test_the_code_marks_present_attested_by_who_opened(self, opened, linh, mai, at):
        with at(0):
            outcome = actions.check_in(person=linh, typed=shown(opened))
        mark = Mark.objects.get()
        assert (outcome.code, outcome.session_id, outcome.value) == ("here", opened.pk, "present")
        assert (mark.person, mark.marked_by, mark.way) == (linh, mai, "code")
        assert Entry.objects.get(kind="sessions.marked").facts["way"] == "code"

    def test_after_ten_minutes_it_is_late(self, opened, linh, at):
        with at(12):
            assert actions.check_in(person=linh, typed=shown(opened)).value == "late"

    def test_twice_does_nothing_more(self, opened, linh, at):
        with at(0):
            actions.check_in(person=linh, typed=shown(opened))
        with at(15):
            assert actions.check_in(person=linh, typed=shown(opened)).code == "already"
        assert Mark.objects.get().value == "present"

    def test_who_is_not_expected_is_told(self, opened, thuy, at):
        with at(0):
            assert actions.check_in(person=thuy, typed=shown(opened)).code == "not_expected"
        assert not Mark.objects.exists()

    def test_what_the_host_marked_stands(self, opened, linh, mai, at):
        with at(1):
            actions.mark(session=opened, person_id=linh.pk, value="absent", actor=mai)
            outcome = actions.check_in(person=linh, typed=shown(opened))
        assert (outcome.code, outcome.value) == ("marked", "absent")

    def test_the_host_can_correct_what_the_code_marked(self, opened, linh, mai, at):
        with at(1):
            actions.check_in(person=linh, typed=shown(opened))
            assert actions.mark(session=opened, person_id=linh.pk, value="absent", actor=mai).ok
        assert list(Mark.objects.values_list("value", "way")) == [("present", "code"), ("absent", "register")]

    def test_who_opened_it_does_not_check_in_themselves(self, series, opened, mai, at):
        actions.take_in(series=series, person_ids=[mai.pk], actor=mai)
        with at(0):
            assert actions.check_in(person=mai, typed=shown(opened)).code == "oneself"

    def test_after_closing_the_code_says_so(self, opened, linh, mai, at):
        with at(1):
            assert actions.close_check_in(session=opened, actor=mai)
            assert not actions.close_check_in(session=opened, actor=mai)
            assert actions.check_in(person=linh, typed=shown(opened)).code == "over"

    def test_opened_again_by_another_it_is_their_word(self, opened, linh, hoa, mai, at):
        with at(1):
            old = shown(opened)
            actions.close_check_in(session=opened, actor=mai)
            assert actions.open_check_in(session=opened, actor=hoa) == "opened"
            assert actions.check_in(person=linh, typed=old).code == "wrong"
            assert actions.check_in(person=linh, typed=shown(opened)).ok
        assert Mark.objects.get().marked_by == hoa

    def test_guessing_ends_after_ten(self, opened, linh, minh, at):
        with at(0):
            right = shown(opened)
            wrong = f"{(int(right) + 1) % 10**6:06}"
            for _guess in range(10):
                assert actions.check_in(person=linh, typed=wrong).code == "wrong"
            assert actions.check_in(person=linh, typed=right).code == "too_often"
            assert actions.check_in(person=minh, typed=right).ok
        with at(11):
            assert actions.check_in(person=linh, typed=shown(opened)).ok
        assert WrongCode.objects.count() == 10


@pytest.mark.django_db
class TestPages:
    def test_the_board_opens_shows_and_closes(self, as_, mondays, members, linh, mai, at):
        session = mondays[1]
        address = f"/sessions/{session.pk}/check-in/"
        assert "Check-in can be opened from half an hour" in (
            as_(mai).post(address, {"open": "1"}, follow=True).content.decode()
        )
        with at(0):
            as_(mai).post(address, {"open": "1"})
            actions.check_in(person=linh, typed=shown(session))
            page = as_(mai).get(address).content.decode()
            code = shown(session)
            assert f"{code[:3]} {code[3:]}" in page
            assert "1 of 3 here by code" in page
            assert "Linh Nguyen" in page
            assert "<html" not in as_(mai).get(address, headers={"HX-Request": "true"}).content.decode()
            as_(mai).post(address, {"close": "1"})
            assert "Check-in is closed" in as_(mai).get(address).content.decode()

    def test_entering_it_leads_to_the_session(self, as_, opened, linh, at):
        with at(0):
            answer = as_(linh).post("/check-in/", {"code": shown(opened)}, follow=True)
        assert answer.redirect_chain[0][0] == f"/sessions/{opened.pk}/"
        assert "You are here: Present" in answer.content.decode()

    def test_the_address_of_the_picture_brings_the_code_and_marks_nothing(self, as_, opened, linh, at):
        with at(0):
            page = as_(linh).get(f"/check-in/?code={shown(opened)}").content.decode()
            assert f'value="{shown(opened)}"' in page
        assert not Mark.objects.exists()

    def test_a_wrong_code_is_told_and_kept(self, as_, linh):
        answer = as_(linh).post("/check-in/", {"code": "12 34"})
        assert answer.status_code == 422
        assert "No session shows this code now" in answer.content.decode()
        assert 'value="12 34"' in answer.content.decode()

    def test_nothing_typed_is_no_wrong_code(self, as_, linh):
        answer = as_(linh).post("/check-in/", {"code": "  "})
        assert answer.status_code == 422
        assert "Type the code that is shown in the room." in answer.content.decode()
