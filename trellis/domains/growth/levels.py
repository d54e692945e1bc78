"""The seven levels of delegation in words, seen from the lead's side."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Level:
    """One level: its number, its name, and one sentence about it."""

    number: int
    name: Any
    about: Any


SEVEN: tuple[Level, ...] = (
    Level(1, _("Tell"), _("The lead decides and tells the team.")),
    Level(2, _("Sell"), _("The lead decides, and explains why, to win the team over.")),
    Level(3, _("Consult"), _("The lead asks the team first, then decides.")),
    Level(4, _("Agree"), _("The lead and the team decide together.")),
    Level(5, _("Advise"), _("The lead says what they think; the team decides.")),
    Level(6, _("Inquire"), _("The team decides; the lead asks about it afterwards.")),
    Level(7, _("Delegate"), _("The team decides; the lead need not know.")),
)
