"""A graduation: who is invited, and the certificates of all of them in one go."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_noop

from trellis.domains.credentials.actions.journeys import issue
from trellis.domains.credentials.actions.outcome import IssuedAll
from trellis.domains.credentials.events import InvitedToCeremony
from trellis.domains.credentials.models import Ceremony, Graduate
from trellis.domains.credentials.queries import graduates_of
from trellis.domains.people.models import Person
from trellis.domains.programmes.models import Journey, Programme
from trellis.domains.sessions import actions as sessions
from trellis.domains.sessions.actions import PlannedSession
from trellis.domains.sessions.rules import Clash, unresolved
from trellis.kit import clock
from trellis.kit.journal.facts import announce_many

NAME, NAMES = gettext_noop("Graduation"), {"zh-hans": "结业典礼"}


@dataclass(frozen=True)
class CeremonyOutcome:
    """The ceremony; or None, and what of the academy's own is taken then (see `sessions.actions.plan`)."""

    ceremony: Ceremony | None
    planned: PlannedSession
    clashes: tuple[Clash, ...] = ()


@transaction.atomic
def plan_ceremony(
    *,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    journeys: Iterable[Journey],
    because: str = "",
    actor: Person,
) -> CeremonyOutcome:
    """A session of its own with those invited who are due. Planned twice for the same moment and place it is one.

    Who plans it is its host, and cannot be elsewhere then, unless `because` says why it has to be.
    """
    # Two who plan the same graduation at one moment plan it one after the other, so that the second finds the first's;
    # `no_key`, for people join the programmes meanwhile.
    list(Programme.objects.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    Person.objects.get_queryset().select_for_update().get(pk=actor.pk)
    place, journeys = place.strip()[:200], list(journeys)
    people = frozenset(journey.person_id for journey in journeys)
    planned = PlannedSession("", starts_at, ends_at, [actor], place, people=people)
    same = Ceremony.objects.filter(session__starts_at=starts_at, session__place=place, session__cancelled_at=None)
    ceremony = same.first()
    found: tuple[Clash, ...] = ()
    if ceremony is None:
        found = sessions.speaks_against([planned], hold=True)
        if unresolved(found, because):
            return CeremonyOutcome(None, planned, found)
        series = sessions.open_series(name=NAME, names=NAMES, kind="event", actor=actor)
        [session] = sessions.write_plan(series=series, planned=[planned], found=found, because=because, actor=actor)
        ceremony = Ceremony.objects.create(session=session, planned_by=actor, created_at=clock.now())
    invite_graduates(ceremony=ceremony, journeys=journeys, actor=actor)
    return CeremonyOutcome(ceremony, planned, found)


@transaction.atomic
def invite_graduates(*, ceremony: Ceremony, journeys: Iterable[Journey], actor: Person) -> int:
    """Put journeys onto the ceremony's list; their people are expected there and told. Returns how many are new."""
    Ceremony.objects.select_for_update().get(pk=ceremony.pk)
    there = set(Graduate.objects.filter(ceremony=ceremony).values_list("journey_id", flat=True))
    fresh = [journey for journey in journeys if journey.pk not in there]
    Graduate.objects.bulk_create(
        [Graduate(ceremony=ceremony, journey=journey, person_id=journey.person_id) for journey in fresh]
    )
    people = list(dict.fromkeys(journey.person_id for journey in fresh))
    sessions.take_in(series=ceremony.session.series, person_ids=people, actor=actor)
    announce_many([InvitedToCeremony(pk, ceremony.pk) for pk in people], actor=actor)
    return len(fresh)


def issue_at(
    *,
    ceremony: Ceremony,
    only_present: bool,
    actor: Person,
    tell: Callable[[int, int], None] = lambda done, total: None,
) -> IssuedAll:
    """Give everybody of the list their certificate, or those the register has as present.

    Each in a transaction of its own: stopped half-way, what was given stays given, and started again it goes on with
    who is left. `tell` is told how far it is.
    """
    rows = [row for row in graduates_of(ceremony) if row.was_there or not only_present]
    outcome = IssuedAll()
    for number, row in enumerate(rows, start=1):
        given = issue(journey=row.journey, actor=actor, on=clock.today())
        outcome.count(given.code, row.journey.person_id)
        tell(number, len(rows))
    return outcome
