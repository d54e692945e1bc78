"""Who stands in as a mentor, who can be asked, what a mentor can answer, and until when an answer is hoped for."""

from collections.abc import Collection, Mapping, Sequence


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
