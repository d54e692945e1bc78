"""What people are told about days beside a holder."""

from django.utils.translation import gettext_lazy as _

from trellis.kit.notices.kinds import notice_kind

PLANNED = notice_kind(
    "mentoring.day_planned",
    title=_("Somebody will spend a day beside you"),
    text=_("%(learner)s spends %(day)s beside you to learn the work of: %(position)s. Confirm the hours afterwards."),
)
CONFIRMED = notice_kind(
    "mentoring.day_confirmed",
    title=_("A mentorship day was confirmed"),
    text=_("%(holder)s confirmed your day of %(day)s: %(hours)s hours."),
)
NOT_ATTENDED = notice_kind(
    "mentoring.day_not_attended",
    title=_("A mentorship day does not count"),
    text=_("Your day beside %(holder)s on %(day)s was marked as not attended. Plan another day for it."),
)
CANCELLED = notice_kind(
    "mentoring.day_cancelled",
    title=_("A mentorship day was cancelled"),
    text=_("The day of %(learner)s beside %(holder)s on %(day)s was cancelled."),
)
