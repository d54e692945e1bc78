"""Why somebody could be a mentor for somebody: reasons to read, never a number to rank by."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

MOST_TOPICS = 3
MOST_POSITIONS = 2
LANGUAGES = ("en", "vi", "zh", "fr", "de", "es", "ja", "ko", "th", "id")


@dataclass(frozen=True)
class Seeker:
    """Who looks for a mentor: the position aimed at, the competencies it still asks for, and what to look by.

    `way`: the positions of the pathway looked for.
    """

    aim: int | None = None
    wants: Collection[int] = ()
    topic: int | None = None
    position: int | None = None
    language: str = ""
    way: Collection[int] = ()


@dataclass(frozen=True)
class Candidate:
    """Who could be asked: topics, positions held with first and last day (None: still), the latest last; languages."""

    topics: Sequence[int] = ()
    held: Sequence[tuple[int, date, date | None]] = ()
    languages: Collection[str] = ()
    stood_here: bool = False


@dataclass(frozen=True)
class Reason:
    """`code`: topic, wanted, holds, held, stood_here, speaks. `of`: the competency or position; `years`: whole ones."""

    code: str
    of: int = 0
    years: int = 0


def reasons(seeker: Seeker, candidate: Candidate, *, on: date) -> tuple[Reason, ...]:
    """What speaks for asking this person, what was looked for first."""
    found = [Reason("topic", topic) for topic in candidate.topics if topic == seeker.topic]
    wanted = [topic for topic in candidate.topics if topic in seeker.wants and topic != seeker.topic]
    found += [Reason("wanted", topic) for topic in wanted[:MOST_TOPICS]]
    on_the_way = [position for position, *_when in reversed(candidate.held) if position in seeker.way]
    latest = list(dict.fromkeys(on_the_way))[:MOST_POSITIONS]
    for position in dict.fromkeys(one for one in (seeker.position, seeker.aim, *latest) if one):
        found += _held(position, candidate, on)
    if candidate.stood_here:
        found.append(Reason("stood_here"))
    if seeker.language and seeker.language in candidate.languages:
        found.append(Reason("speaks"))
    return tuple(found)


def _held(position: int, candidate: Candidate, on: date) -> list[Reason]:
    """One reason for all the times that the position was held."""
    times = [(began, ended) for held, began, ended in candidate.held if held == position and began <= on]
    if not times:
        return []
    days = sum((min(ended or on, on) - began).days for began, ended in times)
    now = any(ended is None or ended >= on for _began, ended in times)
    return [Reason("holds" if now else "held", position, days // 365)]
