"""What people are told about programmes."""

from django.utils.translation import gettext_lazy as _

from trellis.kit.notices.kinds import notice_kind
from trellis.kit.notices.models import Channel

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
notice_kind(
    "programmes.waiver_revoked",
    title=_("Requirements asked for again"),
    text=_("A requirement of %(programme)s that had been waived is asked for again: %(reason)s"),
)
notice_kind(
    "programmes.place_offered",
    title=_("A place on the waiting list"),
    text=_("A place in %(cohort)s is free, and it is yours if you say yes by %(day)s."),
)
notice_kind(
    "programmes.waiting_lapsed",
    title=_("The end of waiting"),
    text=_("The place in %(cohort)s went to the next in line. You can ask again; you are not in anybody's bad books."),
)
notice_kind(
    "programmes.waiting_closed",
    title=_("The end of waiting without a place"),
    text=_("%(cohort)s has begun without a free place. The next cohort is announced with its programme."),
)
notice_kind(
    "programmes.time_asked",
    title=_("Pauses and later ends to decide"),
    text=_("%(person)s asks for more time in %(programme)s."),
)
notice_kind(
    "programmes.time_granted",
    title=_("More time for me"),
    text=_("Your journey in %(programme)s has more time; its dates have moved."),
)
notice_kind(
    "programmes.days_in_a_pause",
    title=_("Days planned in my pause"),
    text=_(
        "Days beside a holder are planned in your pause: %(count)s, from %(first)s to %(last)s. "
        "Give back those you will not come to, so that nobody waits."
    ),
)
notice_kind(
    "programmes.time_refused",
    title=_("More time refused"),
    text=_("More time in %(programme)s was not granted: %(reason)s"),
)
notice_kind(
    "programmes.time_withdrawn",
    title=_("More time taken back"),
    text=_("A change of the time of your journey in %(programme)s was taken back; its dates are as before."),
)
notice_kind(
    "programmes.due",
    title=_("What is due in programmes"),
    text=_("Due in your programmes: %(what)s"),
    channel=Channel.DIGEST,
)
notice_kind(
    "programmes.message",
    title=_("Messages of the academy"),
    text=_("%(person)s writes about %(programme)s: %(message)s"),
    channel=Channel.DIGEST,
)
notice_kind(
    "programmes.moved",
    title=_("Moves to another version of a programme"),
    text=_("%(programme)s asks something else of you from now on: %(reason)s"),
)
