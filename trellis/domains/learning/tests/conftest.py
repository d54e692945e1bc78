"""A course on feedback with two weekly sessions in the past, taught by Mai."""

from datetime import date, timedelta

import pytest

from trellis.domains.careers.models import Competency, CompetencyLevel, Framework
from trellis.domains.learning import actions
from trellis.domains.learning.models import Course, CourseTeaches
from trellis.domains.sessions import actions as sessions_actions
from trellis.domains.sessions.actions import PlannedSession
from trellis.kit import clock


@pytest.fixture
def feedback(db):
    framework = Framework.objects.create(code="house", name="House")
    competency = Competency.objects.create(framework=framework, code="feedback", name="Feedback", kind="soft")
    for level in (1, 2):
        CompetencyLevel.objects.create(competency=competency, level=level, name=f"Level {level}")
    return competency


@pytest.fixture
def course(feedback):
    course = Course.objects.create(code="feedback", name="Giving feedback", names={"zh-hans": "反馈"}, kind="soft")
    CourseTeaches.objects.create(course=course, competency=feedback, level=2)
    return course


@pytest.fixture
def run(course, mai):
    """run(places=30): two sessions on 16 and 23 February."""

    def run(places=30, name="Spring"):
        days = [date(2026, 2, 16), date(2026, 2, 23)]
        return actions.open_offering(
            course=course,
            name=name,
            starts_on=days[0],
            ends_on=days[-1],
            places=places,
            teachers=[mai],
            actor=mai,
            sessions=[
                PlannedSession(f"Part {n}", clock.at_time(day, 14), clock.at_time(day, 14) + timedelta(hours=2))
                for n, day in enumerate(days, start=1)
            ],
        )

    return run


@pytest.fixture
def offering(run, linh, mai):
    offering = run()
    actions.enrol(offering=offering, person_ids=[linh.pk], way_in="staff", actor=mai)
    return offering


@pytest.fixture
def attend(offering, mai):
    """attend(linh): present at every session."""

    def attend(person):
        for session in offering.series.sessions.filter(makes_up=None):
            sessions_actions.mark(session=session, person_id=person.pk, value="present", actor=mai)

    return attend
