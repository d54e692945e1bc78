from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from trellis.domains.credentials.models import Certificate
from trellis.domains.learning.models import Course, Enrolment, Offering, Result
from trellis.domains.opportunities import actions as opportunities
from trellis.domains.opportunities.models import Interview, PoolTerm
from trellis.domains.people.models import Position
from trellis.domains.programmes.models import (
    Journey,
    Programme,
    ProgrammeVersion,
    Review,
    TimeChange,
    Waiting,
    Waiver,
)
from trellis.domains.programmes.tests.story import join, load, open_cohort
from trellis.domains.sessions.models import Mark, Member, Series, Session
from trellis.kit import clock


@pytest.fixture
def lesson(db):
    series = Series.objects.create(name="Public speaking", kind="classes")

    def lesson(*, title="Public speaking 1", days=1, members=(), hosts=()):
        starts = clock.now() + timedelta(days=days)
        session = Session.objects.create(
            series=series, title=title, starts_at=starts, ends_at=starts + timedelta(hours=2), place="Room 3"
        )
        session.hosts.set(hosts)
        for person in members:
            Member.objects.get_or_create(series=series, person=person)
        return session

    return lesson


def page(client, address="/"):
    return client.get(address).content.decode()


def test_home_greets_the_person(as_, linh):
    assert "Linh Nguyen" in page(as_(linh))


def test_home_sends_a_stranger_to_the_sign_in(client, db):
    response = client.get("/")
    assert response.status_code == 302
    assert response["Location"].startswith("/account/login/")


def test_who_has_nothing_to_do_is_shown_the_growth_map(as_, linh):
    html = page(as_(linh))
    assert "Look at the growth map" in html
    assert 'class="btn btn--ghost" href="/goals/"' in html, "and the way to a goal of one's own, on a phone too"
    assert "Nothing is planned for you." in html


def test_the_next_sessions_are_those_of_the_person(as_, linh, minh, lesson):
    lesson(title="Public speaking 1", members=[linh])
    lesson(title="Yesterday", days=-1)
    assert "Public speaking 1" in page(as_(linh))
    assert "Yesterday" not in page(as_(linh))
    assert "Public speaking 1" not in page(as_(minh))


def test_a_teacher_is_first_asked_for_the_register(as_, hire, linh, lesson):
    binh = hire("Binh Ho", roles=["teacher"])
    held = lesson(days=-1, hosts=[binh], members=[linh])
    html = page(as_(binh))
    assert "Mark the register of" in html
    assert f"/sessions/{held.pk}/register/" in html


def test_a_host_with_nothing_to_mark_is_shown_the_next_session(as_, hire, lesson):
    binh = hire("Binh Ho", roles=["teacher"])
    lesson(title="Part 1", hosts=[binh])
    assert "The next session that you host." in page(as_(binh))


def test_a_teacher_is_asked_for_the_results_of_a_run_that_is_over(as_, hire, linh, lesson, mai):
    binh = hire("Binh Ho", roles=["teacher"])
    held = lesson(days=-3, hosts=[binh], members=[linh])
    Mark.objects.create(session=held, person=linh, value="present", marked_by=binh)
    course = Course.objects.create(code="speaking", name="Public speaking", kind="soft")
    day = clock.today() - timedelta(days=3)
    run = Offering.objects.create(
        course=course, series=held.series, name="Spring", starts_on=day, ends_on=day, pass_mark=70
    )
    run.teachers.add(binh)
    enrolment = Enrolment.objects.create(offering=run, person=linh, enrolled_by=mai, way_in="staff")
    assert "Record the results: Public speaking" in page(as_(binh))
    Result.objects.create(offering=run, person=linh, score=80, passed=True, graded_by=binh)
    assert enrolment.withdrawn_at is None
    assert "Record the results" not in page(as_(binh))


