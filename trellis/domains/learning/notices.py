"""What people are told about courses."""

from django.utils.translation import gettext_lazy as _

from trellis.kit.notices.kinds import notice_kind
from trellis.kit.notices.models import Channel

PASSED = notice_kind(
    "learning.result_passed",
    title=_("You passed a course"),
    text=_("%(course)s: %(score)s of 100. Passed."),
)
NOT_PASSED = notice_kind(
    "learning.result_not_passed",
    title=_("A result is in"),
    text=_("%(course)s: %(score)s of 100. Passing takes %(pass_mark)s; talk with your teacher about another try."),
)
ENROLLED = notice_kind(
    "learning.enrolled",
    title=_("You were enrolled in a course"),
    text=_("You have a place in %(course)s, beginning on %(day)s."),
)
MOVED_UP = notice_kind(
    "learning.moved_up",
    title=_("You have a place in a course now"),
    text=_("A place became free: you take part in %(course)s, beginning on %(day)s. Give it back if you cannot come."),
)
RESIT = notice_kind(
    "learning.resit",
    title=_("You can try again"),
    text=_("A further attempt in %(course)s is planned on %(day)s."),
)
CREDIT_ASKED = notice_kind(
    "learning.credit_asked",
    title=_("Earlier learning to look at"),
    text=_("%(person)s asks that earlier learning counts for %(course)s."),
)
CREDIT_GRANTED = notice_kind(
    "learning.credit_granted",
    title=_("Your earlier learning counts"),
    text=_("%(course)s is credited to you: %(reason)s"),
)
CREDIT_DECLINED = notice_kind(
    "learning.credit_declined",
    title=_("Your earlier learning was looked at"),
    text=_("%(course)s is not credited: %(reason)s"),
)
CREDIT_REVOKED = notice_kind(
    "learning.credit_revoked",
    title=_("A credit was taken back"),
    text=_("%(course)s is no longer credited to you: %(reason)s"),
)
MANDATORY = {  # by the step
    "before": notice_kind(
        "learning.mandatory_before",
        title=_("Mandatory training is due soon"),
        text=_("%(course)s is part of your job and due on %(day)s."),
        channel=Channel.DIGEST,
    ),
    "today": notice_kind(
        "learning.mandatory_today",
        title=_("Mandatory training is due today"),
        text=_("Today is the day for %(course)s, which is part of your job."),
    ),
    "overdue": notice_kind(
        "learning.mandatory_overdue",
        title=_("Mandatory training is overdue"),
        text=_("%(course)s was due on %(day)s. If you did it already, ask the academy to record it."),
    ),
}
MANDATORY_TEAM = notice_kind(
    "learning.mandatory_team",
    title=_("Mandatory training of your team is overdue"),
    text=_(
        "For a week or more, mandatory training is overdue for people you lead: %(n)s. My team says what and for whom."
    ),
    channel=Channel.DIGEST,
)
