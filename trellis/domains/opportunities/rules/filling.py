"""Who may be invited or chosen, and who is passed over by it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from trellis.domains.opportunities.rules.order import Place


def stood_before(order: Sequence[Place], person: int, *, aside: Collection[int]) -> tuple[int, ...]:
    """The certified who stand before somebody in the order, those in `aside` left out; in their order.

    `aside` are people who cannot be passed over: who said no themselves, were chosen, or, for an interview, are
    invited already. Somebody who is not on the list has everybody before them.
    """
    before = []
    for place in order:
        if place.candidate.person == person:
            break
        if place.reason == "certified" and place.candidate.person not in aside:
            before.append(place.candidate.person)
    return tuple(before)


def refusal_to_invite(*, is_closed: bool, is_listed: bool, is_oneself: bool, is_past: bool) -> str:
    """Why somebody is not invited: oneself | closed | not_listed | past; empty when they are."""
    if is_oneself:
        return "oneself"
    if is_closed:
        return "closed"
    if not is_listed:
        return "not_listed"
    return "past" if is_past else ""


def refusal_to_choose(*, is_closed: bool, posts_left: int, is_listed: bool, is_oneself: bool) -> str:
    """Why somebody is not chosen: oneself | closed | filled | not_listed; empty when they are."""
    if is_oneself:
        return "oneself"
    if posts_left <= 0:
        return "filled"
    if is_closed:
        return "closed"
    return "" if is_listed else "not_listed"
