"""Second boards: what Linh and Nam read, one of them with a board that came from Trello, and what they put away."""

import json
from datetime import date, timedelta

from trellis.domains.careers.models import Competency
from trellis.domains.growth.actions import boards, bringing, cards
from trellis.domains.growth.actions.beginnings import begin
from trellis.domains.growth.models import Board, Card
from trellis.domains.people.models import Person
from trellis.kit import clock

READ = (
    (
        "Radical Candor, chapters 1 to 3",
        "Care personally, **challenge directly**.\n\nhttps://www.radicalcandor.com",
        -9,
    ),
    ("The handbook of the night shift", "Ask Minh which pages still hold.", 12),
    ("《第五项修炼》", "先读第一部分，记下三个问题。", 26),
)
OLD_BOARD = {
    "name": "Photo course 2024",
    "lists": [{"id": "1", "name": "To learn", "pos": 1}, {"id": "2", "name": "Learned", "pos": 2}],
    "labels": [{"id": "l", "name": "Light", "color": "yellow"}],
    "cards": [
        {
            "id": "a",
            "idList": "1",
            "name": "Reflections on glass",
            "idLabels": ["l"],
            "pos": 1,
            "due": "2024-11-02T02:00:00Z",
        },
        {
            "id": "b",
            "idList": "2",
            "name": "Colour of skin under LED",
            "idLabels": ["l"],
            "pos": 1,
            "dueComplete": True,
        },
        {"id": "c", "idList": "2", "name": "Buy a second lamp", "closed": True, "pos": 2},
    ],
    "checklists": [{"idCard": "a", "name": "Steps", "checkItems": [{"name": "Polariser", "state": "complete"}]}],
}


def fill_shelves(cast: dict[str, Person], until: date) -> None:
    """A board of books and courses each; Nam's old one from Trello, and a few things put away."""
    for key in ("linh", "nam"):
        with clock.moved(to=clock.at_time(until - timedelta(days=50), 20)):
            board = begin(owner=cast[key], name="", beginning="reading")
        with clock.moved(to=clock.at_time(until - timedelta(days=20), 20)):
            _read(board, until)
    brought = bringing.bring(content=json.dumps(OLD_BOARD).encode(), owner=cast["nam"])
    if not isinstance(brought, bringing.Unreadable):
        bringing.write(run=brought)
    boards.archive_board(
        board=boards.make_board(owner=cast["nam"], name="Football club", columns=boards.usual_columns())
    )


def _read(board: Board, until: date) -> None:
    want, _reading, try_out, _done = board.columns.all()
    labels = list(board.labels.all())
    for title, notes, days in READ:
        card = cards.add_card(column=want, title=title, notes=notes, due_on=until + timedelta(days=days))
        card.labels.add(labels[0])
    feedback = Competency.objects.filter(code="feedback").first()
    cards.add_card(column=try_out, title="Give feedback within a day", competency=feedback)
    cards.archive_card(card=Card.objects.filter(column=want).latest("id"))
    boards.remove_column(column=boards.add_column(board=board, name="Magazines"), to=None)
