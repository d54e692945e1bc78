"""What this room does about facts: a holder who leaves, moves or is away is replaced; one erased is not named.

Who leaves is nobody's mentor or mentee any more.
"""

from trellis.domains.mentoring.actions.parting import leave, let_go_who_left
from trellis.domains.mentoring.actions.replacing import forget_holder
from trellis.domains.mentoring.events import SaidAway, SaidBack
from trellis.domains.mentoring.queries.needs import days_to_come, days_upset, open_proposals
from trellis.domains.mentoring.tasks import replace_days_of
from trellis.domains.people.events import Erased, Left, Moved, Promoted, UndoneInBulk, WrittenInBulk
from trellis.domains.people.models import Person
from trellis.kit.journal.facts import reacts_to
from trellis.kit.journal.models import Entry


@reacts_to(Left)
def replace_who_left(fact: Left, entry: Entry) -> None:
    _look_at(fact.person)


@reacts_to(Moved)
def replace_who_moved(fact: Moved, entry: Entry) -> None:
    _look_at(fact.person)


@reacts_to(Promoted)
def replace_who_was_promoted(fact: Promoted, entry: Entry) -> None:
    _look_at(fact.person)


@reacts_to(SaidAway)
def replace_who_is_away(fact: SaidAway, entry: Entry) -> None:
    _look_at(fact.person)


@reacts_to(SaidBack)
def look_again_at_who_is_back(fact: SaidBack, entry: Entry) -> None:
    _look_at(fact.person)


@reacts_to(WrittenInBulk)
def look_at_all_holders(fact: WrittenInBulk, entry: Entry) -> None:
    _look_at_all()


@reacts_to(UndoneInBulk)
def look_again_at_all_holders(fact: UndoneInBulk, entry: Entry) -> None:
    _look_at_all()


@reacts_to(Left)
def end_mentorships_of_who_left(fact: Left, entry: Entry) -> None:
    """At once for whose last day is over; who stays until a day to come is let go by the daily look."""
    let_go_who_left()


@reacts_to(WrittenInBulk)
def end_mentorships_of_all_who_left(fact: WrittenInBulk, entry: Entry) -> None:
    let_go_who_left()


@reacts_to(Erased)
def end_mentorships_of_who_is_unknown(fact: Erased, entry: Entry) -> None:
    leave(person=Person.objects.get_queryset().get(pk=fact.person), tells_name=False)


@reacts_to(Erased)
def forget_name(fact: Erased, entry: Entry) -> None:
    forget_holder(holder_id=fact.person)


def _look_at(person_id: int) -> None:
    """Only for who has days to come, or a proposal to replace them: most who move never hosted anybody."""
    waiting = open_proposals().filter(source=f"replace:{person_id}")
    if days_to_come().filter(holder=person_id).exists() or waiting.exists():
        replace_days_of.enqueue(person_id)


def _look_at_all() -> None:
    """After an import, whoever hosts a day that cannot be any more."""
    for holder_id in days_upset().order_by().values_list("holder_id", flat=True).distinct():
        replace_days_of.enqueue(holder_id)
