"""Enough mentors? Juniors to seniors, free places to questions; in bands where a small number would name somebody."""

from dataclasses import dataclass

SENIOR_YEARS = 5
JUNIOR_YEARS = 2
SENIOR_RANK = 2  # on any pathway; rank 1 is where it starts
MOST_JUNIORS = 5  # to one senior, before a team is called short
SMALLEST_TEAM = 5  # in smaller ones it would be known who is meant

BANDS = (1, 5, 10, 20)


def band(number: int) -> int:
    """The beginning of the band a number lies in: 0, 1 (to 4), 5 (to 9), 10 (to 19), 20 (and more).

    Every number of waiting people is told so, totals too: from bands nothing can be taken away to find one person.
    """
    return max((start for start in BANDS if number >= start), default=0)


@dataclass(frozen=True)
class Team:
    """How many work in a unit itself, and how many of them are senior and junior."""

    people: int
    seniors: int
    juniors: int

    @property
    def is_told(self) -> bool:
        """Whether the team is large enough for its numbers to be told."""
        return self.people >= SMALLEST_TEAM

    @property
    def state(self) -> str:
        """`small` (not told), `none` (juniors and nobody senior), `short` (more juniors to a senior than one can
        accompany), `enough`."""
        if not self.is_told:
            return "small"
        if self.juniors and not self.seniors:
            return "none"
        return "short" if self.juniors > MOST_JUNIORS * self.seniors else "enough"


@dataclass
class Line:
    """Supply and demand of one topic or one team: mentors willing, their free places, mentees, and who waits."""

    mentors: int = 0
    free: int = 0
    mentees: int = 0
    waiting: int = 0

    @property
    def waiting_band(self) -> int:
        """Who waits, as it may be told."""
        return band(self.waiting)

    @property
    def mentees_band(self) -> int:
        """Who is accompanied, as it may be told."""
        return band(self.mentees)

    @property
    def is_short(self) -> bool:
        """Whether somebody waits and nobody has a place."""
        return self.waiting > 0 and self.free == 0
