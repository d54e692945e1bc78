"""Three teams say who decides what: Thúy's with a history and an open round, Minh's, and the office's, for all."""

from dataclasses import dataclass
from datetime import date, timedelta

from trellis.domains.growth.actions import delegation as acts
from trellis.domains.growth.models import Decision, Round
from trellis.domains.growth.queries.delegation import current, members_of
from trellis.domains.people.models import Person, Unit
from trellis.kit import clock


@dataclass(frozen=True)
class Story:
    """A decision, and for each time it was agreed: how long ago, what each chose in turn, the level and its note."""

    title: str
    detail: str = ""
    agreed: tuple[tuple[int, tuple[int, ...], int, str], ...] = ()
    why: tuple[str, str] = ("", "")  # of the lowest and of the highest, in the latest round


TEAM = (
    Story(
        "Who approves holidays",
        "Up to two weeks; longer ones with the shift manager.",
        (
            (210, (2, 3, 5, 3, 4), 3, "Thúy asks who covers, then says yes or no"),
            (64, (4, 5, 5, 6, 5), 5, "We see our own calendar first; two weeks ahead"),
        ),
        ("I still carry it if nobody is here on Monday.", "We have not had one clash since autumn."),
    ),
    Story(
        "How the work of a day is shared out",
        "",
        ((180, (3, 5, 6, 5, 6, 5), 5, ""),),
        ("A client’s deadline comes first.", "Whoever edits knows how long it takes."),
    ),
    Story("Who talks to the client about a late order", "", ((150, (1, 2, 2, 1, 2), 2, "Always the team leader"),)),
    Story("Which tools we edit with", "Within the licences we have.", ((95, (6, 7, 7, 6, 7), 7, ""),)),
    Story("Who trains somebody new"),
)
NEXT_TEAM = (
    Story("Who swaps a shift with whom", "", ((120, (6, 7, 6, 7), 7, "Tell Minh the day before"),)),
    Story("Who checks the first pictures of an order", "", ((88, (3, 4, 4, 5), 4, ""),)),
)
OFFICE = (
    Story("Which courses run next quarter", "", ((75, (3, 4, 4), 4, ""),)),
    Story("Who may spend up to 500 on material", "", ((60, (5, 6, 7), 6, "The bill goes to Hoa"),)),
)


def say_who_decides(cast: dict[str, Person], until: date) -> None:
    """The boards of three teams; in Thúy's, a round about those who are new waits for Linh's choice."""
    new = [live(cast["thuy"], story, until) for story in TEAM][-1]
    for story in NEXT_TEAM:
        live(cast["minh"], story, until)
    for story in OFFICE:
        live(cast["hoa"], story, until)
    with clock.moved(to=until - timedelta(days=60)):
        acts.show_to_all(unit=_unit(cast["hoa"]), is_open=True, actor=cast["hoa"])
    with clock.moved(to=clock.at_time(until - timedelta(days=3), 10)):
        acts.open_round(decision=new, actor=cast["nam"])
    going = Round.objects.get(decision=new)
    for number, person in enumerate(_people(new, but=cast["linh"])[:7]):
        acts.choose(going=going, level=(5, 3, 6, 5, 4, 6, 5)[number], person=person)


def _unit(head: Person) -> Unit:
    return head.heads.order_by("id")[0]


def _people(decision: Decision, but: Person | None = None) -> list[Person]:
    """The head first, then the others by name."""
    head = decision.unit.head_id
    found = members_of(decision.unit).order_by("name", "pk")
    return sorted((p for p in found if p != but), key=lambda p: p.pk != head)


def live(head: Person, story: Story, until: date) -> Decision:
    """A decision of the unit that the person heads, with its history."""
    with clock.moved(to=until - timedelta(days=story.agreed[0][0] + 2 if story.agreed else 4)):
        decision = acts.list_decision(unit=_unit(head), title=story.title, detail=story.detail, actor=head)
    people = _people(decision)
    for ago, levels, level, note in story.agreed:
        with clock.moved(to=clock.at_time(until - timedelta(days=ago), 9)):
            acts.open_round(decision=decision, actor=people[1])
            going = Round.objects.get(decision=decision, revealed_at=None)
            voters = dict(zip(people, levels, strict=False))
            for person, chosen in voters.items():
                acts.choose(going=going, level=chosen, person=person)
            acts.reveal(going=going, actor=people[1])
            for text, chosen in zip(story.why, (min(voters.values()), max(voters.values())), strict=True):
                if text:
                    speaker = next(person for person, level_ in voters.items() if level_ == chosen)
                    acts.explain(shown=going, text=text, person=speaker)
            before = current(decision)
            replaces = before.pk if before else None
            acts.agree(shown=going, level=level, note=note, replaces=replaces, actor=head)
    return decision
