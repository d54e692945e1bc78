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
notice_kind(
    "opportunities.interview",
    title=_("My interviews"),
    text=_("You are invited to an interview for %(position)s in %(unit)s on %(day)s at %(time)s. %(place)s"),
)
notice_kind(
    "opportunities.chosen",
    title=_("A post is mine"),
    text=_("You have been chosen for %(position)s in %(unit)s, from %(day)s. Congratulations!"),
)
notice_kind(
    "opportunities.filled",
    title=_("Posts I put myself forward for"),
    text=_(
        "The post of %(position)s in %(unit)s is filled; this time somebody else was chosen. Thank you for putting "
        "yourself forward: what you have shown and your certificates count for the next post as they did."
    ),
)
notice_kind(
    "opportunities.closed",
    title=_("Posts closed without a choice"),
    text=_("The post of %(position)s in %(unit)s was closed without a choice. Thank you for your interest."),
)
notice_kind(
    "opportunities.passed_over",
    title=_("Certified people passed over"),
    text=_(
        "For %(position)s in %(unit)s somebody was taken before people who are certified for it (%(count)s). "
        "The reasons are in the report."
    ),
)
notice_kind(
    "opportunities.expiring",
    title=_("My certificate runs out for the pool"),
    text=_("Your certificate for %(position)s puts you first until %(until)s. Ask the academy to renew it."),
)
notice_kind(
    "opportunities.tell_your_story",
    title=_("Telling my story"),
    text=_("You were promoted to %(position)s. If you like, tell others how you came there: you write, you decide."),
)
