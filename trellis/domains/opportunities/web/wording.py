"""The reasons of an order, and refusals, in sentences."""

from collections.abc import Mapping
from typing import Any

from django.template.defaultfilters import floatformat
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from trellis.domains.opportunities.queries import Ahead, Grown, Step
from trellis.domains.opportunities.rules import Place
from trellis.kit.ui.icons import icon

REFUSALS: dict[str, Any] = {
    "closed": gettext_lazy("This post is closed."),
    "not_employed": gettext_lazy("Only who works here can put themselves forward."),
    "holds_it": gettext_lazy("You hold this position already."),
    "oneself": gettext_lazy("Nobody invites or chooses themselves. Ask a colleague."),
    "filled": gettext_lazy("All posts are filled."),
    "not_listed": gettext_lazy("This person is not on the list: neither certified nor put forward by themselves."),
    "past": gettext_lazy("This time is past. Choose a later one."),
    "reason_needed": gettext_lazy("Write down a reason for each certified person who is passed over: it is reported."),
    "not_here": gettext_lazy("This person does not work here any more."),
    "same_place": gettext_lazy("This person holds that position in that unit already."),
    "not_after_present": gettext_lazy("Choose a later day: what the person holds now began on that day or after it."),
    "renew_oneself": gettext_lazy("Nobody renews their own certificate. Ask a colleague."),
    "renew_reason_needed": gettext_lazy("Write down on what ground: what you saw, or who vouches for it."),
    "renew_withdrawn": gettext_lazy("This certificate was withdrawn; it cannot be renewed."),
    "renew_no_position": gettext_lazy("This certificate is for no position."),
    "interview_oneself": gettext_lazy("Nobody judges their own interview. Ask a colleague."),
    "interview_not_yet": gettext_lazy("The interview has not been held yet."),
    "interview_reason_needed": gettext_lazy("Say in a few words why not this time."),
    "interview_unknown": gettext_lazy("Choose what came of the interview."),
}
OUTCOMES: dict[str, tuple[str, str, Any]] = {
    "": ("pill--wait", icon("calendar-days"), gettext_lazy("invited")),
    "suitable": ("pill--ok", icon("check"), gettext_lazy("suitable")),
    "not_now": ("pill--warn", icon("undo-2"), gettext_lazy("not this time")),
    "absent": ("pill--warn", icon("circle-alert"), gettext_lazy("did not come")),
    "declined": ("", icon("circle-x"), gettext_lazy("declined")),
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


STATES: dict[str, tuple[str, str, Any]] = {
    "valid": ("pill--ok", icon("award"), gettext_lazy("Certified")),
    "expiring": ("pill--warn", icon("hourglass"), gettext_lazy("Certified, runs out soon")),
    "expired": ("", icon("circle-x"), gettext_lazy("Certificate run out")),
    "ready": ("pill--ok", icon("check"), gettext_lazy("Meets the profile")),
    "nearly": ("pill--warn", icon("circle-dashed"), gettext_lazy("Nearly ready")),
}
OUTLOOKS: dict[str, tuple[str, str, Any]] = {
    "none": ("", icon("circle"), gettext_lazy("nothing expected")),
    "covered": ("pill--ok", icon("check"), gettext_lazy("covered")),
    "on_the_way": ("pill--wait", icon("hourglass"), gettext_lazy("covered by those on their way")),
    "nearly": ("pill--warn", icon("circle-dashed"), gettext_lazy("only with those nearly ready")),
    "short": ("pill--bad", icon("triangle-alert"), gettext_lazy("short")),
}
STEPS: dict[str, tuple[str, Any]] = {
    "joined": (icon("door-open"), gettext_lazy("Joined the company as %(what)s")),
    "moved": (icon("arrow-right"), gettext_lazy("Moved: %(what)s")),
    "promoted": (icon("trending-up"), gettext_lazy("Promoted to %(what)s")),
    "journey": (icon("footprints"), gettext_lazy("Put themselves into %(what)s")),
    "certified": (icon("award"), gettext_lazy("Certified for %(what)s")),
}


def in_short(place: Place) -> str:
    """How much of the profile somebody meets; the opening's own page says what is lacking."""
    who = place.candidate
    return _("Meets %(met)s of the %(asked)s competencies asked.") % {"met": who.met, "asked": who.asked}


def foresight(ahead: Ahead) -> str:
    """The finding for one position in one sentence: of six months, or the first horizon that is short before it."""
    look = next((o for o in ahead.outlooks if o.state in {"short", "nearly"}), ahead.outlooks[1])
    expected, months = floatformat(look.expected, 1), look.months
    words = {"months": months, "expected": expected, "ready": look.ready, "arriving": look.arriving}
    match look.state:
        case "none":
            return _("Within %(months)s months no opening is expected; %(ready)s could start.") % words
        case "covered":
            return (
                _("Within %(months)s months %(expected)s openings are expected; %(ready)s could start today.") % words
            )
        case "on_the_way":
            return (
                _("Within %(months)s months %(expected)s openings; %(ready)s could start, %(arriving)s more by then.")
                % words
            )
    return _(
        "Within %(months)s months %(expected)s openings; %(ready)s could start, %(arriving)s more by then, "
        "%(nearly)s are nearly ready: short by %(gap)s."
    ) % {**words, "nearly": look.nearly, "gap": floatformat(look.gap, 1)}


def draft_of(grown: Grown, steps: list[Step]) -> tuple[str, str]:
    """A title and a first text from the facts, in the reader's language, for the person to make their own."""
    title = (
        _("From %(before)s to %(after)s") % {"before": grown.before, "after": grown.after}
        if grown.before
        else _("My way to %(after)s") % {"after": grown.after}
    )
    lines = [f"{date_format(step.on, 'DATE_FORMAT')}: {STEPS[step.code][1] % {'what': step.what}}." for step in steps]
    asks = [
        _("What made me put myself forward:"),
        _("What was hard, and who helped:"),
        _("What is different now:"),
    ]
    return title, "\n".join([*lines, "", *asks])
