"""What people are told about courses."""

from django.utils.translation import gettext_lazy as _

from trellis.kit.notices.kinds import notice_kind

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
