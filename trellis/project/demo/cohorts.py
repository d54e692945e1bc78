"""One cohort of Next Step, lived through by its people: joining, classes, results, six days, review, certificate."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial

from django.utils import timezone

from trellis.domains.careers import actions as careers
from trellis.domains.credentials import actions as credentials
from trellis.domains.learning import actions as learning
from trellis.domains.learning.models import Course, Offering
from trellis.domains.mentoring import actions as mentoring
from trellis.domains.mentoring.models import MentorshipDay
from trellis.domains.people.models import Person, Position
from trellis.domains.programmes import actions as programmes
from trellis.domains.programmes.models import Cohort, Journey, ProgrammeVersion, Review
from trellis.domains.programmes.queries.standings import definition_of
from trellis.domains.sessions import actions as sessions
from trellis.domains.sessions.actions import PlannedSession
from trellis.domains.sessions.models import Room, Session
from trellis.domains.sessions.rules import Wish
from trellis.kit import clock
from trellis.project.demo.results import graded_parts, try_again
from trellis.project.demo.story import Story, workday

ROOMS = ("Lotus", "Marble", "Willow", "Studio 2")
HOURS = (9, 13, 15)
# What a holder and a learner write about a day.
DAYS_TOLD = (
    ("Watched the handover and asked good questions.", "Saw how the shift is handed over and who decides what."),
    ("Planned the queue with me, then alone.", "Planned the queue of the afternoon, hour by hour."),
    ("Gave feedback to two editors, calmly and with examples.", "Gave two editors feedback; the second was easier."),
    ("Checked 40 pictures; we agreed on 37.", "Checked pictures against the standard and compared with the holder."),
    ("Led the morning round alone.", "Led the morning round; I spoke too fast at first."),
    ("Solved a complaint from start to end.", "Answered a complaint and agreed a new date with the customer."),
)


@dataclass
class Learner:
    """How one person fares. All that is not said goes well."""

    person: Person
    position: str
    joins: int = 10  # days before the cohort begins
    missed: dict[str, tuple[int, str, int | None]] = field(default_factory=dict)
    """Course -> (which session from 0, absent or excused, days until the make-up or None)."""
    scores: dict[str, int] = field(default_factory=dict)
    again: dict[str, int | None] = field(default_factory=dict)
    """Course -> the score at the second try; None: it is planned and still to come."""
    day_minutes: tuple[int, ...] = (480,) * 6
    unsigned: tuple[int, ...] = ()  # days (from 0) of which the learner has not written what was done
    leaves_week: int | None = None
    review: str = "approved"  # approved, returned, or waiting
    certified: bool = True


@dataclass
class Staff:
    """Who runs it."""

    academy: Person
    reviewer: Person
    technical: Person
    soft: Person
    holders: dict[str, list[Person]]


@dataclass
class Run:
    """One cohort while its story is told."""

    story: Story
    version: ProgrammeVersion
    staff: Staff
    name: str
    starts_on: date
    learners: Sequence[Learner]
    places: int = 30
    tracks: tuple[str, ...] = ()  # further positions whose courses are offered
    cohort: Cohort | None = None
    offerings: dict[str, Offering] = field(default_factory=dict)
    journeys: dict[int, Journey] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.rooms = {room.name: room for room in Room.objects.all()}
        self.positions = {p.code: p for p in Position.objects.all()}
        self.definition = definition_of(self.version)
        wanted = dict.fromkeys([*(learner.position for learner in self.learners), *self.tracks])
        codes = dict.fromkeys(c for p in wanted if (track := self.definition.track_to(p)) for c in track.courses)
        known = Course.objects.in_bulk(list(codes), field_name="code")
        self.courses: list[Course] = [known[code] for code in codes]
        self.story.at(self.starts_on - timedelta(days=24), 10, self.open)
        for learner in self.learners:
            self.story.at(workday(self.starts_on - timedelta(days=learner.joins)), 11, partial(self.join, learner))
            if learner.leaves_week:
                day = self.starts_on + timedelta(weeks=learner.leaves_week, days=2)
                self.story.at(day, 17, partial(self.leave, learner))

    def weeks(self, number: float) -> date:
        return workday(self.starts_on + timedelta(days=int(number * 7)))

    # -- opening and joining

    def open(self) -> None:
        """The academy plans the classes of all tracks and opens the cohort."""
        for number, course in enumerate(self.courses):
            self.offerings[course.code] = self._offer(number, course)
        self.cohort = programmes.open_cohort(
            version=self.version,
            name=self.name,
            starts_on=self.starts_on,
            ends_on=self.starts_on + timedelta(weeks=26) - timedelta(days=3),
            join_until=self.starts_on - timedelta(days=2),
            places=self.places,
            offerings=self.offerings.values(),
            actor=self.staff.academy,
        )

    def _offer(self, number: int, course: Course) -> Offering:
        """Weekly at the same hour; the courses begin one after the other so that nobody has two at once."""
        count = course.sessions_planned
        first = self.starts_on + timedelta(weeks=number * 4 % max(1, 16 - count), days=number % 5)
        host = self.staff.soft if course.kind == "soft" else self.staff.technical
        length = timedelta(hours=max(1, round(float(course.hours) / count)))
        room = self.rooms[ROOMS[number % 4]]
        starts = [clock.at_time(first + timedelta(weeks=n), HOURS[number // 5 % 3], 30) for n in range(count)]
        return learning.open_offering(
            course=course,
            name=f"{course.name}, {self.name}",
            starts_on=first,
            ends_on=first + timedelta(weeks=count - 1),
            places=self.places,
            actor=self.staff.academy,
            teachers=[host],
            sessions=[PlannedSession("", start, start + length, [host], room=room) for start in starts],
        )

    def join(self, learner: Learner) -> None:
        """Everybody enters themselves; with the last one the registers are planned."""
        outcome = programmes.join(
            person=learner.person, position=self.positions[learner.position], cohort=self.cohort, actor=learner.person
        )
        if outcome.journey is None:
            raise RuntimeError(f"{learner.person} could not join {self.name}: {outcome.code}")
        careers.set_aim(person=learner.person, position=self.positions[learner.position])
        self.journeys[learner.person.pk] = outcome.journey
        if len(self.journeys) == len(self.learners):
            self._plan()

    def leave(self, learner: Learner) -> None:
        programmes.leave(
            journey=self.journeys[learner.person.pk], actor=learner.person, reason="A second child is coming"
        )

    def _plan(self) -> None:
        for code, offering in self.offerings.items():
            for number, session in enumerate(offering.series.sessions.order_by("starts_at")):
                start = timezone.localtime(session.starts_at)
                self.story.at(start.date(), start.hour + 3, partial(self.mark, code, session, number))
            self.story.at(workday(offering.ends_on, 3), 16, partial(self.grade, code))
        for learner in self.learners:
            if learner.leaves_week is None and learner.day_minutes:
                self.story.at(self.weeks(17.3), 9, partial(self.plan_days, learner))

    # -- classes

    def mark(self, code: str, session: Session, number: int) -> None:
        """The teacher marks who is away, then everybody else."""
        host = self._teacher(code)
        away = {}
        for learner in self.learners:
            missed = learner.missed.get(code)
            if missed and missed[0] == number and self._takes(learner, code):
                away[learner.person.pk] = Wish(missed[1], reason="Ill" if missed[1] == "excused" else "")
                if missed[2] is not None:
                    self._make_up(code, session, learner, missed[2])
        if away:
            sessions.mark_all(session=session, wishes=away, actor=host)
        sessions.mark_rest_present(session=session, actor=host)

    def _make_up(self, code: str, session: Session, learner: Learner, days: int) -> None:
        host = self._teacher(code)
        start = clock.at_time(workday(timezone.localtime(session.starts_at).date() + timedelta(days=days)), 16)
        extra = sessions.schedule(
            series=session.series,
            title="",
            starts_at=start,
            ends_at=start + (session.ends_at - session.starts_at),
            hosts=[host],
            room=session.room,
            makes_up=session,
            actor=host,
        )
        who = learner.person.pk
        self.story.at(
            start.date(), 19, lambda: sessions.mark(session=extra, person_id=who, value="present", actor=host)
        )

    def _teacher(self, code: str) -> Person:
        course = next(course for course in self.courses if course.code == code)
        return self.staff.soft if course.kind == "soft" else self.staff.technical

    def _takes(self, learner: Learner, code: str) -> bool:
        track = self.definition.track_to(learner.position)
        return bool(track and code in track.courses)

    def grade(self, code: str) -> None:
        """One sheet of scores for who is still enrolled."""
        offering = self.offerings[code]
        enrolled = set(offering.enrolments.filter(withdrawn_at=None).values_list("person_id", flat=True))
        grades = {}
        for learner in self.learners:
            if learner.person.pk in enrolled:
                score = _score(learner, code, offering)
                for grade in graded_parts(offering, score, learner.person.pk):
                    grades[learner.person.pk, grade.part] = grade
        if grades:
            learning.record_results(offering=offering, grades=grades, actor=self._teacher(code))
        for learner in self.learners:
            if code in learner.again and learner.person.pk in enrolled:
                try_again(self.story, offering, learner.person, self._teacher(code), learner.again[code])

    # -- the six days, the review, the end

    def plan_days(self, learner: Learner) -> None:
        """The learner plans the days beside a holder; one after the other, each on another date."""
        holders = self.staff.holders[learner.position]
        day = workday(clock.today() + timedelta(days=4 + learner.person.pk % 5))
        for number, minutes in enumerate(learner.day_minutes):
            for attempt in range(40):
                holder = holders[(learner.person.pk + attempt) % len(holders)]
                outcome = mentoring.plan_day(
                    learner=learner.person,
                    holder=holder,
                    position=self.positions[learner.position],
                    on=day,
                    actor=learner.person,
                )
                if outcome.code == "planned":
                    self._confirm_later(outcome.day_id, holder, day, minutes, learner, number)
                    break
                day = workday(day + timedelta(days=1))
            day = workday(day + timedelta(days=2))

    def _confirm_later(
        self, day_id: int, holder: Person, day: date, minutes: int, learner: Learner, number: int
    ) -> None:
        def confirm() -> None:
            beside = MentorshipDay.objects.select_related("session").get(pk=day_id)
            note, account = DAYS_TOLD[number % len(DAYS_TOLD)]
            if number not in learner.unsigned:
                mentoring.sign_day(day=beside, text=account, actor=learner.person)
            mentoring.confirm_day(day=beside, minutes=minutes, value="present", reason=note, actor=holder)
            if number == len(learner.day_minutes) - 1:
                self.story.at(workday(day, 2), 10, lambda: self.review(learner))

        if minutes:
            self.story.at(day, 18, confirm)

    def review(self, learner: Learner) -> None:
        """Ask, and have it decided some days later by somebody of the academy."""
        journey = self.journeys[learner.person.pk]
        journey.refresh_from_db()
        programmes.ask_review(journey=journey, key="review", actor=learner.person)
        if learner.review != "waiting":
            self.story.at(workday(clock.today(), 4), 15, lambda: self.decide(learner, journey))

    def decide(self, learner: Learner, journey: Journey) -> None:
        review = Review.objects.filter(journey=journey, state=Review.State.ASKED).first()
        if review is None:
            return
        approve = learner.review == "approved"
        reason = (
            "" if approve else "The holder's notes on two of the six days are missing; please add them and ask again."
        )
        outcome = programmes.decide_review(review=review, approve=approve, reason=reason, actor=self.staff.reviewer)
        if outcome.code == "approved" and learner.certified:
            ceremony = max(self.weeks(25.6), workday(clock.today(), 1))
            self.story.at(ceremony, 16, lambda: self.certify(journey))

    def certify(self, journey: Journey) -> None:
        credentials.issue(journey=Journey.objects.get(pk=journey.pk), actor=self.staff.academy, on=clock.today())


def _score(learner: Learner, code: str, offering: Offering) -> int:
    """The score said for them, or a good one that differs from person to person and course to course."""
    spread = (learner.person.pk * 7 + sum(map(ord, code))) % (100 - offering.pass_mark)
    return learner.scores.get(code, min(99, offering.pass_mark + spread))
