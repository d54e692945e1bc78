"""What each component of the templates takes, declared in one place.

`<c-pill tone="ok" icon="check">Met</c-pill>` is the file `templates/cotton/pill.html`; its properties stand here. Tests
hold the three together: the declaration, the template, and every use of it. The styleguide shows each by the file of
the same name in `templates/ui/examples/`; `PATTERNS` are those made of classes alone.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

TONES = ("ok", "wait", "warn", "bad", "plum", "gold")


@dataclass(frozen=True)
class Property:
    """One property: `text`, `icon` (a Lucide name), `choice` of the values, `class`, or `data` (given with a colon)."""

    name: str
    type: str
    about: Any
    default: str = ""
    required: bool = False
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Component:
    """`passes`: id, aria-, data- and hx- attributes go through to the element."""

    name: str
    title: Any
    properties: tuple[Property, ...]
    slot: bool = True
    passes: bool = False

    @property
    def example(self) -> str:
        """The template that shows it in every state."""
        return f"ui/examples/{self.name}.html"


@dataclass(frozen=True)
class Pattern:
    """Something made of classes alone."""

    name: str
    title: Any

    @property
    def example(self) -> str:
        """The template that shows it in every state."""
        return f"ui/examples/{self.name}.html"


_NAME = Property("name", "text", _("The person’s name; gives initials and colour."), required=True)
_CLASS = Property("cls", "class", _("More classes."))

COMPONENTS: tuple[Component, ...] = (
    Component("avatar", _("Avatar"), (_NAME, _CLASS), slot=False),
    Component(
        "card",
        _("Card"),
        (
            Property("title", "text", _("Heading of the card.")),
            Property("tools", "text", _("What stands at the end of the heading.")),
            _CLASS,
        ),
        passes=True,
    ),
    Component(
        "dialog",
        _("Dialog"),
        (
            Property("id", "text", _("What data-open names."), required=True),
            Property("title", "text", _("Heading of the dialog."), required=True),
        ),
    ),
    Component("empty", _("Empty state"), (Property("icon", "icon", _("What stands above the sentence."), "sprout"),)),
    Component(
        "field",
        _("Form field"),
        (
            Property("field", "data", _("A bound field of a form."), required=True),
            Property("one_of", "text", _("Set where one of several fields is enough: none is called optional then.")),
            _CLASS,
        ),
        slot=False,
    ),
    Component(
        "next",
        _("Next step"),
        (
            Property("title", "text", _("What to do."), required=True),
            Property("label", "text", _("The line above it; “Your next step” when not said.")),
            Property("icon", "icon", _("Before the label."), "navigation"),
            Property("level", "choice", _("Level of the heading."), "2", values=("1", "2")),
        ),
    ),
    Component(
        "note",
        pgettext_lazy("a part of pages", "Note"),
        (
            Property("tone", "choice", _("What it means."), values=("ok", "wait", "warn", "bad")),
            Property("icon", "icon", _("Before the text."), "info"),
            _CLASS,
        ),
        passes=True,
    ),
    Component(
        "person",
        _("Person row"),
        (_NAME, Property("role", "text", _("What they are, on the second line."))),
    ),
    Component(
        "pill",
        _("Pill"),
        (
            Property("tone", "choice", _("What it means."), values=TONES),
            Property("icon", "icon", _("Before the word: colour never speaks alone.")),
        ),
    ),
    Component(
        "req",
        _("Requirement"),
        (
            Property(
                "r",
                "data",
                _("state, title, why; and word, open, proof (tone, icon, what, when), href, action, source if there."),
                required=True,
            ),
        ),
        slot=False,
    ),
)

PATTERNS: tuple[Pattern, ...] = (
    Pattern("buttons", _("Buttons")),
    Pattern("forms", _("Form")),
    Pattern("rows", _("Rows and tiles")),
    Pattern("tables", _("Table")),
    Pattern("progress", _("Progress")),
    Pattern("menus", _("Menus and messages")),
    Pattern("journey", _("Stages")),
    Pattern("growth", _("Growth map")),
    Pattern("register", _("Register")),
)
