"""Who lets whom read what is their own, what they said to it, and what Thúy offers her team."""

from datetime import date, timedelta

from trellis.domains.growth.actions import offers, sharing
from trellis.domains.growth.actions.boards import default_board
from trellis.domains.growth.models import Board, Card, Goal
from trellis.domains.learning.models import Course
from trellis.domains.people.models import Person
from trellis.kit import clock

# Whose, with whom, whether to comment: of the goal and of the board.
GOALS = (("linh", "thuy", True), ("nam", "linh", True), ("xiaoyu", "minh", True))
BOARDS = (("linh", "minh", True), ("nam", "thuy", False))
SAID = (
    ("thuy", "Take every second Monday from April on; I shall sit at the back and say **nothing**."),
    ("linh", "And afterwards you tell me one thing that you would have done otherwise?"),
)


def trust_and_offer(cast: dict[str, Person], until: date) -> None:
    """Linh's goal is read by Thúy, her board by Minh; Thúy made four offers, of which one was taken up."""
    with clock.moved(to=clock.at_time(until - timedelta(days=12), 10)):
        for whose, reader, may_comment in GOALS:
            if goal := Goal.objects.filter(owner=cast[whose]).first():
                _share(goal, cast[reader], may_comment)
        for whose, reader, may_comment in BOARDS:
            _share(default_board(owner=cast[whose]), cast[reader], may_comment)
    with clock.moved(to=clock.at_time(until - timedelta(days=4), 16)):
        goal = Goal.objects.filter(owner=cast["linh"]).first()
        card = Card.objects.filter(column__board__owner=cast["linh"], archived_at=None).first()
        if goal:
            for number, (author, text) in enumerate(SAID):
                sharing.say(on=goal, text=text, author=cast[author], key=f"demo-{number}")
        if card:
            sharing.say(on=card, text="Ask An; she did this last year.", author=cast["minh"], key="demo-card")
        _offer(cast, until)


def _share(thing: Board | Goal, reader: Person, may_comment: bool) -> None:
    given = sharing.share(thing=thing, reader=reader, may_comment=may_comment, actor=thing.owner).share
    if given:
        sharing.note_look(given=given)


def _offer(cast: dict[str, Person], until: date) -> None:
    thuy, last = cast["thuy"], until + timedelta(days=50)
    course = Course.objects.get(code="speaking-before-people")
    offers.offer(
        person=cast["linh"], kind="course", thing=course, words="You would enjoy it, and the team would listen.",
        until=last, actor=thuy,
    )  # fmt: skip
    offers.offer(
        person=cast["linh"], kind="time", words="Two hours a week for the morning rounds.", until=last, actor=thuy
    )
    taken = offers.offer(
        person=cast["nam"], kind="time", words="A day beside the colour team in Da Nang.", until=last, actor=thuy
    ).offer
    if taken:
        offers.take_up(made=taken)
