"""The reasons of an order, and refusals, in sentences."""

from collections.abc import Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from trellis.domains.opportunities.rules import Place
from trellis.kit.ui.icons import icon

REFUSALS: dict[str, Any] = {
    "closed": gettext_lazy("This post is closed."),
    "not_employed": gettext_lazy("Only who works here can put themselves forward."),
    "holds_it": gettext_lazy("You hold this position already."),
}
LOOKS: dict[str, tuple[str, str, Any]] = {
    "certified": ("pill--ok", icon("award"), gettext_lazy("Certified")),
    "meets_profile": ("pill--ok", icon("check"), gettext_lazy("Meets the profile")),
    "nearly": ("pill--warn", icon("circle-dashed"), gettext_lazy("Nearly ready")),
    "lacks": ("", icon("circle"), gettext_lazy("On the way")),
    "nothing_asked": ("", icon("circle-question-mark"), gettext_lazy("No profile")),
}


def reason(place: Place, competencies: Mapping[int, Any]) -> str:
    """Why somebody stands at this place."""
    who = place.candidate
    match place.reason:
        case "certified":
            day = date_format(who.certified_on, "DATE_FORMAT") if who.certified_on else ""
            said = _("Certified for this position on %(day)s: interviews first.") % {"day": day}
            if who.asked:
                said += " " + _("Meets %(met)s of the %(asked)s competencies asked.") % {
                    "met": who.met,
                    "asked": who.asked,
                }
            return said
        case "meets_profile":
            return _("Not certified; meets all %(asked)s competencies the position asks for.") % {"asked": who.asked}
        case "nothing_asked":
            return _("Not certified; the position has no profile to compare with.")
    lacking = ", ".join(str(competencies.get(pk, pk)) for pk in who.lacking)
    return ngettext(
        "Not certified; meets %(met)s of %(asked)s. Lacks %(lacks)s level in all: %(lacking)s.",
        "Not certified; meets %(met)s of %(asked)s. Lacks %(lacks)s levels in all: %(lacking)s.",
        who.lacks,
    ) % {"met": who.met, "asked": who.asked, "lacks": who.lacks, "lacking": lacking}
