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
DAY_FOR_YOU = notice_kind(
    "mentoring.day_for_you",
    title=_("A mentorship day is planned for you"),
    text=_("On %(day)s you are beside %(holder)s: %(position)s."),
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
MENTOR_ASKED = notice_kind(
    "mentoring.mentor_asked",
    title=_("Somebody would like you as a mentor"),
    text=_("%(mentee)s would like you as a mentor. Say yes or no as it suits you: both are good answers."),
)
MENTOR_REMINDED = notice_kind(
    "mentoring.mentor_reminded",
    title=_("Somebody hopes for your answer"),
    text=_("%(mentee)s asked you to be the mentor and hopes for an answer until %(day)s. A friendly no helps too."),
)
MENTOR_FREE = notice_kind(
    "mentoring.mentor_free",
    title=_("You have a place for somebody who waited"),
    text=_("%(mentee)s waited until you had a place again. Would you like to be the mentor?"),
)
MENTOR_YES = notice_kind(
    "mentoring.mentor_yes",
    title=_("You have a mentor"),
    text=_("%(mentor)s is glad to be your mentor. Find a first time to talk."),
)
MENTOR_YES_CHANGED = notice_kind(
    "mentoring.mentor_yes_changed",
    title=_("You have a new mentor"),
    text=_("%(mentor)s is glad to be your mentor. %(former)s has been thanked and knows that you go on with another."),
)
MENTOR_NO = notice_kind(
    "mentoring.mentor_no",
    title=_("A mentor cannot take you along now"),
    text=_("%(mentor)s cannot be your mentor at the moment. It is not about you; others help with the same things."),
)
MENTOR_LAPSED = notice_kind(
    "mentoring.mentor_lapsed",
    title=_("No answer about a mentor"),
    text=_("%(mentor)s did not find the time to answer. Ask once more, or somebody else: you need nobody's leave."),
)
MENTOR_TAKEN_BACK = notice_kind(
    "mentoring.mentor_taken_back",
    title=_("A question to you was taken back"),
    text=_("%(mentee)s no longer looks for a mentor with you. There is nothing left to do; thank you for being open."),
)
MENTOR_FOUND = notice_kind(
    "mentoring.mentor_found",
    title=_("Somebody found a mentor"),
    text=_("%(mentee)s has found a mentor meanwhile. There is nothing left to do; thank you for being open."),
)
MENTOR_FOLLOWED = notice_kind(
    "mentoring.mentor_followed",
    title=_("Somebody goes on with another mentor"),
    text=_("%(mentee)s goes on with another mentor from today. Thank you for the way that you went together."),
)
MENTEE_ENDED = notice_kind(
    "mentoring.mentee_ended",
    title=_("A mentorship has come to its end"),
    text=_("%(mentee)s has ended your mentorship. Thank you for your time; what you gave stays."),
)
MENTOR_ENDED = notice_kind(
    "mentoring.mentor_ended",
    title=_("Your mentor hands over"),
    text=_("%(mentor)s can no longer be your mentor. What you did together stays yours; here is who else is open."),
)
MENTOR_LEFT = notice_kind(
    "mentoring.mentor_left",
    title=_("Your mentor leaves the company"),
    text=_("%(mentor)s leaves, so your mentorship ends. What you did together stays yours; here is who else is open."),
)
MENTEE_LEFT = notice_kind(
    "mentoring.mentee_left",
    title=_("Somebody you accompany leaves the company"),
    text=_("%(mentee)s leaves, so your mentorship ends. Thank you for the way that you went together."),
)
MEETING_PLANNED = notice_kind(
    "mentoring.meeting_planned",
    title=_("A mentor meeting is planned"),
    text=_("%(who)s planned a meeting with you: %(day)s, %(time)s. Another time is as good; the page moves it."),
)
MEETINGS_PLANNED = notice_kind(
    "mentoring.meetings_planned",
    title=_("Mentor meetings are planned"),
    text=_("%(who)s planned %(count)s meetings with you, the first on %(day)s, %(time)s. Each can be moved."),
)
MEETING_WITH_LEADER = notice_kind(
    "mentoring.meeting_with_leader",
    title=_("Somebody of your team would like to talk"),
    text=_(
        "%(who)s planned a meeting with you as mentor, on %(day)s, %(time)s: a team leader is it by default. "
        "If it does not suit you, say so; a friendly no is fine."
    ),
)
MEETING_MOVED = notice_kind(
    "mentoring.meeting_moved",
    title=_("A mentor meeting was moved"),
    text=_("Your meeting with %(who)s is now on %(day)s, %(time)s, instead of %(was)s."),
)
MEETING_CHANGED = notice_kind(
    "mentoring.meeting_changed",
    title=_("A mentor meeting is elsewhere"),
    text=_("Your meeting with %(who)s on %(day)s, %(time)s, has another place. Its page says where."),
)
MEETING_CANCELLED = notice_kind(
    "mentoring.meeting_cancelled",
    title=_("A mentor meeting was cancelled"),
    text=_("Your meeting with %(who)s on %(day)s will not take place."),
)
MEETINGS_CALLED_OFF = notice_kind(
    "mentoring.meetings_called_off",
    title=_("Meetings with a mentor fall away"),
    text=_("Since the mentorship with %(who)s ended, %(count)s planned meetings from %(day)s on will not take place."),
)
TIMES_PROPOSED = notice_kind(
    "mentoring.times_proposed",
    title=_("Your mentee would keep planned times"),
    text=_("%(who)s had %(count)s times in the calendar and would keep them with you. Say which of them suit you."),
)
TIMES_ANSWERED = notice_kind(
    "mentoring.times_answered",
    title=_("Your mentor looked at the times"),
    text=_("%(who)s keeps %(count)s of the times you proposed."),
)
MEETING_TODAY = notice_kind(
    "mentoring.meeting_today",
    title=_("A mentor meeting is today"),
    text=_("Today at %(time)s you meet %(who)s. What is still open comes first on the page."),
)
MEET_AGAIN = notice_kind(
    "mentoring.meet_again",
    title=_("No mentor meeting is planned"),
    text=_("You and %(who)s have not met for %(weeks)s weeks, and nothing is planned. Half an hour may be enough."),
)
