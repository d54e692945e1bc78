"""What pages and other rooms ask about days beside a holder. In bulk, a constant number of statements."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet

from trellis.domains.careers.models import CompetencyLevel, ProfileItem
from trellis.domains.mentoring.models import MentorshipDay, Seen, Signature
from trellis.domains.mentoring.rules import DayBeside
from trellis.domains.people.models import Holding, on_day
from trellis.domains.sessions.models import Mark
from trellis.domains.sessions.queries import MANY
from trellis.kit.prepared import prepared


def days_beside(learner_ids: Collection[int], position_ids: Collection[int]) -> dict[tuple[int, int], list[DayBeside]]:
    """(learner, position) to days that were not cancelled, by date. One statement, however many people."""
    learners = set(learner_ids)
    rows = _days_of(learners, position_ids) if len(learners) <= MANY else list(_days(position_ids))
    found: dict[tuple[int, int], list[DayBeside]] = defaultdict(list)
    for day in rows:
        if day.learner_id in learners:
            found[day.learner_id, day.position_id].append(as_fact(day))
    return dict(found)


@prepared
def _days_of(learners: Collection[int], positions: Collection[int]) -> QuerySet[MentorshipDay]:
    return _days(positions).filter(learner_id__in=learners)


def _days(positions: Collection[int]) -> QuerySet[MentorshipDay]:
    planned = MentorshipDay.objects.filter(position_id__in=positions, cancelled_at=None)
    return with_facts(planned).order_by("on", "id")


def with_facts(days: QuerySet[MentorshipDay]) -> QuerySet[MentorshipDay]:
    """With the learner's mark and signature, and whether the holder held the position on that day."""
    own = Q(session__marks__is_current=True, session__marks__person=F("learner"))
    spells = Holding.objects.filter(on_day(OuterRef("on")), person=OuterRef("holder"), position=OuterRef("position"))
    return days.alias(mark=FilteredRelation("session__marks", condition=own)).annotate(
        mark_value=F("mark__value"),
        mark_minutes=F("mark__minutes"),
        held_then=Exists(spells),
        signed=Exists(Signature.objects.filter(day=OuterRef("pk"), is_current=True)),
    )


def as_fact(day: Any) -> DayBeside:
    """A day, loaded by `with_facts`, as the rules take it."""
    return DayBeside(
        day.on, day.mark_minutes, day.mark_value, day.holder_id, day.held_then, day_id=day.pk, signed=day.signed
    )


def days_of_academy(days: QuerySet[MentorshipDay]) -> QuerySet[MentorshipDay]:
    """Days not cancelled, with their facts and the people and positions a list shows."""
    shown = days.filter(cancelled_at=None).select_related("learner", "holder", "position", "session")
    return with_facts(shown)


def signature_of(day: MentorshipDay) -> Signature | None:
    """What the learner wrote, as it stands."""
    return Signature.objects.filter(day=day, is_current=True).first()


@dataclass(frozen=True)
class Behaviour:
    """One line of the observation checklist: what the position's profile asks, and whether the holder saw it."""

    competency_id: int
    told: str
    was_seen: bool


def checklist(day: MentorshipDay, mark: Mark | None) -> list[Behaviour]:
    """What to look for on a day: behaviours of the profile, at the level it asks for. Three statements."""
    asked = list(ProfileItem.objects.filter(position=day.position_id).select_related("competency"))
    levels = {
        (level.competency_id, level.level): level
        for level in CompetencyLevel.objects.filter(competency__in=[item.competency_id for item in asked])
    }
    seen = set(Seen.objects.filter(mark=mark).values_list("competency_id", flat=True)) if mark else set()
    return [
        Behaviour(
            item.competency_id, _told(item, levels.get((item.competency_id, item.level))), item.competency_id in seen
        )
        for item in asked
    ]


def _told(item: ProfileItem, level: CompetencyLevel | None) -> str:
    what = (level.about or str(level)) if level else ""
    return f"{item.competency}: {what}" if what else str(item.competency)
