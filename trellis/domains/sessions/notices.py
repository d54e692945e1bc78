"""What people are told about sessions."""

from django.utils.translation import gettext_lazy as _

from trellis.kit.notices.kinds import notice_kind

ABSENT = notice_kind(
    "sessions.marked_absent",
    title=_("You were marked absent"),
    text=_(
        "%(series)s on %(day)s: you were marked absent. No make-up is offered yet; without one, 100 %% attendance "
        "cannot be reached any more. Ask the host."
    ),
)
REPAIRABLE = notice_kind(
    "sessions.marked_absent_repairable",
    title=_("You were marked absent, and can make it up"),
    text=_("%(series)s on %(day)s: you were marked absent. The make-up on %(make_up)s repairs it."),
)
CORRECTED = notice_kind(
    "sessions.mark_corrected",
    title=_("Your attendance was corrected"),
    text=_("%(series)s on %(day)s: your mark is now “%(value)s”."),
)
MAKE_UP = notice_kind(
    "sessions.make_up_offered",
    title=_("A make-up is offered"),
    text=_("What you missed in %(series)s can be made up on %(day)s."),
)
CHANGED = notice_kind(
    "sessions.changed",
    title=_("A session was moved or changed"),
    text=_("%(series)s: %(now)s, instead of %(was)s.%(reason)s"),
)
CANCELLED = notice_kind(
    "sessions.called_off",
    title=_("A session was cancelled"),
    text=_("%(series)s on %(day)s will not take place. It no longer counts for attendance.%(reason)s"),
)
MOVED_UP = notice_kind(
    "sessions.moved_up",
    title=_("You have a place now"),
    text=_("A place became free: you are expected at %(series)s on %(day)s. Give it back if you cannot come."),
)
