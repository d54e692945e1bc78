"""What people are told about what is their own: never with a word of it."""

from django.utils.translation import gettext_lazy as _

from trellis.kit.notices.kinds import notice_kind
from trellis.kit.notices.models import Channel

# Who writes them is named; what they are about is not: its title stands on the page behind the link.
SHARED = notice_kind(
    "growth.shared",
    title=_("Somebody lets you read something of their own"),
    text=_("%(who)s lets you read something of their own."),
)
COMMENTED = notice_kind(
    "growth.commented",
    title=_("Somebody commented on your plans"),
    text=_("%(who)s commented on something of your own."),
)
ANSWERED = notice_kind(
    "growth.answered",
    title=_("Somebody answered you"),
    text=_("%(who)s answered a comment of yours on something of their own."),
)
OFFERED = notice_kind(
    "growth.offered",
    title=_("Somebody offers you something"),
    text=_("%(who)s offers you something for your development. It is yours to take up, or to leave lying."),
)
TAKEN_UP = notice_kind(
    "growth.taken_up",
    title=_("An offer of yours was taken up"),
    text=_("%(who)s took up what you offered."),
)
ROUND_OPENED = notice_kind(
    "growth.round_opened",
    title=_("Your team chooses who decides"),
    text=_("%(team)s chooses in secret who decides something. Your choice is missing."),
    channel=Channel.HERE,
)
CHECK_IN = notice_kind(
    "growth.check_in",
    title=_("Time to look at my goals"),
    text=_("You last looked at your key results more than two weeks ago. Half a minute is enough."),
    channel=Channel.HERE,
)