class TestOnAJourney:
    """The next step says what presses most, in words."""

    @pytest.fixture
    def journey(self, company, linh):
        programme = Programme.objects.create(code="next-step", name="Next Step")
        version = ProgrammeVersion.objects.create(programme=programme, number=1, definition={})
        goal = Position.objects.get(code="team-leader")
        return Journey.objects.create(
            person=linh, programme=programme, version=version, position=goal, joined_by=linh, way_in="self"
        )

    def test_her_page_names_it_to_those_who_may_open_it(self, as_, journey, linh, thuy, hoa):
        link = f'href="/journeys/{journey.pk}/"'
        assert link in page(as_(thuy), f"/people/{linh.pk}/")
        assert link not in page(as_(hoa), f"/people/{linh.pk}/")

    def test_nothing_planned(self, as_, journey, linh):
        assert "On the way to Team leader" in page(as_(linh))

    def test_the_next_session(self, as_, journey, lesson, linh):
        lesson(title="", members=[linh])
        html = page(as_(linh))
        assert 'id="next-t">Public speaking</h2>' in html
        assert "Your next session on the way to Team leader." in html

    def test_a_make_up_comes_before_an_earlier_session(self, as_, journey, lesson, linh, mai):
        missed = lesson(title="Part 1", days=-1, members=[linh])
        Mark.objects.create(session=missed, person=linh, value="absent", marked_by=mai)
        lesson(title="Part 2", days=1)
        make_up = lesson(title="Part 1 again", days=2)
        make_up.makes_up = missed
        make_up.save()
        html = page(as_(linh))
        assert "Take the make-up: Part 1 again" in html
        assert f'href="/sessions/{make_up.pk}/"' in html

    def test_an_event_is_no_part_of_the_way(self, as_, journey, lesson, linh):
        evening = lesson(title="Open evening", members=[linh])
        Series.objects.filter(pk=evening.series_id).update(kind="event")
        html = page(as_(linh))
        assert "The next session you are expected at." in html
        assert "on the way to Team leader" not in html

    def test_in_a_pause_nothing_presses(self, as_, journey, lesson, linh, mai):
        missed = lesson(title="Part 1", days=-1, members=[linh])
        Mark.objects.create(session=missed, person=linh, value="absent", marked_by=mai)
        again = lesson(title="Part 1 again", days=2)
        Session.objects.filter(pk=again.pk).update(makes_up=missed)
        first, last = clock.today() - timedelta(days=4), clock.today() + timedelta(days=10)
        given = {"kind": "pause", "state": "granted", "from_on": first, "until_on": last, "days": 15}
        pause = TimeChange.objects.create(journey=journey, person=linh, asked_by=linh, **given)
        html = page(as_(linh))
        assert "Your journey is paused until" in html
        assert "Take the make-up" not in html
        TimeChange.objects.filter(pk=pause.pk).update(resumed_on=clock.today())
        assert "Take the make-up: Part 1 again" in page(as_(linh))

    def test_an_absence_that_nothing_repairs_is_said(self, as_, journey, lesson, linh, mai):
        held, ahead = lesson(title="Part 1", days=1, members=[linh]), lesson(title="Part 2", days=5)
        course = Course.objects.create(code="speaking", name="Public speaking", kind="soft")
        run = Offering.objects.create(
            course=course,
            series=held.series,
            name="Spring",
            starts_on=clock.today(),
            ends_on=ahead.ends_at,
            pass_mark=70,
        )
        Enrolment.objects.create(offering=run, person=linh, enrolled_by=linh, way_in="self")
        Mark.objects.create(session=held, person=linh, value="absent", marked_by=mai)
        with clock.moved(to=held.ends_at + timedelta(days=1)):
            assert "Missed, and no make-up yet: Part 1" in page(as_(linh))
            Waiver.objects.create(
                journey=journey, person=linh, key="attendance:speaking", given_by=mai, reason="Ill for weeks"
            )
            assert "Your next session on the way" in page(as_(linh))

    def test_who_hosts_a_make_up_is_not_told_to_take_it(self, as_, journey, lesson, linh, mai):
        missed = lesson(days=-1)
        make_up = lesson(title="Again", hosts=[linh])
        make_up.makes_up = missed
        make_up.save()
        assert "Take the make-up" not in page(as_(linh))

    def test_it_takes_no_more_than_twelve_statements(self, as_, journey, lesson, linh):
        lesson(members=[linh])
        assert statements(as_(linh)) <= 12

    def test_a_review_that_came_back(self, as_, journey, linh, mai):
        Review.objects.create(
            journey=journey, person=linh, key="review", state="returned", decided_by=mai, decided_at=clock.now()
        )
        assert "ask for your review again" in page(as_(linh))


def test_the_office_sees_what_waits_and_others_do_not(as_, hire, mai, linh, lesson):
    assert "What needs you today" not in page(as_(linh))
    html = page(as_(mai))
    assert "What needs you today" in html
    assert "Nothing waits for you in the office." in html
    binh = hire("Binh Ho", roles=["teacher"])
    lesson(days=-1, hosts=[binh], members=[linh])
    html = page(as_(binh))
    assert "registers of yours to mark" in html
    assert "Nothing waits for you" not in html
    assert "reviews wait" not in page(as_(mai)), "what nobody waits for is not counted"


def test_a_manager_sees_those_they_lead(as_, thuy, linh):
    linh.manager = thuy
    linh.save()
    assert "Linh Nguyen" in page(as_(thuy))
    assert "Leads you" in page(as_(linh))


def test_the_own_manager_comes_before_a_large_team(as_, hire, thuy, linh):
    linh.manager = thuy
    linh.save()
    for number in range(10):
        report = hire(f"A{number} Report")
        report.manager = linh
        report.save()
    assert "Leads you" in page(as_(linh))


