"""Telling the two of a mentorship, each once."""

from typing import Any

from trellis.domains.mentoring.models import Mentorship
from trellis.kit.notices.kinds import Kind
from trellis.kit.notices.notify import notify

TO_THE_FINDER = {"mentoring.mentor_no", "mentoring.mentor_lapsed", "mentoring.mentor_ended", "mentoring.mentor_left"}


def tell(kind: Kind, mentorship: Mentorship, person_id: int, **names: Any) -> None:
    """One notice: names and days only, never what the two wrote to each other."""
    has_words = mentorship.state == Mentorship.State.DECLINED and mentorship.answer
    if mentorship.state == Mentorship.State.ASKED or has_words:
        link = f"/mentorships/{mentorship.pk}/"
    else:
        link = "/mentors/find/" if kind.code in TO_THE_FINDER else "/mentors/"
    key = f"{kind.code}:{mentorship.pk}"
    notify(person_ids=[person_id], kind=kind.code, key=key, params=names, link=link)
