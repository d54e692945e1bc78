"""Assessments, and where somebody stands in what is required, in words."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from trellis.domains.learning.rules import WHOLE, NextTry, Part, Scheme
from trellis.domains.learning.rules.scheme import Text
from trellis.kit.text import in_language
from trellis.kit.ui.icons import icon
from trellis.kit.ui.templatetags.ui import day

# The state of a mandatory training: its icon, word and tone.
REQUIRED: dict[str, tuple[str, Any, str]] = {
    "overdue": (icon("clock-alert"), pgettext_lazy("of a mandatory training", "overdue"), "pill--bad"),
    "due": (icon("clock-3"), pgettext_lazy("of a mandatory training", "due"), "pill--warn"),
    "done": (icon("circle-check"), pgettext_lazy("of a mandatory training", "done"), "pill--ok"),
    "exempt": (icon("circle-minus"), pgettext_lazy("of a mandatory training", "exempt"), ""),
}
KINDS: dict[str, Any] = {
    "written": gettext_lazy("written"),
    "practical": gettext_lazy("practical"),
    "oral": gettext_lazy("oral"),
}
WHY_NOT: dict[str, Any] = {
    "passed": gettext_lazy("has passed already"),
    "not_tried": gettext_lazy("has not made the first attempt yet"),
    "none_left": gettext_lazy("has no attempt left"),
    "too_soon": gettext_lazy("has to wait longer after the last attempt"),
    "has_a_place": gettext_lazy("has a place in another re-sit already"),
    "not_enrolled": gettext_lazy("is not enrolled in this run"),
}


def text_of(text: Text) -> str:
    """A text of a definition in the reader's language."""
    return in_language(text.get("en", ""), dict(text))


def part_name(part: Part) -> str:
    """What a part is called; that of a course without parts is its result."""
    return _("Result") if part.code == WHOLE and not part.name else text_of(part.name)


def assessments_in_words(scheme: Scheme) -> list[tuple[str, str]]:
    """Each part with its kind, share and mark; nothing for a course with one score."""
    if scheme.is_plain:
        return []
    total = sum(part.weight for part in scheme.parts)
    found = []
    for part in scheme.parts:
        told = [str(KINDS[part.kind]), f"{100 * part.weight / total:.0f} %"]
        if part.pass_mark is not None:
            told.append(_("at least %(mark)s") % {"mark": part.pass_mark})
        found.append((part_name(part), " · ".join(told)))
    return found


def what_is_left(after: NextTry) -> str:
    """How often and from when on a person may try again, in a sentence."""
    if after.left == 0:
        return _("No attempt is left; talk with your teacher or the academy.")
    told = {"left": after.left, "day": day(after.not_before) if after.not_before else ""}
    if after.left is None:
        return _("You may try again from %(day)s on.") % told
    return _("Attempts left: %(left)s, from %(day)s on.") % told
