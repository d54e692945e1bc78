"""All that a review rests on, with dates, marks and names: what the office reads before it decides."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import FloatField, OuterRef, Subquery, Value

from trellis.domains.careers.models import Competency
from trellis.domains.learning.models import Course, Enrolment, Result
from trellis.domains.mentoring.models import MentorshipDay, Signature
from trellis.domains.programmes.leaf_wording import Names, title_of
from trellis.domains.programmes.models import Journey, Waiver
from trellis.domains.programmes.queries.standings import definition_of
from trellis.domains.programmes.rules import AttendanceOf, CoursePassed, Leaf, LevelShown, branches, expand
from trellis.domains.sessions.models import Mark, Session
from trellis.domains.sessions.rules import Attendance, Scheduled, count


@dataclass(frozen=True)
class Attended:
    """One session of a run: when, and how the person is marked; `made_up` when it stands for one that was missed."""

    session: Session
    mark: str
    label: str
    made_up: bool


@dataclass(frozen=True)
class CourseEvidence:
    """One run of a course with its sessions, the attendance over all of them, and the result that stands."""

    enrolment: Enrolment
    score: object
    passed: bool | None
    sessions: tuple[Attended, ...]
    attendance: Attendance


@dataclass(frozen=True)
class Waived:
    """One requirement that was let go, in words, and the waiver; one that was taken back stays to be seen."""

    what: str
    waiver: Waiver


@dataclass(frozen=True)
class Evidence:
    """Courses, days, what was waived, and earlier attempts at the programme."""

    courses: tuple[CourseEvidence, ...]
    days: tuple[MentorshipDay, ...]
    waivers: tuple[Waived, ...]
    attempts: tuple[Journey, ...]


def evidence_of(journey: Journey) -> Evidence:
    """Everything about one journey's person, in at most eight statements, however many courses and days."""
    return Evidence(
        _courses(journey),
        _days(journey),
        _waived(journey),
        tuple(Journey.objects.filter(person=journey.person_id, programme=journey.programme_id).exclude(pk=journey.pk)),
    )


def _courses(journey: Journey) -> tuple[CourseEvidence, ...]:
    standing = Result.objects.filter(offering=OuterRef("offering"), person=journey.person_id, is_current=True)
    enrolments = list(
        Enrolment.objects.filter(person=journey.person_id, withdrawn_at=None)
        .select_related("offering__course", "offering__series")
        .annotate(score=Subquery(standing.values("score")[:1]), passed=Subquery(standing.values("passed")[:1]))
        .order_by("offering__starts_on", "id")
    )
    series = [enrolment.offering.series_id for enrolment in enrolments]
    own = Mark.objects.filter(session=OuterRef("pk"), person=journey.person_id, is_current=True)
    found = Session.objects.filter(series__in=series, cancelled_at=None)
    found = found.annotate(own_mark=Subquery(own.values("value")[:1])).order_by("starts_at", "id")
    labels = dict(Mark.Value.choices)
    attended: dict[int, list[Attended]] = defaultdict(list)
    scheduled: dict[int, list[Scheduled]] = defaultdict(list)
    marks: dict[int, str] = {}
    for session in found:
        mark = session.own_mark or ""
        scheduled[session.series_id].append(Scheduled(session.pk, session.makes_up_id))
        if mark:
            marks[session.pk] = mark
        if session.makes_up_id and not mark:
            continue  # a make-up for others
        attended[session.series_id].append(
            Attended(session, mark, str(labels.get(mark, "")), session.makes_up_id is not None)
        )
    return tuple(
        CourseEvidence(
            enrolment,
            enrolment.score,
            enrolment.passed,
            tuple(attended[enrolment.offering.series_id]),
            count(scheduled[enrolment.offering.series_id], marks),
        )
        for enrolment in enrolments
    )


def _waived(journey: Journey) -> tuple[Waived, ...]:
    waivers = list(journey.waivers.select_related("given_by", "revoked_by"))
    if not waivers:
        return ()
    definition = definition_of(journey.version)
    track = definition.track_to(journey.position.code if journey.position else "")
    trees = [expand(gate.requires, track) for gate in definition.gates]
    asked = {waiver.key for waiver in waivers}
    leaves = {
        part.key: part for tree in trees for part in branches(tree) if isinstance(part, Leaf) and part.key in asked
    }
    courses = {leaf.course for leaf in leaves.values() if isinstance(leaf, CoursePassed | AttendanceOf)}
    levels = {leaf.competency for leaf in leaves.values() if isinstance(leaf, LevelShown)}
    names = Names(
        courses=Course.objects.in_bulk(courses, field_name="code") if courses else {},
        competencies=Competency.objects.in_bulk(levels, field_name="code") if levels else {},
        position=journey.position or "",
    )
    # A leaf that a later version no longer asks for is named by its key: nothing else is left of it.
    return tuple(Waived(title_of(leaves[w.key], names) if w.key in leaves else w.key, w) for w in waivers)


def _days(journey: Journey) -> tuple[MentorshipDay, ...]:
    """Days beside a holder, each with its mark, its hours, who confirmed it and what the learner signed."""
    mark = Mark.objects.filter(session=OuterRef("session"), person=OuterRef("learner"), is_current=True)
    signed = Signature.objects.filter(day=OuterRef("pk"), is_current=True)
    days = MentorshipDay.objects.filter(learner=journey.person_id, cancelled_at=None)
    if journey.position_id:
        days = days.filter(position=journey.position_id)
    return tuple(
        days.select_related("holder", "position")
        .annotate(
            own_mark=Subquery(mark.values("value")[:1]),
            hours=Subquery(mark.values("minutes")[:1]) / Value(60.0, FloatField()),
            confirmed_by=Subquery(mark.values("marked_by__name")[:1]),
            signed=Subquery(signed.values("text")[:1]),
            signed_at=Subquery(signed.values("signed_at")[:1]),
        )
        .order_by("on", "id")
    )
