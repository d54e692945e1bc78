"""What people are told about certificates."""

from django.utils.translation import gettext_lazy as _

from trellis.kit.notices.kinds import notice_kind

notice_kind(
    "credentials.issued", title=_("My certificates"), text=_("Your certificate of %(title)s is ready. Congratulations!")
)
notice_kind(
    "credentials.withdrawn", title=_("A certificate withdrawn"), text=_("Your certificate of %(title)s was withdrawn.")
)
notice_kind(
    "credentials.ceremony",
    title=_("My graduation"),
    text=_("You are invited to the graduation on %(day)s at %(time)s. %(place)s"),
)
notice_kind(
    "credentials.rests_on_less",
    title=_("A certificate rests on less"),
    text=_(
        "After the certificate of %(person)s was issued, what %(course)s counted for was taken back. "
        "Look whether it still stands; only a person withdraws it, with the reason."
    ),
)
