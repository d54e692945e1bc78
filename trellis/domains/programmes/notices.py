"""What people are told about programmes."""

from django.utils.translation import gettext_lazy as _

from trellis.kit.notices.kinds import notice_kind

notice_kind("programmes.joined", title=_("Joining a programme"), text=_("You have joined %(programme)s."))
notice_kind(
    "programmes.review_asked",
    title=_("Reviews to decide"),
    text=_("%(person)s asks for the review of %(programme)s."),
)
notice_kind(
    "programmes.review_approved",
    title=_("My review approved"),
    text=_("Your coursework and mentorship in %(programme)s are approved."),
)
notice_kind(
    "programmes.review_returned",
    title=_("My review returned"),
    text=_("Your review in %(programme)s was returned: %(reason)s"),
)
notice_kind(
    "programmes.waived",
    title=_("Requirements waived"),
    text=_("The academy decided that a requirement of %(programme)s need not be met by you."),
)
