"""How an opening is being filled: the order with who is invited and chosen, and who was passed over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from trellis.domains.opportunities.models import Interview, Opening, PassingOver, Placement
from trellis.domains.opportunities.queries.openings import Listed, ranked_list
from trellis.domains.opportunities.rules import Place, stood_before


@dataclass(frozen=True)
class Filling:
    """The list of an opening with its interviews (by person) and those chosen."""

    opening: Opening
    listed: tuple[Listed, ...]
    interviews: dict[int, Interview]
    placements: tuple[Placement, ...]

    @property
    def order(self) -> tuple[Place, ...]:
        return tuple(row.place for row in self.listed)

    @property
    def posts_left(self) -> int:
        return self.opening.posts - len(self.placements)

    @property
    def _said_no(self) -> set[int]:
        return {pk for pk, interview in self.interviews.items() if interview.outcome == Interview.Outcome.DECLINED}

    def not_yet_invited(self, person: int) -> tuple[int, ...]:
        """The certified before somebody who are not invited yet: inviting the person passes them over."""
        return stood_before(self.order, person, aside=set(self.interviews))

    def passed_over_by(self, person: int) -> tuple[int, ...]:
        """The certified before somebody who did not say no: choosing the person passes them over."""
        chosen = {placement.person_id for placement in self.placements}
        return stood_before(self.order, person, aside=self._said_no | chosen)

    def holds(self, person: int) -> bool:
        """Whether somebody is on the list."""
        return any(row.person.pk == person for row in self.listed)


def filling_of(opening: Opening, on: date) -> Filling:
    """Everything about filling one opening, in a bounded number of statements."""
    return Filling(
        opening,
        ranked_list(opening, on),
        {i.person_id: i for i in opening.interviews.select_related("invited_by", "noted_by")},
        tuple(opening.placements.select_related("person", "chosen_by", "holding")),
    )


def passings_over() -> QuerySet[PassingOver]:
    """The report: who was passed over for whom and why, newest first; without those who got a post of it after all."""
    got_it = Placement.objects.filter(opening=OuterRef("opening"), person=OuterRef("person"))
    return PassingOver.objects.exclude(Exists(got_it)).select_related(
        "person", "instead", "written_by", "opening__position", "opening__unit"
    )
