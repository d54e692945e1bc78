"""A small Next Step for tests: one course of two sessions, six days, a review; and people carried along its way."""

from datetime import date, timedelta

from trellis.domains.learning import actions as learning
from trellis.domains.learning.models import Course
from trellis.domains.mentoring import actions as mentoring
from trellis.domains.mentoring.models import MentorshipDay
from trellis.domains.people.models import Position
from trellis.domains.programmes import actions
from trellis.domains.sessions import actions as sessions
from trellis.kit import clock

START = date(2026, 3, 2)
YAML = """
programme:
  code: next-step
  name: {en: Next Step, zh-hans: 下一步}
  description: {en: Six months to the next position., zh-hans: 用六个月走向下一个岗位。}
  voluntary: true
  months: 6
  bonus: {amount: 3000000, currency: VND}
  stages:
    - {key: courses, name: {en: Courses, zh-hans: 课程学习}, from_week: 1, to_week: 17}
    - key: mentorship
      name: {en: Mentorship, zh-hans: 岗位跟学}
      from_week: 18
      to_week: 22
      nodes:
        - {key: six, name: {en: Six days, zh-hans: 六个整天}, kind: days, owner: holder, week: 18}
  tracks:
    - {position: team-leader, courses: [leadership]}
  gates:
    - key: ready
      name: {en: Ready for the mentorship, zh-hans: 可以进入岗位跟学}
      opens: mentorship
      requires:
        courses: {attendance: 100, passed: true}
    - key: graduation
      name: {en: Graduation, zh-hans: 结业}
      opens: certificate
      requires:
        all_of:
          - days_beside_holder: {days: 6, hours: 8}
          - approval: {by: academy, key: review}
"""


def load(actor):
    """The course and the programme."""
    Course.objects.get_or_create(
        code="leadership",
        defaults={"name": "Leadership", "names": {"zh-hans": "领导力"}, "kind": "soft", "pass_mark": 70},
    )
    outcome = actions.load_definition(text_or_dict=YAML, actor=actor)
    assert not outcome.faults, outcome.faults
    return outcome.version


def open_cohort(version, actor, teacher, *, places=40):
    """A cohort from today on with an offering of two sessions."""
    course = Course.objects.get(code="leadership")
    offering = learning.open_offering(
        course=course,
        name="Spring",
        starts_on=START,
        ends_on=START + timedelta(days=14),
        places=40,
        actor=actor,
        teachers=[teacher],
        sessions=[],
    )
    for day in (1, 8):
        start = clock.at_time(START + timedelta(days=day), 14)
        sessions.schedule(
            series=offering.series,
            title=f"Day {day}",
            starts_at=start,
            ends_at=start + timedelta(hours=2),
            hosts=[teacher],
            actor=actor,
        )
    return actions.open_cohort(
        version=version,
        name="Spring 2026",
        starts_on=START,
        ends_on=START + timedelta(weeks=26),
        join_until=START + timedelta(days=30),
        places=places,
        offerings=[offering],
        actor=actor,
    )


def join(person, cohort):
    """They join to become team leader."""
    outcome = actions.join(
        person=person, cohort=cohort, position=Position.objects.get(code="team-leader"), actor=person
    )
    assert outcome.code == "joined", outcome.code
    return outcome.journey


def attend_and_pass(journey, teacher, score=85):
    """Present in both sessions, then graded."""
    offering = journey.cohort.offerings.get()
    for session in offering.series.sessions.order_by("starts_at"):
        with clock.moved(to=session.ends_at):
            sessions.mark(session=session, person_id=journey.person_id, value="present", actor=teacher)
    with clock.moved(to=START + timedelta(days=15)):
        learning.record_result(offering=offering, person_id=journey.person_id, score=score, actor=teacher)


def six_days(journey, holder, minutes=480):
    """Six whole days beside the holder, each confirmed in the evening."""
    for number in range(6):
        day = START + timedelta(days=20 + number)
        with clock.moved(to=day):
            planned = mentoring.plan_day(
                learner=journey.person, holder=holder, position=journey.position, on=day, actor=journey.person
            )
            assert planned.ok, planned.code
        with clock.moved(to=clock.at_time(day, 18)):
            beside = MentorshipDay.objects.get(pk=planned.day_id)
            mentoring.confirm_day(day=beside, minutes=minutes, value="present", actor=holder)
            mentoring.sign_day(day=beside, text="Led the morning round", actor=journey.person)


LATER = START + timedelta(days=40)


def carry_to_review(journey, teacher, holder):
    """All but the review; it is asked for. It is `LATER` then."""
    attend_and_pass(journey, teacher)
    six_days(journey, holder)
    with clock.moved(to=LATER):
        outcome = actions.ask_review(journey=journey, key="review", actor=journey.person)
    assert outcome.ok, outcome.code
    return outcome.review


def approve(review, actor):
    """The review is approved, `LATER`."""
    with clock.moved(to=LATER):
        outcome = actions.decide_review(review=review, approve=True, actor=actor)
    assert outcome.code == "approved", outcome.code
    return outcome
