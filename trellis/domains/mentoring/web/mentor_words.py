"""What the pages of mentors say of codes and numbers."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from trellis.domains.mentoring.rules.finding import Reason

LANGUAGES = {
    "en": gettext_lazy("English"),
    "vi": gettext_lazy("Vietnamese"),
    "zh": gettext_lazy("Chinese"),
    "fr": gettext_lazy("French"),
    "de": gettext_lazy("German"),
    "es": gettext_lazy("Spanish"),
    "ja": gettext_lazy("Japanese"),
    "ko": gettext_lazy("Korean"),
    "th": gettext_lazy("Thai"),
    "id": gettext_lazy("Indonesian"),
}

# Why somebody cannot be asked, as `rules.mentors.why_not_ask` says it, and what to do instead.
REFUSALS = {
    "oneself": gettext_lazy("This is you. Look for somebody else to ask."),
    "gone": gettext_lazy("This person works here no more. Look for somebody else to ask."),
    "yours_already": gettext_lazy("This person is your mentor already."),
    "not_willing": gettext_lazy("This person did not say to be willing as a mentor. Others did: look for them."),
    "paused": gettext_lazy("This person takes a break from new mentees. Ask later, or ask somebody else."),
    "too_many": gettext_lazy("Three questions of yours wait for an answer. Take one back to ask somebody else."),
}
ASKED = {
    "asked": gettext_lazy("%(mentor)s is asked and answers within two weeks. You can take it back at any moment."),
    "waits": gettext_lazy(
        "%(mentor)s has no place now; your question waits for one. Ask somebody else too, if you like."
    ),
    "already": gettext_lazy("You have asked %(mentor)s already."),
}


def language(code: str) -> str:
    """A language in the reader's own; a code nobody named stays as it is."""
    return str(LANGUAGES.get(code, code))


def reason(found: Reason, topics: Mapping[int, str], positions: Mapping[int, str], aim: str, spoken: str) -> str:
    """One reason as words."""
    if found.code == "topic":
        return _("helps with %(topic)s, which you look for") % {"topic": topics.get(found.of, "")}
    if found.code == "wanted":
        words = _("helps with %(topic)s, which %(position)s still asks of you")
        return words % {"topic": topics.get(found.of, ""), "position": aim}
    if found.code == "stood_here":
        return _("once stood where you are now")
    if found.code == "speaks":
        return _("speaks %(language)s") % {"language": language(spoken)}
    return _time_in(found, positions.get(found.of, aim))


def _time_in(found: Reason, position: str) -> str:
    if not found.years:
        is_now = found.code == "holds"
        words = _("has been %(position)s for some months") if is_now else _("was %(position)s for some months")
        return words % {"position": position}
    if found.code == "holds":
        words = ngettext("has been %(position)s for %(n)s year", "has been %(position)s for %(n)s years", found.years)
    else:
        words = ngettext("was %(position)s for %(n)s year", "was %(position)s for %(n)s years", found.years)
    return words % {"position": position, "n": found.years}
