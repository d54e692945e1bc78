"""Who stands in as a mentor, who can be asked, what a mentor can answer, and until when an answer is hoped for."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta


def leaders(
    person: int, *, units: Sequence[int], heads: Mapping[int, int], manager: int | None, parted: Collection[int]
) -> list[int]:
    """Who could stand in as the person's mentor, the nearest first: the head of the team, the manager, heads above.

    `units` are the person's own unit and those around it, the innermost first. Left out: oneself, and who parted from
    the person as a mentor.
    """
    inner, outer = units[:1], units[1:]
    found = [*(heads.get(unit) for unit in inner), manager, *(heads.get(unit) for unit in outer)]
    return list(dict.fromkeys(one for one in found if one and one != person and one not in parted))


MOST_ASKED = 3  # questions of one person that wait for an answer at the same time
ANSWER_WITHIN = timedelta(days=14)
REMIND_AFTER = timedelta(days=7)
MOST_PLACES = 20


@dataclass(frozen=True)
class Asking:
    """What is known when one person wants to ask another to be the mentor. `open`: None for who is not willing."""

    is_oneself: bool
    is_here: bool
    open: bool | None
    is_leader: bool
    is_mentor_already: bool
    waiting: int


def why_not_ask(asking: Asking) -> str:
    """Empty: go ahead. Else `oneself`, `gone`, `yours_already`, `not_willing`, `paused`, `too_many`.

    The team leader can be asked without having said to be willing; a pause holds for everybody.
    """
    if asking.is_oneself:
        return "oneself"
    if not asking.is_here:
        return "gone"
    if asking.is_mentor_already:
        return "yours_already"
    if asking.open is None and not asking.is_leader:
        return "not_willing"
    if asking.open is False:
        return "paused"
    return "too_many" if asking.waiting >= MOST_ASKED else ""


def free_places(places: int, taken: int) -> int:
    """How many more a mentor takes. A number made smaller ends nothing, so it may be less than is taken."""
    return max(0, places - taken)


def hoped_for(today: date, *, free: int | None, ahead: int) -> date | None:
    """Until when an answer is hoped for; None: the mentor is full and the question waits. `free` None: no limit.

    `ahead` are questions before this one that have been put to the mentor.
    """
    return today + ANSWER_WITHIN if free is None or ahead < free else None


def is_to_remind(answer_by: date | None, today: date) -> bool:
    """Whether half of the time for an answer is over."""
    return answer_by is not None and today >= answer_by - ANSWER_WITHIN + REMIND_AFTER


def has_lapsed(answer_by: date | None, today: date) -> bool:
    """Whether the time for an answer is over; the last day still belongs to it."""
    return answer_by is not None and today > answer_by
