"""All that a review rests on, with dates, marks and names: what the office reads before it decides."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from trellis.domains.learning.models import Enrolment, Result
from trellis.domains.mentoring.models import MentorshipDay, Signature
from trellis.domains.programmes.models import Journey, Waiver
from trellis.domains.sessions.models import Mark, Session


@dataclass(frozen=True)
class Attended:
    """One session of a run: when, and how the person is marked; `made_up` when it stands for one that was missed."""

    session: Session
    mark: str
    label: str
    made_up: bool


@dataclass(frozen=True)
class CourseEvidence:
    """One run of a course with its sessions and the result that stands."""

    enrolment: Enrolment
    score: object
    passed: bool | None
    sessions: tuple[Attended, ...]


@dataclass(frozen=True)
class Evidence:
    """Courses, days, what was waived, and earlier attempts at the programme."""

    courses: tuple[CourseEvidence, ...]
    days: tuple[MentorshipDay, ...]
    waivers: tuple[Waiver, ...]
    attempts: tuple[Journey, ...]


def evidence_of(journey: Journey) -> Evidence:
    """Everything about one journey's person, in five statements, however many courses and days there are."""
    return Evidence(
        _courses(journey),
        _days(journey),
        tuple(journey.waivers.select_related("given_by")),
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
    for session in found:
        mark = session.own_mark or ""
        if session.makes_up_id and not mark:
            continue  # a make-up for others
        attended[session.series_id].append(
            Attended(session, mark, str(labels.get(mark, "")), session.makes_up_id is not None)
        )
    return tuple(CourseEvidence(e, e.score, e.passed, tuple(attended[e.offering.series_id])) for e in enrolments)


def _days(journey: Journey) -> tuple[MentorshipDay, ...]:
    """Days beside a holder, each with its mark, its minutes, who confirmed it and what the learner signed."""
    mark = Mark.objects.filter(session=OuterRef("session"), person=OuterRef("learner"), is_current=True)
    signed = Signature.objects.filter(day=OuterRef("pk"), is_current=True)
    days = MentorshipDay.objects.filter(learner=journey.person_id, cancelled_at=None)
    if journey.position_id:
        days = days.filter(position=journey.position_id)
    return tuple(
        days.select_related("holder", "position")
        .annotate(
            own_mark=Subquery(mark.values("value")[:1]),
            minutes=Subquery(mark.values("minutes")[:1]),
            confirmed_by=Subquery(mark.values("marked_by__name")[:1]),
            signed=Subquery(signed.values("text")[:1]),
            signed_at=Subquery(signed.values("signed_at")[:1]),
        )
        .order_by("on", "id")
    )
