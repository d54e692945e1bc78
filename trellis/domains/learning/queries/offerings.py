"""Runs of courses, and which courses teach what."""

from collections import defaultdict
from collections.abc import Collection

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from trellis.domains.learning.models import Course, Enrolment, InQueue, Offering, Result
from trellis.domains.people.models import Person, PersonQuerySet, RoleGrant
from trellis.domains.sessions.models import Mark, Session
from trellis.kit import clock
from trellis.kit.prepared import prepared


def offerings_to_grade(teacher: Person) -> QuerySet[Offering]:
    """Runs of the teacher that are over while somebody in them still waits for a result; the longest ago first."""
    graded = Result.objects.filter(offering=OuterRef("offering"), person=OuterRef("person"), is_current=True)
    waiting = Enrolment.objects.filter(~Exists(graded), offering=OuterRef("pk"), withdrawn_at=None)
    over = Offering.objects.filter(Exists(waiting), teachers=teacher, ends_on__lt=clock.today())
    return over.select_related("course").order_by("ends_on", "id")


def offerings_with_places(offerings: QuerySet[Offering]) -> QuerySet[Offering]:
    """Each with `taken`, the number of people enrolled now."""
    return offerings.annotate(taken=Count("enrolments", filter=Q(enrolments__withdrawn_at=None)))


def with_queue(offerings: QuerySet[Offering], person: Person | int) -> QuerySet[Offering]:
    """Each with `in_queue`, how many wait for a place, and `turn`, which of them the person is (0: does not wait)."""
    queue = InQueue.objects.filter(offering=OuterRef("pk"), ended_at=None)
    own = queue.filter(person=person).values("pk")[:1]
    before = queue.filter(pk__lte=Subquery(InQueue.objects.filter(
        offering=OuterRef("offering"), person=person, ended_at=None).values("pk")[:1]))  # fmt: skip

    def counted(rows: QuerySet[InQueue]) -> Coalesce:
        return Coalesce(Subquery(rows.order_by().values("offering").annotate(n=Count("pk")).values("n")), 0)

    return offerings.annotate(in_queue=counted(queue), turn=Case(When(Exists(own), then=counted(before)), default=0))


@prepared
def offering_for(pk: int, reader: int) -> QuerySet[Offering]:
    """The run of that id, or none, with its course and series, `taken`, and the queue as the reader sees it."""
    return with_queue(offerings_with_places(Offering.objects.filter(pk=pk)), reader).select_related("course", "series")


def own_lines(sessions: QuerySet[Session], person: Person) -> list[tuple[Session, str]]:
    """The sessions of a run, each with the person's own mark in it ("" when open); one statement."""
    own = Mark.objects.filter(session=OuterRef("pk"), person=person, is_current=True).values("value")
    rows = sessions.select_related("series", "room").annotate(own=Coalesce(Subquery(own[:1]), Value("")))
    return [(row, row.own) for row in rows]


def queue_of(offering: Offering) -> list[InQueue]:
    """Who waits for a place, in the order they asked."""
    waiting = InQueue.objects.filter(offering=offering, ended_at=None).select_related("person")
    return list(waiting.order_by("asked_at", "id"))


def teachers_for(course: Course) -> PersonQuerySet:
    """Who can teach the course: whoever acts as a teacher or for the academy, and who usually teaches it; by name."""
    people = Person.objects.get_queryset()
    acting = RoleGrant.objects.in_force().filter(role__in=(RoleGrant.Role.TEACHER, RoleGrant.Role.ACADEMY))
    usual = course.usual_teachers.through._default_manager.filter(course=course).values("person_id")
    return people.filter(Q(pk__in=acting.values("person_id")) | Q(pk__in=usual)).order_by("name", "id")


def courses_teaching(competency_ids: Collection[int]) -> dict[int, list[tuple[Course, int]]]:
    """Competency id to the courses that teach it, each with the level it shows."""
    found: dict[int, list[tuple[Course, int]]] = defaultdict(list)
    rows = Course.objects.filter(teaches__competency_id__in=competency_ids).values_list(
        "pk", "teaches__competency_id", "teaches__level"
    )
    courses = Course.objects.in_bulk([row[0] for row in rows])
    for pk, competency_id, level in rows:
        found[competency_id].append((courses[pk], level))
    return dict(found)
