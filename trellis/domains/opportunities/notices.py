"""What people are told about openings."""

from django.utils.translation import gettext_lazy as _

from trellis.kit.notices.kinds import notice_kind

notice_kind(
    "opportunities.certified_for",
    title=_("Posts I am certified for"),
    text=_(
        "A post of %(position)s in %(unit)s is open until %(until)s. You are certified for it: you interview first."
    ),
)