def statements(client):
    client.get("/")
    with CaptureQueriesContext(connection) as counted:
        assert client.get("/").status_code == 200
    return len(counted)


@pytest.mark.parametrize("who", ["linh", "mai"])
def test_home_asks_the_database_the_same_with_one_and_with_fifty(who, request, as_, hire, lesson):
    person = request.getfixturevalue(who)
    client = as_(person)
    lesson(members=[person])
    few = statements(client)
    for number in range(50):
        report = hire(f"P{number} Report")
        report.manager = person
        report.save()
        lesson(title=f"Lesson {number}", days=number + 2, members=[person, report])
    assert statements(client) == few <= 12


def test_the_areas_are_shown_by_permission(as_, linh, mai):
    assert 'href="/reviews/"' not in page(as_(linh))
    assert 'href="/reviews/"' in page(as_(mai))


def test_more_shows_everything_one_may_go_to(as_, linh):
    html = page(as_(linh), "/more/")
    assert 'href="/pathways/"' in html
    assert 'href="/imports/"' not in html.split("<main")[1]


def test_a_journey_is_mine_to_herself_and_under_people_to_who_leads_her(as_, mai, linh, thuy):
    journey = join(linh, open_cohort(load(mai), mai, mai))
    address, mine = f"/journeys/{journey.pk}/", 'href="/journeys/" aria-current="page"'
    assert mine in page(as_(linh), address)
    html = page(as_(thuy), address)
    assert mine not in html
    assert 'href="/people/" aria-current="page"' in html


def test_only_who_leads_somebody_is_shown_the_way_to_their_journeys(as_, linh, thuy):
    linh.manager = thuy
    linh.save()
    assert 'href="/team/"' in page(as_(thuy))
    assert 'href="/team/"' not in page(as_(linh))


class TestAPlaceInLine:
    def test_it_is_said_and_comes_first_once_it_is_offered(self, as_, company, linh, minh, mai, lesson):
        cohort = open_cohort(load(mai), mai, mai)
        waiting = Waiting.objects.create(cohort=cohort, person=linh)
        assert "You are waiting for a place: Next Step" in page(as_(linh))
        assert "You are waiting for a place" not in page(as_(minh))
        lesson(members=[linh])
        Waiting.objects.update(offered_on=clock.today(), answer_by=clock.today() + timedelta(days=3))
        html = page(as_(linh))
        assert "A place is free for you: Next Step" in html
        assert f"/waiting/{waiting.pk}/stop/" in html
        past = clock.today() - timedelta(days=2)
        Waiting.objects.update(offered_on=past, answer_by=past)
        assert "A place is free for you" not in page(as_(linh))


class TestAPostThatIsOpen:
    @pytest.fixture
    def post(self, company, mai):
        return opportunities.open_post(
            position=company.team_leader, unit=company.team, closes_on=clock.today() + timedelta(days=20), actor=mai
        )

    @pytest.fixture
    def certified(self, company, linh, mai):
        """Linh is certified as team leader."""
        snapshot = {"title": {"en": "Next Step"}, "person": linh.name, "company": "Pixel House", "issued_by": mai.name}
        return Certificate.objects.create(
            person=linh, position=company.team_leader, snapshot=snapshot, issued_on=clock.today(), issued_by=mai
        )

    def test_who_is_certified_reads_that_they_are_interviewed_first(self, as_, linh, thuy, certified, post):
        html = page(as_(linh))
        assert "You are interviewed first: Team leader" in html
        assert f'href="/openings/{post.pk}/"' in html
        assert "interviewed first" not in page(as_(thuy))

    def test_not_once_it_has_run_out(self, as_, company, linh, certified, post):
        PoolTerm.objects.create(position=company.team_leader, months=1)
        Certificate.objects.update(issued_on=clock.today() - timedelta(days=60))
        assert "interviewed first" not in page(as_(linh))

    def test_then_when_and_where_the_interview_is_and_who_held_it_is_asked_what_came_of_it(
        self, as_, linh, mai, certified, post
    ):
        at = clock.now() + timedelta(days=2)
        opportunities.invite(opening=post, person=linh, at=at, place="Lotus", actor=mai)
        html = page(as_(linh))
        assert "Your interview: Team leader" in html
        assert "Lotus" in html
        with clock.moved(to=at + timedelta(hours=2)):
            assert "Your interview" not in page(as_(linh))
            assert "interviewed first" not in page(as_(linh))
            assert "Interview held: what came of it" in page(as_(mai), "/today/")
            opportunities.note_outcome(interview=Interview.objects.get(), outcome="suitable", actor=mai)
            assert "Interview held" not in page(as_(mai), "/today/")


def test_today_of_an_academy_without_cohorts_leads_to_the_first(as_, mai):
    html = page(as_(mai), "/today/")
    assert "No cohort is under way." in html
    assert 'href="/cohorts/new/"' in html
