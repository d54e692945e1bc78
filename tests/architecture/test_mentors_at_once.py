"""What mentors and mentees do in the same moment, each from their side: nobody waits for ever, nothing ends twice."""

import pytest

from tests.architecture.academy import settle
from tests.architecture.test_at_once import _planned, _two_writers, at_once  # noqa: F401, a fixture
from trellis.domains.mentoring.actions import mentors
from trellis.domains.mentoring.actions.parting import leave
from trellis.domains.mentoring.actions.willing import Offering, be_willing
from trellis.domains.mentoring.events import MentorshipEnded
from trellis.domains.mentoring.models import Mentorship
from trellis.kit.journal.models import Entry

pytestmark = [pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def who(hire, company, tmp_path, settings):
    settings.DATA = tmp_path
    return settle(hire, company)


def test_a_first_meeting_with_the_leader_is_planned_while_the_leader_says_yes(who):
    """Each holds both of them, or neither: two who held one each would wait for ever."""
    for again in range(4):
        asked = mentors.ask(mentee=who.linh, mentor=who.thuy).mentorship
        given = at_once(
            lambda asked=asked: mentors.accept(mentorship=asked),
            lambda again=again: _planned(None, who.linh, 3 + again),
        )
        assert "planned" in given
        pair = Mentorship.objects.get(state="in_force")
        assert (pair.mentee, pair.mentor) == (who.linh, who.thuy)
        Mentorship.objects.filter(pk=pair.pk).update(state="asked", began_on=None, answered_at=None)
        Mentorship.objects.filter(pk=pair.pk).update(state="withdrawn")


def test_the_mentor_leaves_while_another_says_yes(who):
    for mentor in (who.minh, who.an):
        be_willing(person=mentor, offering=Offering(2, ["vi"], []))
    first = mentors.ask(mentee=who.linh, mentor=who.minh).mentorship
    mentors.accept(mentorship=first)
    other = mentors.ask(mentee=who.linh, mentor=who.an).mentorship
    at_once(lambda: leave(person=who.minh), lambda: mentors.accept(mentorship=other))
    assert Mentorship.objects.get(state="in_force") == other
    assert Entry.objects.filter(kind=MentorshipEnded.kind).count() == 1
