"""What waits for whom since when: the office's queue. Rooms above add their own with `waiting_source`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from trellis.domains.learning.models import Enrolment, Offering, Result
from trellis.domains.mentoring.models import MentorshipDay
from trellis.domains.people.models import Person
from trellis.domains.programmes.models import Cohort, Journey, Programme, Review
from trellis.domains.sessions.models import Mark
from trellis.kit import clock
from trellis.kit.ui.icons import icon

MOST = 300  # of each kind: who waits longest comes first, and an office reads no more at once


@dataclass(frozen=True)
class Waiting:
    """One thing that waits: about whom or what, since which day, for whom (None: the academy), and where it is done."""

    about: str
    more: str
    since: date
    link: str
    waits_for: Person | None = None
    waits_for_ids: frozenset[int] = frozenset()


Source = Callable[[QuerySet[Journey] | None], list[Waiting]]


@dataclass(frozen=True)
class Kind:
    """A kind of waiting things, as the page names it."""

    code: str
    title: Any
    icon: str
    find: Source


_kinds: dict[str, Kind] = {}


def waiting_source(code: str, *, title: Any, shape: str) -> Callable[[Source], Source]:
    """Let a function answer what waits: of everybody, or of these journeys; in few statements."""

    def declare(find: Source) -> Source:
        _kinds[code] = Kind(code, title, shape, find)
        return find

    return declare


def kinds_waiting() -> list[Kind]:
    """Every kind there is."""
    return list(_kinds.values())


def waiting(
    cohort: Cohort | None = None, *, programme: Programme | None = None, kind: str = ""
) -> list[tuple[Kind, Waiting]]:
    """All that waits, of a kind or of every kind, longest first; of everybody, a programme or a cohort."""
    chosen = [_kinds[kind]] if kind in _kinds else kinds_waiting()
    going = Journey.objects.filter(left_at=None)
    journeys = None
    if cohort:
        journeys = going.filter(cohort=cohort)
    elif programme:
        journeys = going.filter(programme=programme)
    found = [(of, one) for of in chosen for one in of.find(journeys)]
    return sorted(found, key=lambda pair: (pair[1].since, pair[0].code, pair[1].link))


def reviews_asked() -> QuerySet[Review]:
    """Reviews that wait for a decision, longest first."""
    asked = Review.objects.filter(state=Review.State.ASKED, journey__left_at=None)
    return asked.select_related("person", "journey__programme", "journey__position").order_by("asked_at", "id")


@waiting_source("reviews", title=_("Reviews"), shape=icon("list-checks"))
def _reviews(journeys: QuerySet[Journey] | None) -> list[Waiting]:
    found = reviews_asked()
    if journeys is not None:
        found = found.filter(journey__in=journeys)
    return [
        Waiting(
            r.person.name,
            " · ".join(str(part) for part in (r.journey.programme, r.journey.position) if part),
            timezone.localdate(r.asked_at),
            f"/reviews/{r.pk}/",
        )
        for r in found[:MOST]
    ]


@waiting_source("days", title=_("Mentorship days to confirm"), shape=icon("handshake"))
def _days(journeys: QuerySet[Journey] | None) -> list[Waiting]:
    marked = Mark.objects.filter(session=OuterRef("session"), person=OuterRef("learner"), is_current=True)
    found = MentorshipDay.objects.filter(cancelled_at=None, on__lt=clock.today()).exclude(Exists(marked))
    if journeys is not None:
        found = found.filter(learner__in=journeys.values("person"))
    return [
        Waiting(
            day.learner.name,
            str(day.position),
            day.on,
            f"/mentorship-days/{day.pk}/",
            day.holder,
            frozenset({day.holder_id}),
        )
        for day in found.select_related("learner", "holder", "position").order_by("on", "id")[:MOST]
    ]


@waiting_source("results", title=_("Results to record"), shape=icon("presentation"))
def _results(journeys: QuerySet[Journey] | None) -> list[Waiting]:
    """Runs that are over and in which somebody has no result; since the day after the last one."""
    graded = Result.objects.filter(offering=OuterRef("offering"), person=OuterRef("person"), is_current=True)
    left = Enrolment.objects.filter(withdrawn_at=None, offering__ends_on__lt=clock.today()).exclude(Exists(graded))
    if journeys is not None:
        of_runs = Exists(journeys.filter(person=OuterRef("person"), cohort__offerings=OuterRef("offering")))
        left = left.filter(of_runs)
    missing = dict(left.order_by().values_list("offering").annotate(n=Count("id")))
    found = Offering.objects.filter(pk__in=missing).select_related("course").prefetch_related("teachers")
    return [
        Waiting(
            str(run.course),
            f"{run.name} · {missing[run.pk]}",
            run.ends_on + timedelta(days=1),
            f"/offerings/{run.pk}/results/",
            next(iter(run.teachers.all()), None),
            frozenset(teacher.pk for teacher in run.teachers.all()),
        )
        for run in found.order_by("ends_on", "id")[:MOST]
    ]


def is_for(one: Waiting, reader: Person) -> bool:
    """Whether the reader is one of those it waits for; what waits for the academy waits for each of them."""
    return not one.waits_for_ids or reader.pk in one.waits_for_ids


def next_review(reader: Person, reviews: QuerySet[Review]) -> Review | None:
    """Which of the reviews the reader should decide next: the longest waiting that is not about them."""
    return reviews.exclude(Q(person=reader)).first()
