"""Trying again: a session with its people, planned by the teacher or the academy."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from trellis.domains.learning import notices, queries
from trellis.domains.learning.events import ResitScheduled
from trellis.domains.learning.models import Enrolment, Offering, Resit
from trellis.domains.learning.rules import ResitOutcome, decide_resit, next_try
from trellis.domains.people.models import Person
from trellis.domains.sessions import actions as sessions_actions
from trellis.domains.sessions.actions import PlannedSession
from trellis.domains.sessions.models import Series
from trellis.domains.sessions.rules import unresolved
from trellis.kit.journal.facts import announce
from trellis.kit.notices.notify import notify
from trellis.kit.text import name_in_all


@transaction.atomic
def schedule_resit(
    *,
    offering: Offering,
    part: str,
    person_ids: Collection[int],
    starts_at: datetime,
    ends_at: datetime,
    place: str = "",
    reason: str = "",
    because: str = "",
    actor: Person,
) -> ResitOutcome:
    """Plan a re-sit of one part for these people, who are told; asked twice for the same start, it is there once.

    Whom the policy of the course does not let try again (none left, too soon, passed already) gets a place only with a
    reason, which is kept. A teacher who hosts something else then is refused too, unless `because` says why.
    """
    locked = Offering.objects.select_for_update().get(pk=offering.pk)
    if locked.scheme.part(part) is None:
        return ResitOutcome("no_part")
    there = Resit.objects.filter(
        offering=locked, part=part, session__starts_at=starts_at, session__cancelled_at=None
    ).first()
    if there:
        return ResitOutcome("already", there.session_id)
    against = _against(locked, part, list(person_ids), timezone.localdate(starts_at))
    code = decide_resit(against, len(person_ids), reason)
    if code != "scheduled":
        return ResitOutcome(code, against=against)
    hosts = [teacher for teacher in offering.teachers.all() if teacher.pk not in person_ids] or [actor]
    planned = PlannedSession(_title(locked, part), starts_at, ends_at, hosts, place, people=frozenset(person_ids))
    found = sessions_actions.speaks_against([planned], hold=True)
    if unresolved(found, because):
        return ResitOutcome("clash", clashes=found)
    course = offering.course
    series = sessions_actions.open_series(name=course.name, names=course.names, kind=Series.Kind.EVENT, actor=actor)
    sessions_actions.take_in(series=series, person_ids=list(person_ids), actor=actor)
    [session] = sessions_actions.write_plan(series=series, planned=[planned], found=found, because=because, actor=actor)
    resit = Resit.objects.create(
        offering=locked, part=part, session=session, scheduled_by=actor, reason=reason.strip()[:300]
    )
    announce(ResitScheduled(locked.pk, resit.pk, session.pk, part, bool(against)), actor=actor)
    notify(
        person_ids=[person for person in person_ids if person != actor.pk],
        kind=notices.RESIT.code,
        key=f"resit:{resit.pk}",
        params={"course": name_in_all(course), "day": timezone.localdate(starts_at)},
        link=f"/offerings/{offering.pk}/",
    )
    return ResitOutcome("scheduled", session.pk, against, found)


def _title(offering: Offering, part: str) -> str:
    found = offering.scheme.part(part)
    return found.name.get("en", "") if found else ""


def _against(offering: Offering, part: str, person_ids: list[int], day: date) -> dict[int, str]:
    """Person id to what speaks against another attempt on that day."""
    current = Enrolment.objects.filter(offering=offering, person_id__in=person_ids, withdrawn_at=None)
    enrolled = set(current.values_list("person_id", flat=True))
    tries, results = queries.tries_in(offering, person_ids), queries.results_in(offering, person_ids)
    places = queries.resit_places(offering, person_ids)
    found = {}
    for person in person_ids:
        own = [t for t in tries.get(person, ()) if t.part == part]
        passed = person in results and results[person].passed
        why_not = next_try(offering.scheme, own, on=day, passed=passed).why_not
        if person not in enrolled:
            why_not = "not_enrolled"
        elif any(waiting.part == part for waiting in places.get(person, ())):
            why_not = "has_a_place"
        if why_not:
            found[person] = why_not
    return found
