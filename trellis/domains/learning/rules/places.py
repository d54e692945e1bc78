"""Who gets a place."""

from dataclasses import dataclass


@dataclass(frozen=True)
class EnrolOutcome:
    """Who was enrolled now, who already was, and for whom no place was left (person ids)."""

    enrolled: tuple[int, ...] = ()
    already: tuple[int, ...] = ()
    no_place: tuple[int, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether everybody asked for is enrolled."""
        return not self.no_place


def share_out(asked: list[int], enrolled: set[int], places: int) -> EnrolOutcome:
    """First come, first served: `asked` in their order, `places` in all, some of them taken."""
    already = tuple(person for person in asked if person in enrolled)
    new = [person for person in dict.fromkeys(asked) if person not in enrolled]
    left = max(0, places - len(enrolled))
    return EnrolOutcome(tuple(new[:left]), already, tuple(new[left:]))
