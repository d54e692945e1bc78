"""Why something about days cannot be, and what a plan lacks, as sentences: what, where, and what to do."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from trellis.kit.ui.templatetags.ui import day

OFFERS: dict[str, Any] = {
    "no_places": gettext_lazy("At least one learner has to have a place; write 1 or more."),
    "too_many_places": gettext_lazy("More than 10 learners beside one person learn little; write 10 or fewer."),
    "backwards": gettext_lazy("The last day comes before the first; exchange the two."),
    "in_past": gettext_lazy("The first day is over; choose a day from today on."),
    "too_long": gettext_lazy("That is more than a year; offer the nearer days now and the others later."),
    "no_day": gettext_lazy("None of the chosen weekdays lies between the two dates; choose others."),
    "too_short": gettext_lazy("A mentorship day is a whole work day of 8 hours; begin earlier or end later."),
    "holds_nothing": gettext_lazy("You hold no position today, so there is no work to show. Ask HR to correct it."),
    "not_a_holder": gettext_lazy("The position is not held on %(dates)s; leave these days out."),
    "overlap": gettext_lazy("Another offer covers %(dates)s; change the dates or withdraw that offer first."),
}
AWAY: dict[str, Any] = {
    "backwards": OFFERS["backwards"],
    "over": gettext_lazy("These days are over; write the days that are to come."),
    "too_long": gettext_lazy("That is more than a year; write the nearer days now."),
}
ASK: dict[str, Any] = {
    "backwards": OFFERS["backwards"],
    "in_past": OFFERS["in_past"],
    "too_long": gettext_lazy("That is more than half a year; plan a shorter window."),
    "nobody": gettext_lazy("Nobody here needs another day: all have their days or have them planned."),
}
SIGN: dict[str, Any] = {
    "cancelled": gettext_lazy("The day was cancelled, so there is nothing to sign."),
    "too_early": gettext_lazy("The day is still to come; sign it when it is over."),
    "not_there": gettext_lazy("The day was marked as not attended. Talk with the holder if that is wrong."),
    "empty": gettext_lazy("Write in a few words what you did."),
    "too_long": gettext_lazy("Shorten it to 1,000 characters."),
    "not_yours": gettext_lazy("Only the learner signs what was done."),
}
CHANGE: dict[str, Any] = {
    "closed": gettext_lazy("The plan was applied or dropped meanwhile; nothing was changed."),
    "not_offered": gettext_lazy("This place is taken or withdrawn meanwhile; choose another one."),
    "learner_busy": gettext_lazy("The learner cannot come on that day; choose another one."),
    "learner_off_shift": gettext_lazy("The day lies outside the learner's working hours; choose another one."),
    "enough": gettext_lazy("All days needed are there; take one out first."),
}
BROKEN: dict[str, Any] = {
    "past": gettext_lazy("the day is over"),
    "place_gone": gettext_lazy("the place is taken or withdrawn, or the holder is away or works other hours"),
    "learner_busy": gettext_lazy("the learner has something else"),
    "learner_off_shift": gettext_lazy("it lies outside the learner's working hours"),
    "learner_left": gettext_lazy("the learner is not here any more"),
    "held": gettext_lazy("the day it stands for was confirmed meanwhile"),
}
SHORT: dict[str, Any] = {
    "no_offers": gettext_lazy("Nobody offers days for this position."),
    "window_too_short": gettext_lazy("Only %(possible)s work days of the window are free; choose a longer one."),
    "too_few_dates": gettext_lazy("Only %(possible)s of the dates offered are free and within the working hours."),
    "too_few_places": gettext_lazy("The places offered are taken by others of the group."),
}


def dates(of: Iterable[date]) -> str:
    """The dates, at most five of them."""
    known = list(of)
    told = ", ".join(day(on) for on in known[:5])
    return _("%(dates)s and %(n)s more") % {"dates": told, "n": len(known) - 5} if len(known) > 5 else told


def shortage(of: Mapping[str, Any], *, position: str, holders: Mapping[int, str]) -> list[str]:
    """What one position lacks and what would make a plan, from the outcome that a proposal keeps."""
    told = [_offered(of, holders)]
    missing = sum(number for _on, number in of["more"])
    if missing:
        about = {"n": missing, "position": position, "first": "", "last": ""}
        about |= {key: day(date.fromisoformat(of[key])) for key in ("first", "last") if of[key]}
        told.append(
            ngettext(
                "%(n)s more day at %(position)s between %(first)s and %(last)s would do.",
                "%(n)s more days at %(position)s between %(first)s and %(last)s would do.",
                missing,
            )
            % about
        )
        more = [f"{day(date.fromisoformat(on))}{f' × {number}' if number > 1 else ''}" for on, number in of["more"][:8]]
        told.append(_("For instance: %(dates)s.") % {"dates": ", ".join(more) + (" …" if len(of["more"]) > 8 else "")})
    if of["beyond"]:
        told.append(
            ngettext(
                "%(n)s day cannot be given by any offer in this window: a longer window is needed.",
                "%(n)s days cannot be given by any offer in this window: a longer window is needed.",
                of["beyond"],
            )
            % {"n": of["beyond"]}
        )
    return told


def _offered(of: Mapping[str, Any], holders: Mapping[int, str]) -> str:
    names = [holders[pk] for pk in of["holders"] if pk in holders][:4]
    about = {"offered": of["offered"], "needed": of["needed"], "used": of["used"], "who": ", ".join(names)}
    others = len(of["holders"]) - len(names)
    if not of["holders"]:
        return _("Nobody offers days; %(needed)s are needed.") % about
    if others and names:
        about["who"] = _("%(who)s and %(others)s others") % {**about, "others": others}
    elif others:
        about["who"] = ngettext("%(n)s holder", "%(n)s holders", others) % {"n": others}
    if of["used"] < of["offered"]:
        return (
            _("The offers of %(who)s give %(offered)s days, of which %(used)s can be used; %(needed)s are needed.")
            % about
        )
    return _("The offers of %(who)s give %(offered)s days; %(needed)s are needed.") % about


# What became of planning, moving or answering a time of mentor and mentee.
MEETINGS = {
    "moved": gettext_lazy("Changed; both calendars know."),
    "unchanged": gettext_lazy("Nothing was to be changed."),
    "clash": gettext_lazy("Something else is in a calendar then. Choose another time, or plan it all the same."),
    "over": gettext_lazy("This time is over. Choose one to come."),
    "not_in_force": gettext_lazy("The mentor changed meanwhile, so nothing was planned. Begin from your meetings."),
    "not_yours": gettext_lazy("Only the two of you plan your meetings."),
    "nobody": gettext_lazy("Nobody is your mentor yet."),
    "begun": gettext_lazy("This meeting has begun, so it stays where it is. Plan another one."),
    "cancelled": gettext_lazy("The meeting was cancelled meanwhile. Plan a new one."),
    "conflict": gettext_lazy("It was moved meanwhile. Open the page again and look at what it says now."),
    "answered": gettext_lazy("Your mentee is told which times you keep."),
}
