import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from trellis.domains.careers.models import Competency, CompetencyLevel, Framework
from trellis.domains.learning.models import Course, CourseTeaches

pytestmark = pytest.mark.django_db


@pytest.fixture
def feedback():
    framework = Framework.objects.create(code="house", name="House")
    feedback = Competency.objects.create(framework=framework, code="feedback", name="Feedback", kind="soft")
    CompetencyLevel.objects.create(competency=feedback, level=1, name="Thanks")
    return feedback


def teach(competency, number):
    course = Course.objects.create(code=f"course-{number}", name=f"Course {number}", kind="soft")
    CourseTeaches.objects.create(course=course, competency=competency, level=1)


def test_a_competency_leads_to_the_courses_that_teach_it(as_, linh, feedback):
    assert "No course teaches it yet." in as_(linh).get("/competencies/feedback/").content.decode()
    teach(feedback, 1)
    assert 'href="/courses/course-1/">Course 1</a>' in as_(linh).get("/competencies/feedback/").content.decode()


def test_as_many_statements_for_one_course_as_for_many(as_, linh, feedback):
    client, counts = as_(linh), []
    for numbers in (range(1), range(1, 30)):
        for number in numbers:
            teach(feedback, number)
        with CaptureQueriesContext(connection) as seen:
            client.get("/competencies/feedback/")
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 12
