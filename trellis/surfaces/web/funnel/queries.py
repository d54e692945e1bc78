"""Everybody who volunteered in a time, with how far they came: three statements, however many people there are."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q, Subquery

from trellis.domains.credentials.models import Certificate
from trellis.domains.opportunities.models import Interview, Placement
from trellis.domains.opportunities.queries.pool import certified_in_pool
from trellis.domains.people.models import Holding
from trellis.domains.programmes.models import Journey, Passage, ProgrammeVersion, Waiting
from trellis.domains.programmes.queries.standings import definition_of
from trellis.kit import clock
from trellis.surfaces.web.funnel.rules import Way, furthest


def ways(first: date, last: date, *, programme: str = "") -> list[Way]:
    """Who put themselves in from the first to the last day, each attempt once; who only waited for a place too.

    Where somebody stood is the unit of today, or their last one. In the pool is who is certified and counts today, or
    went on from there: interviews and posts count when they are for the position of the journey and after joining.
    """
    since = {"gte": clock.at_time(first, 0), "lt": clock.at_time(last + timedelta(days=1), 0)}
    in_time = Q(joined_at__gte=since["gte"], joined_at__lt=since["lt"], voluntary=True)
    asked = Q(asked_at__gte=since["gte"], asked_at__lt=since["lt"])
    if programme:
        in_time &= Q(programme__code=programme)
        asked &= Q(cohort__version__programme__code=programme)
    last_gates, pathway_of = _definitions(programme)
    unit = Holding.objects.filter(person=OuterRef("person")).order_by("-began_on", "-id").values("unit__path")[:1]
    on = clock.today()
    pool = {
        (person, position): one.validity(on) != "expired"
        for position, people in certified_in_pool(None, on=on).items()
        for person, one in people.items()
    }
    passed = Passage.objects.filter(journey=OuterRef("pk"), gate__in=last_gates, withdrawn_at=None)
    certificate = Certificate.objects.filter(journey=OuterRef("pk"), course=None, withdrawn_at=None)
    post = {"person": OuterRef("person"), "opening__position": OuterRef("position")}
    spoken = Interview.objects.filter(**post, invited_at__gte=OuterRef("joined_at"))
    spoken = spoken.exclude(outcome__in=(Interview.Outcome.ABSENT, Interview.Outcome.DECLINED))
    placed = Placement.objects.filter(**post, chosen_at__gte=OuterRef("joined_at"))
    journeys = (
        Journey.objects.filter(in_time)
        .order_by()
        .annotate(
            met=Exists(passed),
            certified=Exists(certificate),
            spoken=Exists(spoken),
            placed=Exists(placed),
            unit=Subquery(unit),
        )
    )
    rows = journeys.values_list(
        "person", "position", "version", "position__code", "left_at", "completed_at",
        "met", "certified", "spoken", "placed", "unit",
    )  # fmt: skip
    found = [
        Way(
            furthest(True, met or bool(done), certified, certified and pool.get((person, position), False), spoke, got),
            going=left is None and done is None,
            pathway=pathway_of.get((version, code or ""), ""),
            unit=path or "",
        )
        for person, position, version, code, left, done, met, certified, spoke, got, path in rows.iterator()
    ]
    return found + _only_waited(asked, pathway_of)


def _only_waited(asked: Q, pathway_of: dict[tuple[int, str], str]) -> list[Way]:
    """Who asked for a place and never had a journey in that programme."""
    joined = Journey.objects.filter(person=OuterRef("person"), programme=OuterRef("cohort__version__programme"))
    unit = Holding.objects.filter(person=OuterRef("person")).order_by("-began_on", "-id").values("unit__path")[:1]
    waited = Waiting.objects.filter(asked, ~Exists(joined)).order_by("person", "asked_at")
    rows = waited.annotate(unit=Subquery(unit), version=F("cohort__version"))
    once = {}
    for person, version, code, ended, path in rows.values_list(
        "person", "version", "position__code", "ended_at", "unit"
    ):
        once[person] = Way(0, ended is None, pathway_of.get((version, code or ""), ""), path or "")
    return list(once.values())


def _definitions(programme: str) -> tuple[set[str], dict[tuple[int, str], str]]:
    """The gates behind which the certificate lies, and the pathway to each position by version; one statement."""
    versions = ProgrammeVersion.objects.select_related("programme")
    gates: set[str] = set()
    pathways: dict[tuple[int, str], str] = {}
    for version in versions.filter(programme__code=programme) if programme else versions:
        definition = definition_of(version)
        gates.update(gate.key for gate in definition.gates if gate.opens == "certificate")
        pathways.update({(version.pk, track.position): track.pathway for track in definition.tracks})
    return gates, pathways
