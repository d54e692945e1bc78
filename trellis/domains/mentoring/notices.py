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
PLAN_FOR_YOU = notice_kind(
    "mentoring.plan_for_you",
    title=_("Your mentorship days are planned"),
    text=_("%(days)s days beside people who are %(position)s are planned for you, the first on %(day)s."),
)
PLAN_BESIDE_YOU = notice_kind(
    "mentoring.plan_beside_you",
    title=_("Mentorship days beside you are planned"),
    text=_("%(days)s days on which somebody learns beside you are planned, the first on %(day)s: %(position)s."),
)
REPLACING = notice_kind(
    "mentoring.replacing",
    title=_("Mentorship days need another holder"),
    text=_("%(days)s days beside %(holder)s cannot be as planned. A proposal with other holders waits for you."),
)
UPSET = notice_kind(
    "mentoring.upset",
    title=_("A mentorship day will change"),
    text=_("%(holder)s cannot be there on %(day)s. The academy looks for somebody else; days you have done stay."),
)
SIGN = notice_kind(
    "mentoring.sign",
    title=_("Write down what you did"),
    text=_("%(holder)s confirmed your day of %(day)s: %(hours)s hours. It counts as soon as you sign what you did."),
)
